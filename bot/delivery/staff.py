"""WeCom's carrier: cards and words to the staff, and changes to the cards they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.channels.answer import Answer, Errcode, Reaction
from bot.channels.errcodes import codes
from bot.channels.wecom_app import NAME, cards
from bot.channels.wecom_app.client import PACKAGE
from bot.channels.wecom_app.outgoing import chat_text
from bot.delivery.carrier import Fate, Parcel, Refused, usual
from bot.errors import OperatorError
from bot.privacy import Seal
from bot.rules import ticket as rules
from bot.rules.office import Office
from bot.rules.ticket.telling import CODE_LASTS, NEWS, SHOWN
from bot.store import Session, outbox, resident, staff_card
from bot.store import ticket as tickets
from bot.store.outbox import Outbox, State
from bot.store.staff_card import CardState, StaffCard
from bot.wording import notice
from bot.wording import staff as say

NOTHING_LEFT = Answer(Errcode(0, "the card stays as it is", Reaction.DONE))


class Speaks(Protocol):
    """The calls that the staff are reached by."""

    async def send_text(self, userid: str, text: str) -> Answer: ...
    async def send_card(self, userid: str, card: Mapping[str, Any]) -> Answer: ...
    async def change_card(self, userid: str, response_code: str, card: Mapping[str, Any]) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to a userid: a card with the words that stand in for it, or words alone.

    `code` changes the card that is there instead of sending one; `sealed_code` is it as the row has it. An empty text
    says that nothing stands in for a card that cannot be changed.
    """

    userid: str
    text: str
    card: Mapping[str, Any] | None = None
    code: str = ""
    sealed_code: bytes | None = None
    task_id: str = ""
    facts: Mapping[str, object] | None = None


class Staff:
    """Sends to one app's members. `console` is the address of the tickets there, with `{number}` in it."""

    channel = NAME

    def __init__(self, *, seal: Seal, client: Speaks, zone: ZoneInfo, console: str = "") -> None:
        self._seal = seal
        self._client = client
        self._zone = zone
        self._console = console

    def pack(self, session: Session, rows: Sequence[Outbox], now: datetime) -> list[Parcel[Letter] | Refused]:
        return [self._packed(session, row, now) for row in rows]

    async def send(self, parcel: Parcel[Letter]) -> Answer:
        """A card that the platform refuses goes as words."""
        letter = parcel.load
        if letter.code and letter.card is not None:
            answer = await self._client.change_card(letter.userid, letter.code, letter.card)
        elif letter.card is not None:
            answer = await self._client.send_card(letter.userid, letter.card)
        else:
            return await self._words(letter)
        return await self._words(letter) if _is_refused(answer) else answer

    def settle(self, session: Session, parcel: Parcel[Letter], answer: Answer, now: datetime) -> Fate:
        letter = parcel.load
        if answer.errcode.reaction is Reaction.GONE:
            resident.set_following(session, channel=self.channel, sender=letter.userid, following=False, now=now)
        if answer.ok and letter.facts is not None and "card" in letter.facts:
            self._note_change(session, letter, as_words="msgid" in answer.body)
        elif answer.ok and letter.facts is not None and letter.task_id:
            self._note_card(session, letter, answer, now)
        return usual(answer, parcel.tries, now)

    async def _words(self, letter: Letter) -> Answer:
        return await self._client.send_text(letter.userid, letter.text) if letter.text else NOTHING_LEFT

    def _packed(self, session: Session, row: Outbox, now: datetime) -> Parcel[Letter] | Refused:
        reached = outbox.address(session, row.resident_id, row.channel)
        if reached is None or not reached[1]:
            return Refused(row.id, State.FAILED, "is not in WeCom")
        try:
            letter = self._letter(session, row, reached[0], self._seal.open_json(row.facts), now)
        except (KeyError, ValueError, OperatorError) as error:  # of another version, or sealed with another key
            return Refused(row.id, State.FAILED, f"cannot be put into words: {error}")
        if letter is None:
            return Refused(row.id, State.SENT, "nothing to say any more")
        return Parcel(row.id, row.resident_id, row.tries + 1, letter)

    def _letter(
        self, session: Session, row: Outbox, userid: str, facts: Mapping[str, object], now: datetime
    ) -> Letter | None:
        if row.kind == SHOWN:
            return self._change(session, userid, facts, now)
        text = notice.say(row.kind, facts)
        task_id = cards.task_id(facts.get("number", ""), row.id.hex[:16], row.tries + 1)
        if row.kind != NEWS:
            return _asking(userid, text, facts.get("choices"), task_id)
        card = None if say.is_words_only(facts) else cards.ticket(facts, task_id, link=self._link(facts))
        return Letter(userid, chat_text(text, {}), card, task_id=task_id, facts=facts)

    def _change(self, session: Session, userid: str, facts: Mapping[str, object], now: datetime) -> Letter | None:
        """None where the card says its last already, or nobody would learn anything."""
        task_id = str(facts["card"])
        row = staff_card.card(session, task_id)
        if row is None or row.state != CardState.OUT:
            return None
        text = "" if facts.get("mine") else notice.say(SHOWN, facts)
        if row.response_code is None or row.code_until is None or row.code_until <= now:
            return Letter(userid, text, task_id=task_id, facts=facts) if text else None
        code = self._seal.open(row.response_code)
        card = cards.changed(facts, task_id)
        return Letter(userid, text, card, code, row.response_code, task_id=task_id, facts=facts)

    def _note_change(self, session: Session, letter: Letter, *, as_words: bool) -> None:
        """The code is spent, or was refused; a card that is not theirs any more is done with."""
        if letter.facts is not None and not letter.facts.get("mine"):
            staff_card.settle(session, letter.task_id, CardState.PLAIN if as_words else CardState.OVER)
        elif letter.sealed_code is not None:
            staff_card.spend(session, letter.task_id, letter.sealed_code)

    def _note_card(self, session: Session, letter: Letter, answer: Answer, now: datetime) -> None:
        """Remember the card; where its ticket has moved on meanwhile it is changed at once."""
        facts, code = letter.facts or {}, answer.body.get("response_code")
        ticket = tickets.locked(session, UUID(str(facts["ticket"])))
        card = StaffCard(
            task_id=letter.task_id,
            ticket_id=ticket.id,
            staff_id=UUID(str(facts["staff"])),
            state=(CardState.OUT if isinstance(code, str) and code else CardState.PLAIN).value,
            response_code=self._seal.close(code) if isinstance(code, str) and code else None,
            code_until=now + CODE_LASTS if isinstance(code, str) and code else None,
            sent_at=now,
            changed_at=now,
        )
        staff_card.add(session, card)
        if card.state == CardState.OUT and (ticket.state, ticket.holder) != (facts["state"], facts["holder"]):
            rules.show(Office(session, self._seal, self._zone, now), ticket)

    def _link(self, facts: Mapping[str, object]) -> str:
        return self._console.replace("{number}", str(facts["number"]))


def _asking(userid: str, text: str, choices: object, task_id: str) -> Letter:
    """A reply that goes by itself: its choices as buttons where they fit, else as numbers."""
    offered = {str(label): "" for label in choices} if isinstance(choices, Mapping) else {}
    card = cards.choices(text, list(offered), task_id)
    return Letter(userid, chat_text(text, offered), card)


def _is_refused(answer: Answer) -> bool:
    """Whether the platform has understood and does not want it so; a code nobody knows counts as that."""
    code = answer.errcode.code
    return code > 0 and (code not in codes(PACKAGE) or answer.errcode.reaction is Reaction.BUG)
