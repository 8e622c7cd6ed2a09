"""A dialogue as a file: each line somebody who says or does something, each line out what came of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Any

from bot.channels.official_account import NAME
from bot.cli.lines import lines_of
from bot.conversation import Conversation
from bot.errors import OperatorError
from bot.messages import Kind, Message, Opens, Reply, Spot
from bot.rules import picture
from bot.rules.office import Office
from bot.rules.picture import NotAPicture
from bot.store import Session, Store, outbox, transaction
from bot.wording import notice
from bot.wording.link import spelled_out

STEP = timedelta(seconds=1)
MOST_PICTURES = 9
EVENTS_THAT_OPEN = {"subscribe", "scan", "click"}
SAID_OR_DONE = {"text", "location", "picture", "scan", "event"}


@dataclass(slots=True)
class Scene:
    """A store, the assistant, and a clock that the script may move."""

    store: Store
    talk: Conversation
    moment: datetime | None
    numbers: Iterator[int] = field(default_factory=partial(count, 1))
    name: str = field(default_factory=partial(token_hex, 4))  # only an “id” makes a line a retry of another

    def say(self, line: dict[str, Any]) -> tuple[Reply, list[dict[str, str]]]:
        """Play one line: the reply, and what was delivered to others meanwhile."""
        message = self._message(line)
        with transaction(self.store) as session:
            reply = self.talk.answer(session, message).reply
            self._take_pictures(session, message.sent_at)
            return reply, self._delivered(session, message.sent_at)

    def drawn(self, text: str) -> str:
        """One line typed by hand, with its reply as a terminal shows it."""
        reply, sent = self.say({"from": "me", "text": text})
        choices = [f"  {number}. {label}" for number, label in enumerate(reply.choices, 1)]
        others = [f"  → {one['to']}: {one['text']}" for one in sent]
        return "\n".join([spelled_out(reply.text), *choices, *others])

    def _now(self, line: dict[str, Any]) -> datetime:
        if "at" in line:
            self.moment = self._moment(str(line["at"]))
        if self.moment is None:
            return datetime.now(UTC)
        self.moment += STEP
        return self.moment

    def _moment(self, said: str) -> datetime:
        moment = datetime.fromisoformat(said)
        return moment if moment.tzinfo else moment.replace(tzinfo=self.talk.zone)

    def _message(self, line: dict[str, Any]) -> Message:
        now = self._now(line)
        key = str(line.get("id") or f"script-{self.name}-{next(self.numbers)}")
        kind, event, event_key, spot = Kind.TEXT, "", "", None
        facts = {}
        if "location" in line:
            kind, spot = Kind.LOCATION, Spot(float(line["location"]["lat"]), float(line["location"]["lon"]))
        elif "picture" in line:
            kind, facts = Kind.PICTURE, {"path": str(line["picture"])}
        elif "scan" in line:
            kind, event, event_key = Kind.EVENT, "scan", str(line["scan"])
        elif "event" in line:
            kind, event = Kind.EVENT, str(line["event"]).lower()
        opens = Opens.TALK if kind is not Kind.EVENT else Opens.TAP if event in EVENTS_THAT_OPEN else Opens.NOTHING
        return Message(
            channel=str(line.get("via", NAME)),
            sender=str(line["from"]),
            key=key,
            kind=kind,
            sent_at=now,
            text=str(line.get("text", "")),
            event=event,
            event_key=event_key,
            spot=spot,
            opens=opens,
            facts=facts,
        )

    def _take_pictures(self, session: Session, now: datetime) -> None:
        """What the worker does with the platform's pictures, with the files of the script."""
        office = Office(session, self.talk.seal, self.talk.zone, now)
        for claimed in picture.claim(session, now, MOST_PICTURES, of_now=True):
            path = str(self.talk.seal.open_json(claimed.media).get("path", ""))
            try:
                picture.keep(office, claimed, picture.clean(Path(path).read_bytes()))
            except (OSError, NotAPicture) as error:
                picture.failed(office, claimed, str(error), for_good=True)

    def _delivered(self, session: Session, now: datetime) -> list[dict[str, str]]:
        """Word what waits in the outbox and take it as delivered."""
        sent = []
        for row in outbox.due(session, now):
            reached = outbox.address(session, row.resident_id, row.channel)
            words = notice.say(row.kind, self.talk.seal.open_json(row.facts))
            sent.append({"to": reached[0] if reached else "", "text": words})
            outbox.mark(session, row.id, outbox.State.SENT, now=now)
        return sent


def play(scene: Scene, file: Path) -> Iterator[str]:
    """Each line of the file played; a JSON object a line. Raises OperatorError naming the wrong line."""
    for number, raw in enumerate(lines_of(file), 1):
        if not raw.strip():
            continue
        try:
            reply, sent = scene.say(_object(raw))
        except (ValueError, KeyError, TypeError) as error:
            raise OperatorError(f"{file}:{number}: is no line of a script: {error}") from error
        shown = {"reply": spelled_out(reply.text), "choices": list(reply.choices), "asks": reply.asks, "sent": sent}
        yield json.dumps(shown, ensure_ascii=False)


def _object(raw: str) -> dict[str, Any]:
    line = json.loads(raw)
    if not isinstance(line, dict) or "from" not in line or not line.keys() & SAID_OR_DONE:
        raise ValueError("it needs “from” and one of text, location, picture, scan, event")
    return line
