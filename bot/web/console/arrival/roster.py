"""The roster: tick and untick, late ones with their hour, whoever came without enrolling, and the list on paper."""

from uuid import UUID

from bot.errors import Refusal
from bot.rules import activity, arrival
from bot.rules.access import READERS, WORKERS
from bot.rules.activity import where
from bot.store import activity as activities
from bot.store.activity import Activity
from bot.web.console.arrival.held import BASES, held, here, moment
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording.arrival import console as say

pages = Pages()


def show(visit: Visit) -> Answer:
    """Everybody; `as=print` is a list to sign. That somebody looked is written down, for names stand on it."""
    its = held(visit)
    visit.noted("arrival.roster", its.code)
    return page(visit, its, template="roster_print.html" if visit.asked.query.get("as") == "print" else "roster.html")


def tick(visit: Visit) -> Answer:
    """Somebody of the roster is there, since an hour that was typed or now; or was not."""
    its, mine = held(visit), _enrolment(visit)
    if visit.asked.form.get("came") == "1":
        try:
            at = moment(visit, its, visit.asked.form.get("at", ""))
        except ValueError:
            return page(visit, its, error=say.NO_SUCH_TIME, status=422)
        activity.tick(visit.office, mine, by=visit.me.title, at=at)
    else:
        activity.untick(visit.office, mine, by=visit.me.title)
    visit.noted("activity.ticked", its.code)
    return Go(f"{here(its)}/roster", "saved")


def add(visit: Visit) -> Answer:
    """Somebody who is not on it: a member by number, a resident by telephone, anybody by name."""
    its, form = held(visit), visit.asked.form
    try:
        at = moment(visit, its, form.get("at", ""))
    except ValueError:
        return page(visit, its, error=say.NO_SUCH_TIME, status=422)
    arrival.add(visit.office, its, form.get("who", ""), scope=visit.scope, by=visit.me.title, at=at)
    visit.noted("arrival.added", its.code)
    return Go(f"{here(its)}/roster", "saved")


def new_code(visit: Visit) -> Answer:
    """Another word for the wall; the one before it is worth nothing any more."""
    its = held(visit)
    activity.give_code(visit.office, its)
    visit.noted("activity.code", its.code)
    return Go(f"{here(its)}/roster", "saved")


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The roster again, with the reason and what was typed."""
    return page(visit, held(visit), error=explain(refusal), status=409)


def page(visit: Visit, its: Activity, *, error: str = "", status: int = 200, template: str = "roster.html") -> View:
    office = visit.office
    lines = arrival.lines(office, its)
    counts = activity.counts(office, its)
    facts = {
        "its": {"title": its.title, "state": its.state, "starts_at": its.starts_at},
        "where": where(office, its),
        "lines": [(one, say.who(one), say.notes(one)) for one in lines],
        "counts": counts,
        "walked_in": sum(one.persons for one in lines if one.walk_in and one.is_there),
        "late": sum(one.late_minutes > 0 for one in lines),
        "error": error,
        "typed": visit.asked.form.get("who", ""),
        "words": say,
        "at_here": here(its),
        "code": activity.code_of(office, its) if visit.me.role in WORKERS else "",
        "may_write": visit.me.role in WORKERS,
    }
    return View(template, facts, status)


def _enrolment(visit: Visit) -> UUID:
    """The one that was tapped, if it is on this roster."""
    its = held(visit)
    found = {str(row.id): row.id for row in activities.roster(visit.office.session, its.id)}
    wanted = visit.asked.form.get("enrolment", "")
    if wanted not in found:
        raise NotThere
    return found[wanted]


for base in BASES:
    pages.get(base + "/{id}/roster", roles=READERS)(show)
    pages.post(base + "/{id}/roster/code", roles=WORKERS)(new_code)
    pages.post(base + "/{id}/roster/tick", roles=WORKERS, refused=refused)(tick)
    pages.post(base + "/{id}/roster/add", roles=WORKERS, refused=refused)(add)
