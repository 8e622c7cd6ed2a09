"""Who is a volunteer: those who wait for a yes, those who keep shifts; and whether everybody is one at once."""

from bot.errors import Refusal
from bot.rules import volunteer
from bot.rules.access import LEADS, READERS, WORKERS
from bot.store.volunteer import Volunteer, VolunteerState, people
from bot.web.console.named import named
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.web.console.volunteer.rota import VOLUNTEERS
from bot.wording import explain
from bot.wording.volunteer import console as say

pages = Pages()
PEOPLE = VOLUNTEERS + "/people"
ONE = PEOPLE + "/{id}"
MOST, MOST_WORDS = 200, 80
SHOWN = (VolunteerState.PENDING, VolunteerState.APPROVED, VolunteerState.PAUSED)


@pages.get(PEOPLE, roles=READERS)
def show(visit: Visit) -> Answer:
    """Names, skills and times; the telephone too, for they are rung up. That somebody looked is written down."""
    return _page(visit)


def refused(visit: Visit, refusal: Refusal) -> Answer:
    return _page(visit, error=explain(refusal), status=409)


@pages.post(ONE + "/approve", roles=WORKERS, refused=refused)
def approve(visit: Visit) -> Answer:
    mine = found(visit)
    volunteer.decide(visit.office, mine, approved=True, by=visit.me.title)
    return _done(visit, mine, "volunteer.approved")


@pages.post(ONE + "/refuse", roles=WORKERS, refused=refused)
def refuse(visit: Visit) -> Answer:
    """They hear why."""
    mine = found(visit)
    reason = visit.asked.form.get("reason", "")[:MOST_WORDS]
    volunteer.decide(visit.office, mine, approved=False, by=visit.me.title, reason=reason)
    return _done(visit, mine, "volunteer.refused")


@pages.post(ONE + "/pause", roles=WORKERS, refused=refused)
def pause(visit: Visit) -> Answer:
    """They keep no shifts for now; those before them are free."""
    mine = found(visit)
    volunteer.pause(visit.office, mine, by=visit.me.title)
    return _done(visit, mine, "volunteer.paused")


@pages.post(VOLUNTEERS + "/setting", roles=LEADS)
def setting(visit: Visit) -> Answer:
    """Whether somebody looks at each, or whoever registers is one at once."""
    takes = visit.asked.form.get("takes_all") == "1"
    volunteer.set_takes_all(visit.office, takes, by=visit.me.staff_id)
    visit.noted("volunteer.setting", "", takes_all=takes)
    return Go(PEOPLE, "saved")


def found(visit: Visit) -> Volunteer:
    """The volunteer of the address, within what they may see."""
    mine = people.within(visit.office.session, visit.scope, named(visit))
    if mine is None:
        raise NotThere
    return mine


def _done(visit: Visit, mine: Volunteer, what: str) -> Answer:
    visit.noted(what, mine.id.hex[-6:])
    return Go(PEOPLE, "saved")


def _page(visit: Visit, *, error: str = "", status: int = 200) -> View:
    rows = people.page(visit.office.session, visit.scope, states=SHOWN, after=None, limit=MOST)
    if rows:
        visit.noted("volunteer.viewed", "", people=len(rows))
    lines = [_line(visit, mine) for mine in rows]
    facts = {
        "waiting": [one for one in lines if one["state"] == VolunteerState.PENDING],
        "others": [one for one in lines if one["state"] != VolunteerState.PENDING],
        "takes_all": volunteer.takes_all(visit.office),
        "error": error,
        "tab": VOLUNTEERS,
        "view": PEOPLE,
        "words": say,
        "may_write": visit.me.role in WORKERS,
        "may_set": visit.me.role in LEADS,
    }
    return View("volunteer_people.html", facts, status)


def _line(visit: Visit, mine: Volunteer) -> dict[str, object]:
    told = volunteer.told_in(visit.office, mine)
    parts = {name: told.get(name, "") for name in ("name", "skills", "times", "phone")}
    return {**parts, "id": str(mine.id), "state": mine.state, "since": mine.created_at}
