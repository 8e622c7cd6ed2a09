"""A volunteer offers their shift, to one person or to all; the first taker has it, and both and the station hear so."""

from uuid import UUID

from bot.rules import activity, push
from bot.rules.office import Office
from bot.rules.push import News
from bot.rules.volunteer.claiming import approved, no_overlap, one
from bot.rules.volunteer.limits import NotForYou, NotYourShift, SwapGone
from bot.rules.volunteer.people import name_of, told_in
from bot.rules.volunteer.telling import facts_of, tell, tell_station
from bot.store import activity as activities
from bot.store.activity import Activity, Standing
from bot.store.volunteer import ShiftSwap, SwapState, Volunteer, people, swaps

MOST_ASKED = 40  # volunteers who are told of an offer to all


def offer(office: Office, shift_id: UUID, *, resident_id: UUID, to: UUID | None = None) -> int:
    """Offer one's place; it stays theirs until somebody takes it. Returns how many were asked.

    Raises NotAVolunteer, NoSuchShift, NotYourShift.
    """
    approved(office, resident_id)
    its = activities.locked(office.session, one(office, shift_id).activity.id)
    mine = activities.of(office.session, shift_id, resident_id)
    if mine is None or mine.state != Standing.ENROLLED or to == resident_id:
        raise NotYourShift
    row = swaps.of_enrolment(office.session, mine.id, resident_id) or ShiftSwap(
        shift_id=shift_id, enrolment_id=mine.id, is_for_all=True, created_at=office.now, changed_at=office.now
    )
    row.from_id, row.to_id, row.taken_by, row.is_for_all = resident_id, to, None, to is None
    _becomes(office, row, SwapState.OPEN)
    asked = _whom(office, its, resident_id, to)
    for person in asked:
        kind = "shift_wanted" if to is None else "shift_offered"
        tell(office, person.resident_id, person.channel, kind, facts_of(office, its))
    return len(asked)


def take(office: Office, swap_id: UUID, *, resident_id: UUID, channel: str) -> Activity:
    """The place is theirs from now on, whoever waits. Raises SwapGone, NotForYou, NotAVolunteer, ShiftsOverlap."""
    approved(office, resident_id)
    found = swaps.swap(office.session, swap_id)
    if found is None:
        raise SwapGone
    its = activities.locked(office.session, found.shift_id)
    row = swaps.locked(office.session, swap_id)
    if row is None or row.state != SwapState.OPEN or not its.is_published or its.starts_at <= office.now:
        raise SwapGone
    if row.from_id == resident_id or (not row.is_for_all and row.to_id != resident_id):
        raise NotForYou
    giver = activities.locked_enrolment(office.session, row.enrolment_id)
    if giver.state != Standing.ENROLLED:
        raise SwapGone
    no_overlap(office, its, resident_id)
    activity.pass_on(office, its, giver, resident_id=resident_id, channel=channel)
    row.taken_by = resident_id
    _becomes(office, row, SwapState.TAKEN)
    tell(office, row.from_id, giver.channel, "shift_taken", facts_of(office, its))
    names = {"name": name_of(office, resident_id), "before": name_of(office, row.from_id)}
    tell_station(office, its, "shift_swapped", names)
    return its


def withdraw(office: Office, swap_id: UUID, *, resident_id: UUID) -> None:
    """They come after all. Raises SwapGone where somebody took it meanwhile."""
    row = swaps.locked(office.session, swap_id)
    if row is None or row.from_id != resident_id or row.state != SwapState.OPEN:
        raise SwapGone
    _becomes(office, row, SwapState.WITHDRAWN)


def called(office: Office, words: str, *, but: UUID) -> UUID | None:
    """The one volunteer whose name stands in the words; None where there is none, or several."""
    mine = people.of(office.session, but)
    area_id = mine.area_id if mine else None
    found = {
        person.resident_id
        for person in people.approved(office.session, area_id, limit=500)
        if person.resident_id != but and (name := told_in(office, person).get("name", "")) and name in words
    }
    return next(iter(found)) if len(found) == 1 else None


def _whom(office: Office, its: Activity, giver: UUID, to: UUID | None) -> list[Volunteer]:
    """Whom to ask: the one, or all who have no place in it and want such news."""
    if to is not None:
        one_ = people.of(office.session, to)
        return [one_] if one_ is not None else []
    there = {mine.resident_id for mine in activities.roster(office.session, its.id)} | {giver}
    found = people.approved(office.session, its.area_id, limit=MOST_ASKED + len(there))
    free = {person.resident_id: person for person in found if person.resident_id not in there}
    return [free[one_] for one_ in push.wanting(office.session, list(free), News.VOLUNTEER)][:MOST_ASKED]


def _becomes(office: Office, row: ShiftSwap, state: SwapState) -> None:
    row.state, row.changed_at = state.value, office.now
    office.session.add(row)
    office.session.flush()
