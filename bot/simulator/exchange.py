"""One push and everything that came of it: the deliveries, what was answered, what the phone showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.simulator.jsons import Json


class Outcome(StrEnum):
    """How a delivery ended."""

    REPLIED = "replied"
    SUCCESS = "success"
    EMPTY = "empty"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    HTTP_ERROR = "http_error"
    MALFORMED = "malformed"
    BAD_SIGNATURE = "bad_signature"
    UNDECRYPTABLE = "undecryptable"
    TOO_LONG = "too_long"
    WRONG_ADDRESS = "wrong_address"

    @property
    def answered(self) -> bool:
        return self in (Outcome.REPLIED, Outcome.SUCCESS, Outcome.EMPTY)

    @property
    def delivered_again(self) -> bool:
        return self in (Outcome.TIMEOUT, Outcome.UNREACHABLE, Outcome.HTTP_ERROR)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery. `status` and the replies are None where nothing came back in time."""

    number: int
    at: datetime
    ms: float
    query: Mapping[str, str]
    sent_xml: str
    status: int | None
    raw_reply: str | None
    reply_xml: str | None
    outcome: Outcome
    detail: str = ""

    def as_json(self) -> Json:
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "ms": round(self.ms, 2),
            "query": dict(self.query),
            "sent_xml": self.sent_xml,
            "status": self.status,
            "raw_reply": self.raw_reply,
            "reply_xml": self.reply_xml,
            "outcome": self.outcome.value,
            "detail": self.detail,
        }


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message or event with all its deliveries. `text` is the reply as the phone shows it."""

    id: str
    person: str
    kind: str
    event: str | None
    msg_id: int | None
    at: datetime
    ms: float
    clear_xml: str
    attempts: tuple[Attempt, ...]
    reply_kind: str | None = None
    text: str = ""
    bubbles: tuple[int, ...] = field(default=())

    @property
    def deciding(self) -> Attempt:
        """The delivery whose answer counted: the first one answered, else the last."""
        return next((one for one in self.attempts if one.outcome.answered), self.attempts[-1])

    @property
    def outcome(self) -> Outcome:
        return self.deciding.outcome

    @property
    def failed(self) -> bool:
        return not self.outcome.answered

    @property
    def query(self) -> Mapping[str, str]:
        return self.deciding.query

    @property
    def sent_xml(self) -> str:
        return self.deciding.sent_xml

    @property
    def raw_reply(self) -> str | None:
        return self.deciding.raw_reply

    @property
    def reply_xml(self) -> str | None:
        return self.deciding.reply_xml

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "person": self.person,
            "kind": self.kind,
            "event": self.event,
            "msg_id": None if self.msg_id is None else str(self.msg_id),
            "at": self.at.isoformat(),
            "ms": round(self.ms, 2),
            "outcome": self.outcome.value,
            "text": self.text,
            "reply_kind": self.reply_kind,
            "clear_xml": self.clear_xml,
            "bubbles": list(self.bubbles),
            "deciding": self.deciding.number,
            "query": dict(self.query),
            "sent_xml": self.sent_xml,
            "raw_reply": self.raw_reply,
            "reply_xml": self.reply_xml,
            "attempts": [one.as_json() for one in self.attempts],
        }
