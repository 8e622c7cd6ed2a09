"""What 20,000 people say: questions in free words, what nobody understands, events, complaints and bookings."""

import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from bot.simulator.wire import XmlFields

ROOT = Path(__file__).parent.parent
SENDERS = 20_000
ORIGINAL_ID = "gh_5a1e2f3c4b6d"
MESSAGES_A_SECOND = 50  # how fast the time on the messages passes
REQUESTS = {"booking": "book_service", "ticket": "complaint"}


@dataclass(frozen=True, slots=True)
class Said:
    """One message or event as the platform would push it; `quiet`: no words may come back."""

    sender: str
    fields: XmlFields
    quiet: bool = False


Say = Callable[[], tuple[dict[str, str], bool]]


class People:
    """Draws messages, each new; the same ones for the same seed and moment."""

    def __init__(self, *, seed: int, now: int) -> None:
        """`now`: seconds since 1970; the messages were sent shortly before."""
        self._random = random.Random(seed)  # noqa: S311 - reproducible, not secret
        self._now = now
        self._numbers = count(24_000_000_000_000_000 + seed * 1_000_000_000)
        self._phrases = phrases()
        self._questions = list(_asked(ROOT / "faq"))
        actions = ROOT / "bot" / "nlu" / "actions"
        self._requests = [
            way for noun, name in REQUESTS.items() for way in _read(actions / f"{noun}.toml")[name]["ask"]
        ]

    def say(self, many: int) -> list[Said]:
        """So many messages: 70 % questions, 10 % not understood, 10 % events, 10 % complaints and bookings."""
        kinds: Sequence[Say] = (self._question, self._strange, self._event, self._request)
        drawn = self._random.choices(kinds, weights=(70, 10, 10, 10), k=many)
        return [self._said(say, self._now - (many - number) // MESSAGES_A_SECOND) for number, say in enumerate(drawn)]

    def asks(self, text: str) -> Said:
        """Somebody sends exactly this text."""
        return self._said(lambda: ({"MsgType": "text", "Content": text}, False), self._now)

    def varied(self, text: str) -> str:
        """The text as somebody else would type it: a character lost, a word before, a word after, never a copy."""
        draw = self._random
        said = text
        if len(said) > 5 and draw.random() < 0.5:
            lost = draw.randrange(len(said))
            said = said[:lost] + said[lost + 1 :]
        if draw.random() < 0.3:
            said = draw.choice(self._phrases["beginnings"]) + said
        if said == text or draw.random() < 0.5:
            said += draw.choice(self._phrases["endings"])
        return said

    def _said(self, say: Say, created: int) -> Said:
        what, quiet = say()
        sender = f"oBench{self._random.randrange(SENDERS):022d}"
        fields: dict[str, str | int] = {
            "ToUserName": ORIGINAL_ID,
            "FromUserName": sender,
            "CreateTime": created,
            **what,
        }
        if what["MsgType"] != "event":
            fields["MsgId"] = next(self._numbers)
        return Said(sender, fields, quiet)

    def _question(self) -> tuple[dict[str, str], bool]:
        return self._text(self._questions)

    def _strange(self) -> tuple[dict[str, str], bool]:
        return self._text(self._phrases["strange"])

    def _request(self) -> tuple[dict[str, str], bool]:
        return self._text(self._requests)

    def _text(self, ways: Sequence[str]) -> tuple[dict[str, str], bool]:
        return {"MsgType": "text", "Content": self.varied(self._random.choice(ways))}, False

    def _event(self) -> tuple[dict[str, str], bool]:
        event = self._random.choice(("CLICK", "VIEW", "LOCATION", "subscribe"))
        more = {
            "CLICK": {"EventKey": self._random.choice(("action:help", "faq:residence-permit", "faq:station-hours"))},
            "VIEW": {"EventKey": "https://example.org/", "MenuId": "400000001"},
            "LOCATION": {"Latitude": "30.6201", "Longitude": "104.1123", "Precision": "65.000000"},
            "subscribe": {"EventKey": ""},
        }
        return {"MsgType": "event", "Event": event, **more[event]}, event in ("VIEW", "LOCATION")


def phrases() -> dict[str, Any]:
    """The lists of phrases.toml, and its table of aspects."""
    return tomllib.loads((files(__package__) / "phrases.toml").read_text("utf-8"))


def _asked(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.toml")):
        for entry in _read(path).values():
            yield from entry["ask"]


def _read(path: Path) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(path.read_text("utf-8"))
