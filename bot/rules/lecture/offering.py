"""A resident offers to give a lesson, answers what the staff ask, or takes the offer back."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.rules import place
from bot.rules.lecture.refusals import NoOfferOfYours, TooManyOffers
from bot.rules.office import Office
from bot.store import lecture as offers
from bot.store.course import LecturerKind
from bot.store.ids import new_id
from bot.store.lecture import OPEN, LectureOffer, OfferState

MOST_OPEN = 3  # offers of one resident that wait for a word
ASKED, ANSWER = "asked", "answer"
MOST_WORDS = 400  # characters of all answers together


def offer(
    office: Office, told: Mapping[str, str], *, kind: LecturerKind | None, resident_id: UUID, channel: str
) -> LectureOffer:
    """An offer that waits for the staff; `told`: topic, audience, when, days, length, needs, phone.

    Raises TooManyOffers.
    """
    if offers.count_of(office.session, resident_id, running=True) >= MOST_OPEN:
        raise TooManyOffers(MOST_OPEN)
    born = new_id()
    row = LectureOffer(
        id=born,
        number=f"JK{office.today:%y%m%d}-{born.hex[-4:].upper()}",
        resident_id=resident_id,
        channel=channel,
        area_id=place.home_area(office.session, resident_id),
        kind=kind.value if kind else "",
        told=office.seal.close_json(dict(told)),
        created_at=office.now,
        changed_at=office.now,
    )
    offers.add(office.session, row)
    return row


def told_in(office: Office, row: LectureOffer) -> Mapping[str, str]:
    """What was told; empty once they are gone."""
    return {name: str(value) for name, value in office.seal.open_json(row.told).items()} if row.told else {}


def mine(office: Office, resident_id: UUID) -> Sequence[LectureOffer]:
    """The person's own, newest first."""
    return offers.of(office.session, resident_id)


def asked_of(office: Office, resident_id: UUID) -> LectureOffer | None:
    """The offer of which the staff want to know something."""
    return next((row for row in mine(office, resident_id) if row.state == OfferState.ASKED), None)


def answer(office: Office, resident_id: UUID, words: str) -> LectureOffer:
    """What they say to the staff's question; the offer waits for the staff again. Raises NoOfferOfYours."""
    found = asked_of(office, resident_id)
    row = offers.locked(office.session, found.id) if found else None
    if row is None or row.state != OfferState.ASKED:
        raise NoOfferOfYours
    told = told_in(office, row)
    said = "\n".join(filter(None, (told.get(ANSWER, ""), words.strip())))[-MOST_WORDS:]
    row.told = office.seal.close_json({**told, ANSWER: said})
    becomes(office, row, OfferState.WAITING)
    return row


def withdraw(office: Office, resident_id: UUID) -> int:
    """They take back whatever waits; returns how many. Raises NoOfferOfYours."""
    waiting = [row.id for row in mine(office, resident_id) if row.state in OPEN]
    found = [row for row in (offers.locked(office.session, one) for one in sorted(waiting)) if row.state in OPEN]
    if not found:
        raise NoOfferOfYours
    for row in found:
        becomes(office, row, OfferState.WITHDRAWN)
    return len(found)


def becomes(office: Office, row: LectureOffer, state: OfferState) -> None:
    row.state, row.changed_at = state.value, office.now
    office.session.flush()
