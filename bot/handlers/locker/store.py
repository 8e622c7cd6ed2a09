"""Putting in: which cabinet, how big, for whom, with whose consent; asked one by one, only what is missing."""

from collections.abc import Mapping
from uuid import UUID

from bot.handlers.locker import common
from bot.messages import Kind, Reply
from bot.nlu import lockers
from bot.nlu.lockers import GO_CHOICES
from bot.router import Router, Turn
from bot.rules.locker import deposit, people, presence, telling
from bot.rules.locker.deposit import DELIVERED, Draft
from bot.rules.locker.presence import How
from bot.store.locker import Cabinet, Parcel, ParcelKind, ParcelState, Size, reading
from bot.store.locker import codes as kept
from bot.wording.locker import chat as say
from bot.wording.locker.common import where

router = Router()
Memo = dict[str, str]
CABINET, SIZE, WHOM, CONSENT = "cabinet", "size", "whom", "consent"
OURS = ("action:store_parcel", "action:bind_profile", "action:find_contact", "faq:locker-fee", "faq:locker-how-to")


@router.action("store_parcel")
def store(turn: Turn) -> Reply:
    """Begin, or go on with what they were about to put in."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    pending = deposit.pending(turn.office, turn.resident_id)
    if pending is not None:
        return _go_on(turn, pending)
    courier = kept.courier_of(turn.session, turn.resident_id)
    text = turn.message.text if turn.message.kind is Kind.TEXT else ""
    if courier is None and lockers.is_courier(text):
        return Reply(say.COURIER_WORD)
    memo: Memo = {"kind": _kind(text, is_courier=courier is not None).value}
    if courier is not None:
        memo["company"] = courier.company
    there = presence.where(turn.office, turn.resident_id)
    if there:
        memo[CABINET] = str(there[0].id)
    return _next(turn, memo | _heard(turn, text))


@router.before_all("deliveries")
def deliver(turn: Turn) -> Reply | None:
    """A courier's own words, of which nothing was understood for sure."""
    if not common.may_be_ours(turn) or turn.heard.target is not None or not lockers.is_courier(turn.message.text):
        return None
    return store(turn)


@router.answer_to(common.PUT)
def put(turn: Turn) -> Reply | None:
    """The answer to whatever was asked last; another need is read afresh."""
    if turn.overheard:
        return None
    asked, memo = common.said(turn, "ask"), _memo(turn.memo)
    if turn.message.spot is not None and asked == CABINET:
        near = presence.around(turn.office, turn.message.spot)
        return _at(turn, memo, near[0], How.PLACE) if near else Reply(say.TOO_FAR, common.PUT, memo=turn.memo)
    if turn.message.kind is not Kind.TEXT:
        return None
    return _answered(turn, asked, memo)


def at_cabinet(turn: Turn, cabinet: Cabinet) -> Reply:
    """They scanned a cabinet while they were asked where they are."""
    return _next(turn, _memo(turn.memo) | {CABINET: str(cabinet.id)})


@router.answer_to(telling.GO)
def go(turn: Turn) -> Reply | None:
    """Open the door to put it in, or give it up."""
    parcel_id = common.kept(turn, "parcel")
    if parcel_id is None or turn.overheard:
        return None
    said = turn.picked or GO_CHOICES.get(turn.message.text.strip())
    if said == "go":
        return _begin(turn, parcel_id)
    if said == "stop":
        return _stop(turn, parcel_id)
    return None


@router.before_all("go on with it")
def go_late(turn: Turn) -> Reply | None:
    """The same words when the question is not open any more."""
    said = GO_CHOICES.get(turn.message.text.strip())
    pending = deposit.pending(turn.office, turn.resident_id) if said else None
    if pending is None or turn.overheard:
        return None
    return _begin(turn, pending.id) if said == "go" else _stop(turn, pending.id)


def _answered(turn: Turn, asked: str, memo: Memo) -> Reply | None:
    text = turn.message.text.strip()
    if asked == CABINET:
        cabinet = reading.cabinet_by_code(turn.session, text.upper())
        return _next(turn, memo | {CABINET: str(cabinet.id)}) if cabinet is not None and cabinet.active else None
    if asked == SIZE:
        size = turn.picked or lockers.size_in(text)
        return _next(turn, memo | {SIZE: size}) if size else None
    if asked == CONSENT:
        agreed = turn.picked == "yes"
        return _next(turn, memo | {CONSENT: "yes"}) if agreed else Reply(say.ASK_FIRST) if turn.picked else None
    heard = _heard(turn, text)
    if WHOM in heard:
        return _next(turn, memo | heard)
    if common.is_another_need(turn, *OURS):
        return None
    if memo["kind"] not in DELIVERED and lockers.skips_phone(text):
        return _next(turn, memo | {WHOM: "nobody"})
    return _ask(memo, WHOM, say.WHOM_COURIER if memo["kind"] in DELIVERED else say.WHOM)


def _next(turn: Turn, memo: Memo) -> Reply:
    """Ask for the first thing that is missing, else hold a compartment."""
    cabinet = reading.cabinet(turn.session, UUID(memo[CABINET])) if CABINET in memo else None
    if cabinet is None:
        return _ask(memo, CABINET, say.WHICH_CABINET)
    if SIZE not in memo:
        room = deposit.room(turn.office, cabinet)
        choices = {say.size(size, free): size.value for size, free in room.items() if free}
        if choices:
            return _ask(memo, SIZE, say.WHICH_SIZE, choices)
    kind = ParcelKind(memo["kind"])
    if WHOM not in memo and kind is not ParcelKind.OWN:
        return _ask(memo, WHOM, say.WHOM_COURIER if kind in DELIVERED else say.WHOM)
    if kind in DELIVERED and CONSENT not in memo and not _is_known(turn, memo):
        return _ask(memo, CONSENT, say.HAS_CONSENT, {say.CONSENTED: "yes", say.NOT_ASKED: "no"})
    return _reserve(turn, memo, cabinet)


def _reserve(turn: Turn, memo: Memo, cabinet: Cabinet) -> Reply:
    draft = Draft(
        kind=ParcelKind(memo["kind"]),
        size=Size(memo.get(SIZE, Size.SMALL)),
        cabinet_id=cabinet.id,
        depositor_id=turn.resident_id,
        channel=turn.message.channel,
        phone=memo.get("phone", ""),
        address=memo.get("address", ""),
        company=memo.get("company", ""),
        has_consent=memo.get(CONSENT) == "yes",
    )
    parcel = deposit.reserve(turn.office, draft)
    if parcel.state == ParcelState.ASKED:
        return Reply(say.asked(cabinet.name))
    return _begin(turn, parcel.id)


def _begin(turn: Turn, parcel_id: UUID) -> Reply:
    tried = deposit.begin(turn.office, turn.resident_id, parcel_id, channel=turn.message.channel)
    return Reply(say.opening_for(tried.thing))


def _stop(turn: Turn, parcel_id: UUID) -> Reply:
    pending = deposit.pending(turn.office, turn.resident_id)
    if pending is not None and pending.id == parcel_id and pending.state == ParcelState.PLACED:
        return Reply(say.ALREADY_IN)
    deposit.give_up(turn.office, turn.resident_id, parcel_id)
    return Reply(say.GIVEN_UP)


def _go_on(turn: Turn, pending: Parcel) -> Reply:
    cabinet = reading.cabinet(turn.session, pending.cabinet_id)
    if pending.state == ParcelState.ASKED or cabinet is None:
        return Reply(say.STILL_ASKING)
    text = say.GO_ON.format(where=where(cabinet.name, pending.door))
    return Reply(text, telling.GO, GO_CHOICES, {"parcel": str(pending.id)})


def _at(turn: Turn, memo: Memo, cabinet: Cabinet, how: How) -> Reply:
    presence.prove(turn.office, turn.resident_id, cabinet, how)
    return _next(turn, memo | {CABINET: str(cabinet.id)})


def _ask(memo: Memo, what: str, text: str, choices: Mapping[str, str] | None = None) -> Reply:
    return Reply(text, common.PUT, choices or {}, {**memo, "ask": what})


def _memo(kept_so_far: Mapping[str, object]) -> Memo:
    return {name: str(value) for name, value in kept_so_far.items() if name != "ask"}


def _heard(turn: Turn, text: str) -> Memo:
    """Size, telephone and address, where they were said."""
    found: Memo = {}
    if size := lockers.size_in(text):
        found[SIZE] = size
    if phone := turn.heard.slots.get("phone"):
        found |= {WHOM: "phone", "phone": str(phone)}
    address = turn.heard.slots.get("address")
    if isinstance(address, Mapping) and address:
        found |= {WHOM: "address", "address": "-".join(str(part) for part in address.values())}
    return found


def _kind(text: str, *, is_courier: bool) -> ParcelKind:
    if is_courier:
        return ParcelKind.TAKEAWAY if lockers.is_takeaway(text) else ParcelKind.PARCEL
    return ParcelKind.HANDOVER if lockers.is_for_others(text) else ParcelKind.OWN


def _is_known(turn: Turn, memo: Memo) -> bool:
    """Whether the recipient can be asked in the chat."""
    found = people.of_phone(turn.office, memo["phone"]) if "phone" in memo else None
    return found is not None and kept.private_channel(turn.session, found) is not None
