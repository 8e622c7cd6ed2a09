"""The rota of the next two weeks for volunteers: big, with a claim or a drop beside each shift."""

from uuid import UUID

from bot.rules import volunteer
from bot.rules.reach import RESIDENTS
from bot.rules.volunteer import ShiftShown
from bot.store.activity import HAS_PLACES, ActivityEnrolment
from bot.store.volunteer import VolunteerState, people
from bot.web.h5.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording.volunteer import dialogue as say

pages = Pages()
VOLUNTEERS = "/h5/volunteers"
ONE = VOLUNTEERS + "/{id}"
MOST_REASON = 80
NOT_YET = {VolunteerState.PENDING: say.PENDING, VolunteerState.PAUSED: say.PAUSED}


@pages.get(VOLUNTEERS)
def shown(visit: Visit) -> View:
    """Each shift with how it stands, and whether it is theirs."""
    mine = people.of(visit.office.session, visit.resident_id)
    hours = volunteer.statement(visit.office, visit.resident_id, visit.office.today.year)
    theirs = {its.id: row for row, its in volunteer.mine(visit.office, visit.resident_id)}
    lines = [_line(visit, one, theirs.get(one.activity.id)) for one in volunteer.ahead(visit.office)]
    facts = {
        "lines": lines,
        "is_volunteer": mine is not None and mine.state == VolunteerState.APPROVED,
        "hours": say.duration(hours.minutes) if hours.shifts else "",
        "shifts": hours.shifts,
        "none": say.NOTHING_AHEAD,
        "not_yet": NOT_YET.get(VolunteerState(mine.state), say.NOT_ONE_YET) if mine else say.NOT_ONE_YET,
    }
    return View("volunteers.html", facts)


@pages.post(ONE + "/claim")
def claim(visit: Visit) -> Answer:
    """Theirs, or a place in the waiting list where they saw that it is full."""
    waits = visit.form.get("wait") == "1"
    volunteer.claim(visit.office, _id(visit), resident_id=visit.resident_id, channel=RESIDENTS, waits=waits)
    return Go(VOLUNTEERS, "shift_queued" if waits else "shift_claimed")


@pages.post(ONE + "/drop")
def drop(visit: Visit) -> Answer:
    """They cannot come; shortly before it they say why."""
    reason = visit.form.get("reason", "").strip()[:MOST_REASON]
    volunteer.drop(visit.office, _id(visit), resident_id=visit.resident_id, reason=reason)
    return Go(VOLUNTEERS, "shift_dropped")


def _line(visit: Visit, one: ShiftShown, mine: ActivityEnrolment | None) -> dict[str, object]:
    office, its = visit.office, one.activity
    has = mine is not None and mine.state in HAS_PLACES
    return {
        "id": str(its.id),
        "time": say.time_of(its, office.now.astimezone(office.zone)),
        "title": its.title,
        "where": one.where,
        "duties": its.words,
        "stands": say.stands(one),
        "lacks": one.lacks > 0,
        "has": has,
        "waits": mine is not None and mine.is_live and not has,
        "is_full": not one.left,
        "is_late": _is_late(visit, one, mine),
    }


def _is_late(visit: Visit, one: ShiftShown, mine: ActivityEnrolment | None) -> bool:
    return mine is not None and mine.state in HAS_PLACES and volunteer.is_late(visit.office, one.activity)


def _id(visit: Visit) -> UUID:
    try:
        return UUID(visit.path["id"])
    except ValueError as error:
        raise NotThere from error
