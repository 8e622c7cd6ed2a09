"""What stands in a residents' group, and who put it there: its people, its owner's tap, the platform's helper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.simulator.jsons import Json
from bot.simulator.words import named

HELPER = named("wecom/words.toml", "helper_name")


class Told(StrEnum):
    """How a message came into the group."""

    SAID = "said"
    WELCOME = "welcome"
    MASS = "mass"
    HELPER = "helper"


@dataclass(frozen=True, slots=True)
class Word:
    """One message; of a welcome `who` is the newcomer."""

    kind: Told
    who: str
    text: str
    at: datetime

    def as_json(self) -> Json:
        return {"kind": self.kind.value, "who": self.who, "text": self.text, "at": self.at.isoformat()}
