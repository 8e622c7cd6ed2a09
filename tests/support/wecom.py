"""Members of staff in WeCom: they read what the carrier brings, tap its buttons and type, without any server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from bot.channels.answer import Answer, Errcode, Reaction
from bot.channels.wecom_app import NAME
from bot.channels.wecom_app.incoming import CARD_EVENT, CHOICES
from bot.delivery.carrier import Parcel
from bot.delivery.staff import Letter
from bot.delivery.staff import Staff as Carrier
from bot.messages import Kind, Message, Opens, Reply
from bot.rules import post
from bot.rules.office import Office
from bot.store import outbox, transaction
from bot.store.contact import Contact
from bot.store.staff import Staff, StaffRole
from tests.support.town import CHENGDU, Town

DONE = Errcode(0, "ok", Reaction.DONE)
LEFT = Errcode(81013, "none of the receivers is valid", Reaction.GONE)


@dataclass
class Phones:
    """What WeCom shows to each member: cards by their id, and words."""

    words: dict[str, list[str]] = field(default_factory=dict)
    cards: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    refuses: int = 0  # errcode for the next cards
    codes: int = 0
    gone: set[str] = field(default_factory=set)

    async def send_text(self, userid: str, text: str) -> Answer:
        if userid in self.gone:
            return Answer(LEFT, {})
        self.words.setdefault(userid, []).append(text)
        return Answer(DONE, {"msgid": "m"})

    async def send_card(self, userid: str, card: Mapping[str, Any]) -> Answer:
        if userid in self.gone:
            return Answer(LEFT, {})
        if self.refuses:
            return Answer(Errcode(self.refuses, "refused", Reaction.BUG), {})
        self.cards.setdefault(userid, {})[card["task_id"]] = dict(card)
        self.codes += 1
        return Answer(DONE, {"msgid": "m", "response_code": f"code{self.codes}"})

    async def change_card(self, userid: str, response_code: str, card: Mapping[str, Any]) -> Answer:
        if self.refuses:
            return Answer(Errcode(self.refuses, "refused", Reaction.BUG), {})
        self.cards[userid][card["task_id"]] = dict(card)
        return Answer(DONE, {})


class WeCom:
    """The corporation: its members, and the carrier between them and the town."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.phones = Phones()
        self.carrier = Carrier(seal=town.talk.seal, client=self.phones, zone=CHENGDU)

    def member(self, userid: str, holds: str = "", role: StaffRole = StaffRole.GRID_WORKER) -> Member:
        """An account for the post of that code, known in WeCom."""
        with transaction(self.town.store) as session:
            held = session.scalars(select(Contact).where(col(Contact.code) == holds)).first()
            session.add(
                Staff(
                    login=userid,
                    name=held.title if held else userid,
                    role=role.value,
                    contact_id=held.id if held else None,
                    wecom_userid=userid,
                    created_at=self.town.now,
                )
            )
        self.enrols()
        return Member(self, userid)

    def watches(self, login: str, holds: str, *, used: bool = True) -> None:
        """An account for the post of that code that works in the console only, or was never used."""
        with transaction(self.town.store) as session:
            held = session.scalars(select(Contact).where(col(Contact.code) == holds)).one()
            session.add(
                Staff(
                    login=login,
                    name=held.title,
                    role=StaffRole.GRID_WORKER.value,
                    contact_id=held.id,
                    password="a hash",
                    must_change=not used,
                    created_at=self.town.now,
                )
            )

    def stranger(self, userid: str) -> Member:
        return Member(self, userid)

    def enrols(self) -> int:
        with transaction(self.town.store) as session:
            return post.enrol(Office(session, self.town.talk.seal, CHENGDU, self.town.now))

    def delivers(self) -> None:
        """Everything that is due goes out, as the loop would do it."""
        while self._round():
            pass

    def _round(self) -> int:
        now, store = self.town.now, self.town.store
        with transaction(store) as session:
            packed = self.carrier.pack(session, outbox.due(session, now, channel=NAME), now)
            for one in packed:
                if isinstance(one, Parcel):
                    outbox.start(session, one.notice, now)
                else:
                    outbox.mark(session, one.notice, one.state, now=now, reason=one.reason)
        for parcel in packed:
            if isinstance(parcel, Parcel):
                self._settle(parcel, asyncio.run(self.carrier.send(parcel)))
        return len(packed)

    def _settle(self, parcel: Parcel[Letter], answer: Answer) -> None:
        with transaction(self.town.store) as session:
            fate = self.carrier.settle(session, parcel, answer, self.town.now)
            outbox.settle(session, parcel.notice, fate.state, now=self.town.now, reason=fate.reason, due_at=fate.due_at)


@dataclass
class Member:
    """A member of staff with WeCom on the phone."""

    wecom: WeCom
    userid: str
    reply: Reply = field(default_factory=lambda: Reply(""))

    def says(self, text: str) -> str:
        """Type something; returns what is read in answer, choices below the words."""
        return self._sends(Kind.TEXT, text=text)

    def sends(self, kind: Kind) -> str:
        return self._sends(kind)

    def enters(self) -> str:
        return self._sends(Kind.EVENT, event="enter_agent")

    def taps(self, button: str, card: dict[str, Any] | None = None) -> str:
        """Tap a button of the last card, or of one as it was seen before; a grey one cannot be tapped."""
        card = card or self.card()
        assert "replace_text" not in card, "the card is grey"
        [key] = [one["key"] for one in card["button_list"] if one["text"] == button]
        if card["task_id"].startswith(CHOICES):
            return self._sends(Kind.TEXT, text=key, tapped=card["task_id"])
        self.wecom.phones.codes += 1
        facts = {"TaskId": card["task_id"], "ResponseCode": f"tapped{self.wecom.phones.codes}"}
        return self._sends(Kind.EVENT, event=CARD_EVENT, event_key=key, facts=facts)

    def card(self) -> dict[str, Any]:
        """The newest card, as it stands now."""
        self.wecom.delivers()
        return list(self.cards())[-1]

    def cards(self) -> list[dict[str, Any]]:
        self.wecom.delivers()
        return list(self.wecom.phones.cards.get(self.userid, {}).values())

    def words(self) -> list[str]:
        """What came as text."""
        self.wecom.delivers()
        return self.wecom.phones.words.get(self.userid, [])

    def _sends(self, kind: Kind, **what: Any) -> str:
        town = self.wecom.town
        town.passes(seconds=1)
        key = f"w{next(town.numbers)}"
        message = Message(
            channel=NAME, sender=self.userid, key=key, kind=kind, sent_at=town.now, opens=Opens.TALK, **what
        )
        with transaction(town.store) as session:
            self.reply = town.talk.answer(session, message).reply
        self.wecom.delivers()
        return "\n".join([self.reply.text, *self.reply.choices])
