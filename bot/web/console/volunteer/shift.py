"""One shift: who keeps it, who gave it up late, what is swapped; more or fewer people; hours corrected."""

from uuid import UUID

from bot.errors import Refusal
from bot.rules import activity, volunteer
from bot.rules.access import READERS, WORKERS
from bot.store import activity as activities
from bot.store.activity import Activity, ActivityEnrolment, State
from bot.store.volunteer import Shift, hours, shifts
from bot.web.console.named import named
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.web.console.volunteer.rota import SHIFT, VOLUNTEERS
from bot.wording import explain
from bot.wording.volunteer import console as say

pages = Pages()
ONE = SHIFT + "/{id}"
MOST_MINUTES, MOST_WORDS = 24 * 60, 80


@pages.get(ONE, roles=READERS)
def show(visit: Visit) -> Answer:
    """All of it, with names; that somebody looked is written down."""
    held = found(visit)
    visit.noted("shift.viewed", held[1].code)
    return _page(visit, *held)


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason."""
    return _page(visit, *found(visit), error=explain(refusal), status=409)


@pages.post(ONE + "/numbers", roles=WORKERS, refused=refused)
def numbers(visit: Visit) -> Answer:
    """It needs more people, or fewer."""
    shift, its = found(visit)
    minimum, maximum = (_number(visit, name) for name in ("minimum", "maximum"))
    volunteer.change_numbers(visit.office, shift, minimum=minimum, maximum=maximum)
    return _done(visit, its, "shift.changed", minimum=minimum, maximum=maximum)


@pages.post(ONE + "/cancel", roles=WORKERS, refused=refused)
def cancel(visit: Visit) -> Answer:
    """It is not kept; everybody who has it hears why."""
    its = found(visit)[1]
    activity.cancel(visit.office, its.id, visit.asked.form.get("reason", "").strip()[:MOST_WORDS], by=visit.me.title)
    return _done(visit, its, "shift.cancelled")


@pages.post(ONE + "/code", roles=WORKERS)
def code(visit: Visit) -> Answer:
    """A word of the day for its wall."""
    its = found(visit)[1]
    activity.give_code(visit.office, its)
    return _done(visit, its, "activity.code")


@pages.post(ONE + "/tick", roles=WORKERS, refused=refused)
def tick(visit: Visit) -> Answer:
    """Somebody of the roster is there, or was not."""
    its = found(visit)[1]
    mine = _enrolment(visit, its)
    step = activity.tick if visit.asked.form.get("came") == "1" else activity.untick
    step(visit.office, mine.id, by=visit.me.title)
    return _done(visit, its, "activity.ticked")


@pages.post(ONE + "/hours", roles=WORKERS, refused=refused)
def correct(visit: Visit) -> Answer:
    """The ledger is wrong: so many minutes, for a reason."""
    shift, its = found(visit)
    mine, typed = _enrolment(visit, its), visit.asked.form.get("minutes", "").strip()
    minutes = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else MOST_MINUTES + 1
    if minutes > MOST_MINUTES:
        return _page(visit, shift, its, error=say.MINUTES_WRONG, status=422)
    reason = visit.asked.form.get("reason", "")[:MOST_WORDS]
    volunteer.correct(visit.office, its, mine, minutes, reason=reason, by=visit.me.title)
    return _done(visit, its, "shift.hours", minutes=minutes)


def found(visit: Visit) -> tuple[Shift, Activity]:
    """The shift of the address, within what they may see."""
    held = shifts.within(visit.office.session, visit.scope, named(visit))
    if held is None:
        raise NotThere
    return held


def _enrolment(visit: Visit, its: Activity) -> ActivityEnrolment:
    try:
        wanted = UUID(visit.asked.form.get("enrolment", ""))
    except ValueError:
        raise NotThere from None
    mine = next((one for one in activities.roster(visit.office.session, its.id) if one.id == wanted), None)
    if mine is None:
        raise NotThere
    return mine


def _number(visit: Visit, name: str) -> int:
    typed = visit.asked.form.get(name, "").strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
        raise volunteer.MinimumAboveMaximum
    return int(typed)


def _done(visit: Visit, its: Activity, what: str, **details: object) -> Answer:
    visit.noted(what, its.code, **details)
    return Go(f"{SHIFT}/{its.id}", "saved")


def _page(visit: Visit, shift: Shift, its: Activity, *, error: str = "", status: int = 200) -> View:
    office, session = visit.office, visit.office.session
    may_write = visit.me.role in WORKERS
    ledger = hours.of_shift(session, its.id)
    one = volunteer.shown(office, shift, its)
    facts = {
        "its": {
            "id": str(its.id),
            "title": its.title,
            "words": its.words,
            "starts_at": its.starts_at,
            "ends_at": its.ends_at,
        },
        "state": say.SHIFT_STATES[its.state],
        "where": one.where,
        "manned": say.manned(one),
        "lacks": say.lacks(one),
        "minimum": shift.minimum,
        "maximum": its.places,
        "roster": [_line(visit, mine, ledger.get(mine.id)) for mine in activities.roster(session, its.id)],
        "queue": [_line(visit, mine, None) for mine in activities.queue(session, its.id)],
        "drops": [
            (volunteer.name_of(office, one.resident_id) or say.NOBODY, office.seal.open(one.reason or b""), one.at)
            for one in hours.drops_of(session, its.id)
            if one.reason
        ],
        "code": activity.code_of(office, its) if may_write else "",
        "is_open": its.state == State.PUBLISHED,
        "is_over": its.state == State.OVER,
        "error": error,
        "words": say,
        "back": VOLUNTEERS,
        "may_write": may_write,
    }
    return View("volunteer_shift.html", facts, status)


def _line(visit: Visit, mine: ActivityEnrolment, line: object) -> dict[str, object]:
    """One of the roster, by the name they gave; `line` is theirs in the ledger."""
    return {
        "id": str(mine.id),
        "number": mine.number,
        "name": volunteer.name_of(visit.office, mine.resident_id) or say.NOBODY,
        "state": mine.state,
        "hours": line,
    }
