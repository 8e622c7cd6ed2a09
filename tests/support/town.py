"""A town to talk in: residents say things and read replies, without any server."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.channels.official_account import NAME
from bot.conversation import Answered, Conversation
from bot.messages import Kind, Message, Opens, Reply, Spot
from bot.store import Store, outbox, transaction
from bot.wording import notice

CHENGDU = ZoneInfo("Asia/Shanghai")
SUNDAY_MORNING = datetime(2026, 11, 22, 10, 0, tzinfo=CHENGDU)


@dataclass
class Town:
    """The sample community, its clock, and the people in it."""

    store: Store
    talk: Conversation
    now: datetime = SUNDAY_MORNING
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def resident(self, name: str) -> "Person":
        return Person(self, name)

    def passes(self, **time: float) -> None:
        """Let time pass: `hours=1`, `days=3`."""
        self.now += timedelta(**time)

    def outbox(self) -> dict[str, int]:
        """How many notices stand where."""
        with transaction(self.store) as session:
            return outbox.by_state(session)

    def waiting_words(self) -> list[str]:
        """The words of what waits to be sent."""
        with transaction(self.store) as session:
            rows = outbox.due(session, self.now)
            return [notice.say(row.kind, self.talk.seal.open_json(row.facts)) for row in rows]


@dataclass
class Person:
    """Somebody with a phone."""

    town: Town
    name: str
    reply: Reply = field(default_factory=lambda: Reply(""))

    def says(self, text: str, **how: str) -> str:
        """Type something; returns what is read in answer, choices below the words."""
        return self._sends(Kind.TEXT, text=text, **how)

    def taps(self, label: str) -> str:
        """Tap a choice of the last reply."""
        assert label in self.reply.choices, f"{label} is not among {list(self.reply.choices)}"
        return self._sends(Kind.TEXT, text=label, tapped=str(list(self.reply.choices).index(label) + 1))

    def shares(self, lat: float, lon: float) -> str:
        return self._sends(Kind.LOCATION, spot=Spot(lat, lon))

    def sends(self, kind: Kind) -> str:
        """Send something that is no text."""
        return self._sends(kind)

    def does(self, event: str, key: str = "") -> str:
        """Follow, scan, tap the menu."""
        return self._sends(Kind.EVENT, event=event, event_key=key)

    def last(self, message: Message, *, in_time: bool = True) -> Answered:
        """Deliver a message as it is and return everything that became of it."""
        with transaction(self.town.store) as session:
            answered = self.town.talk.answer(session, message, in_time=lambda: in_time)
        self.reply = answered.reply
        return answered

    def message(self, kind: Kind = Kind.TEXT, **what: object) -> Message:
        """A message of this person, not delivered yet."""
        opens = Opens.TALK if kind is not Kind.EVENT else Opens.TAP
        defaults: dict[str, object] = {"key": f"m{next(self.town.numbers)}", "opens": opens}
        return Message(channel=NAME, sender=self.name, kind=kind, sent_at=self.town.now, **{**defaults, **what})  # type: ignore[arg-type]

    def _sends(self, kind: Kind, **what: object) -> str:
        self.town.now += timedelta(seconds=1)
        self.last(self.message(kind, **what))
        return "\n".join([self.reply.text, *self.reply.choices])
