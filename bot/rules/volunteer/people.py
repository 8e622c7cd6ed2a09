"""Becoming a volunteer, and being one no more."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from bot.rules import place, setting
from bot.rules.activity import give_up
from bot.rules.office import Office
from bot.rules.setting import Subject
from bot.rules.volunteer.limits import DecidedAlready, VolunteerAlready
from bot.rules.volunteer.telling import tell
from bot.store import activity as activities
from bot.store import setting as kept
from bot.store.activity import Kind
from bot.store.volunteer import Volunteer, VolunteerState, people, swaps

SELF = "self"  # decided by the setting
LIVE = (VolunteerState.PENDING, VolunteerState.APPROVED, VolunteerState.PAUSED)


def apply(office: Office, told: Mapping[str, str], *, resident_id: UUID, channel: str) -> Volunteer:
    """They want to be one; `told`: name, skills, times, phone. Raises VolunteerAlready."""
    before = people.locked_of(office.session, resident_id)
    if before is not None and before.state in LIVE:
        raise VolunteerAlready
    takes = takes_all(office)
    mine = before or Volunteer(
        resident_id=resident_id, channel=channel, told=b"", state="", created_at=office.now, changed_at=office.now
    )
    mine.channel, mine.told = channel, office.seal.close_json(dict(told))
    mine.area_id = place.home_area(office.session, resident_id)
    mine.decided_by = SELF if takes else ""
    _becomes(office, mine, VolunteerState.APPROVED if takes else VolunteerState.PENDING)
    return mine


def decide(office: Office, mine: Volunteer, *, approved: bool, by: str, reason: str = "") -> None:
    """The staff say yes or no; they hear it. Raises DecidedAlready."""
    mine = _locked(office, mine)
    if mine.state not in (VolunteerState.PENDING, VolunteerState.PAUSED):
        raise DecidedAlready
    mine.decided_by = by
    _becomes(office, mine, VolunteerState.APPROVED if approved else VolunteerState.REFUSED)
    kind = "volunteer_approved" if approved else "volunteer_refused"
    tell(office, mine.resident_id, mine.channel, kind, {"reason": reason.strip()})


def pause(office: Office, mine: Volunteer, *, by: str) -> int:
    """They claim nothing for now, and the shifts before them are free; returns how many. Raises DecidedAlready."""
    mine = _locked(office, mine)
    if mine.state != VolunteerState.APPROVED:
        raise DecidedAlready
    mine.decided_by = by
    _becomes(office, mine, VolunteerState.PAUSED)
    tell(office, mine.resident_id, mine.channel, "volunteer_paused", {})
    return _free(office, mine.resident_id, by)


def leave(office: Office, resident_id: UUID) -> int:
    """They want to be one no more; returns how many shifts became free. Raises DecidedAlready."""
    mine = people.locked_of(office.session, resident_id)
    if mine is None or mine.state not in LIVE:
        raise DecidedAlready
    _becomes(office, mine, VolunteerState.LEFT)
    return _free(office, resident_id, "resident")


def told_in(office: Office, mine: Volunteer) -> Mapping[str, str]:
    """What they told: name, skills, times, phone."""
    return {name: str(value) for name, value in office.seal.open_json(mine.told).items()}


def name_of(office: Office, resident_id: UUID | None) -> str:
    """How a volunteer wants to be called, "" for anybody else."""
    return names_of(office, [resident_id]).get(resident_id, "") if resident_id else ""


def names_of(office: Office, resident_ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """As `name_of`, of several at once; anybody else is not among them."""
    found = people.of_all(office.session, {one for one in resident_ids if one is not None})
    return {mine.resident_id: told_in(office, mine).get("name", "") for mine in found}


def takes_all(office: Office) -> bool:
    """Whether whoever wants to be a volunteer is one at once."""
    value = kept.everything(office.session).get(Subject.VOLUNTEERS.value) or {}
    return bool(value.get("takes_all"))


def set_takes_all(office: Office, takes: bool, *, by: UUID | None) -> None:
    setting.change(office, Subject.VOLUNTEERS, {"takes_all": takes}, by=by)


def _locked(office: Office, mine: Volunteer) -> Volunteer:
    found = people.locked_of(office.session, mine.resident_id)
    if found is None:
        raise DecidedAlready
    return found


def _free(office: Office, resident_id: UUID, by: str) -> int:
    """Whoever locks several activities does so in the order of their ids, so that nobody waits in a ring."""
    theirs = activities.live_of(office.session, resident_id, office.now, Kind.SHIFT)
    ahead = sorted((one for one in theirs if one[1].starts_at > office.now), key=lambda one: one[1].id)
    for mine, _ in ahead:
        give_up(office, mine.id, by=by)
        swaps.end_of(office.session, mine.id, office.now)
    return len(ahead)


def _becomes(office: Office, mine: Volunteer, state: VolunteerState) -> None:
    mine.state, mine.changed_at = state.value, office.now
    office.session.add(mine)
    office.session.flush()
