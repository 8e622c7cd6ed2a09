"""Polls: put a question, publish it, read the sums while they grow, end it."""

from datetime import date, datetime, time
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import poll
from bot.rules.access import READERS, WORKERS
from bot.rules.poll import Plan
from bot.store import activity as activities
from bot.store import poll as rows
from bot.store.activity import Activity, Kind
from bot.store.poll import Poll, Segment, Shows
from bot.web.console.form import Filled, Form
from bot.web.console.listing import Column, Listing, Query, Slice, listed
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.web.console.voices import communities, community, first, moment, new_page, new_times, progress, times_of
from bot.wording import explain
from bot.wording import voices as say

pages = Pages()
POLLS = "/console/polls"
ONE = POLLS + "/{id}"
DAYS = 14
Row = tuple[Poll, int, datetime]  # with its votes, and the moment it is looked at


class Typed(BaseModel):
    """What is typed of a poll."""

    question: str = About(title=say.QUESTION, min_length=4, max_length=80)
    words: str = About(default="", title=say.EXPLAINED, max_length=300)
    options: str = About(title=say.OPTIONS, description=say.OPTIONS_HINT, max_length=300)
    most: int = About(default=1, title=say.MOST, ge=1, le=8)
    segment: Segment = About(title=say.SEGMENT)
    activity: str = About(default="", title=say.ACTIVITY, description=say.ACTIVITY_HINT, max_length=32)
    area: UUID | None = About(default=None, title=say.COMMUNITY)
    from_day: date = About(title=say.FROM_DAY)
    from_time: time = About(title=say.FROM_TIME)
    until_day: date = About(title=say.UNTIL_DAY)
    until_time: time = About(title=say.UNTIL_TIME)
    shows: Shows = About(title=say.WHEN_SHOWN)


def fetch(visit: Visit, query: Query) -> Slice[Row]:
    """All of them, newest first."""
    session = visit.office.session
    after = _by_id(visit, query.after) if query.after else None
    found = rows.page(session, visit.scope, words=query.words, after=after, limit=query.limit)
    votes = rows.counts(session, [one.id for one in found])
    lines = [(one, votes.get(one.id, 0), visit.office.now) for one in found]
    return Slice(lines, str(found[-1].id) if len(found) == query.limit else "")


LISTING: Listing[Row] = Listing(
    title=say.POLLS,
    at=POLLS,
    columns=(
        Column("question", say.QUESTION, lambda row: row[0].question, href=lambda row: f"{POLLS}/{row[0].id}"),
        Column("state", say.STATE, lambda row: say.PROGRESS[_progress(row[0], row[2])]),
        Column("segment", say.SEGMENT, lambda row: say.SEGMENTS[row[0].segment]),
        Column("votes", say.VOTES, lambda row: row[1]),
        Column("ends", say.ENDS, lambda row: row[0].closes_at),
    ),
    fetch=fetch,
    hint=say.POLLS_HINT,
    none=(say.POLLS_NONE, say.POLLS_NONE_WORDS, f"{POLLS}/new", say.NEW_POLL),
)


@pages.get(POLLS, roles=READERS)
def show(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    return View("polls.html", {"listed": found, "words": say, "tab": POLLS, "may_write": visit.me.role in WORKERS})


@pages.get(POLLS + "/new", roles=WORKERS)
def new(visit: Visit) -> Answer:
    values = {
        "most": "1",
        "area": first(visit),
        "segment": Segment.EVERYBODY,
        "shows": Shows.AFTER_VOTE,
        **new_times(visit, DAYS),
    }
    return _new(_form(visit).shown(values))


@pages.post(POLLS, roles=WORKERS, refused=lambda visit, refusal: _new_refused(visit, refusal))
def draw_up(visit: Visit) -> Answer:
    """A draft, of which residents see nothing yet."""
    typed = _form(visit).read(visit.asked)
    if isinstance(typed, Filled):
        return _new(typed, status=422)
    row = poll.draw_up(visit.office, _plan(visit, typed))
    return _done(visit, row, "drawn_up", "saved")


@pages.get(ONE, roles=READERS)
def one(visit: Visit) -> Answer:
    """The question, and how many chose what up to now; nobody learns who."""
    row = found(visit)
    return _page(visit, row, _form(visit).shown(_values(visit, row)))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason and what was typed."""
    row = found(visit)
    filled = _form(visit).again(visit.asked, {}) if "question" in visit.asked.form else None
    return _page(visit, row, filled or _form(visit).shown(_values(visit, row)), error=explain(refusal), status=409)


@pages.post(ONE, roles=WORKERS, refused=refused)
def save(visit: Visit) -> Answer:
    row = found(visit)
    typed = _form(visit).read(visit.asked, _values(visit, row))
    if isinstance(typed, Filled):
        return _page(visit, row, typed, status=422)
    return _done(visit, poll.change(visit.office, row.id, _plan(visit, typed)), "changed", "saved")


@pages.post(ONE + "/publish", roles=WORKERS, refused=refused)
def publish(visit: Visit) -> Answer:
    return _done(visit, poll.publish(visit.office, found(visit).id), "published", "poll_published")


@pages.post(ONE + "/close", roles=WORKERS, refused=refused)
def close(visit: Visit) -> Answer:
    """It ends now; the result is public."""
    return _done(visit, poll.close(visit.office, found(visit).id), "closed", "poll_closed")


def found(visit: Visit) -> Poll:
    """The poll of the address, within what they may see."""
    row = rows.within(visit.office.session, visit.scope, named(visit))
    if row is None:
        raise NotThere
    return row


def _by_id(visit: Visit, text: str) -> Poll | None:
    try:
        return rows.within(visit.office.session, visit.scope, UUID(text))
    except ValueError:
        return None


def _form(visit: Visit) -> Form[Typed]:
    choices = {
        "segment": list(say.SEGMENTS.items()),
        "shows": list(say.SHOWS.items()),
        "area": communities(visit),
    }
    return Form(Typed, choices=choices, kinds={"most": "number", "options": "long", "words": "long"})


def _plan(visit: Visit, typed: Typed) -> Plan:
    its = _activity(visit, typed.activity) if typed.segment is Segment.ENROLLED else None
    return Plan(
        question=typed.question,
        words=typed.words,
        options=tuple(line.strip() for line in typed.options.splitlines() if line.strip()),
        most=typed.most,
        segment=typed.segment,
        activity_id=its.id if its is not None else None,
        area_id=community(visit, typed.area),
        opens_at=moment(visit, typed.from_day, typed.from_time),
        closes_at=moment(visit, typed.until_day, typed.until_time),
        shows=typed.shows,
    )


def _activity(visit: Visit, code: str) -> Activity | None:
    """The activity or lesson of that code, where they may see it."""
    session, its = visit.office.session, activities.coded(visit.office.session, code)
    return activities.within(session, visit.scope, its.id, Kind(its.kind)) if its is not None else None


def _values(visit: Visit, row: Poll) -> dict[str, object]:
    its = activities.activity(visit.office.session, row.activity_id) if row.activity_id else None
    return {
        "question": row.question,
        "words": row.words,
        "options": "\n".join(row.options),
        "most": str(row.most),
        "segment": row.segment,
        "activity": its.code if its is not None else "",
        "area": row.area_id,
        **times_of(visit, row.opens_at, row.closes_at),
        "shows": row.shows,
    }


def _progress(row: Poll, now: datetime) -> str:
    return progress(row.state, row.opens_at, row.closes_at, now)


def _new(filled: Filled, *, error: str = "", status: int = 200) -> View:
    return new_page(filled, title=say.NEW_POLL, at_list=POLLS, called=say.POLLS, error=error, status=status)


def _new_refused(visit: Visit, refusal: Refusal) -> Answer:
    return _new(_form(visit).again(visit.asked, {}), error=explain(refusal), status=409)


def _page(visit: Visit, row: Poll, filled: Filled, *, error: str = "", status: int = 200) -> View:
    totals = poll.totals(visit.office, row)
    facts = {
        "row": row,
        "progress": _progress(row, visit.office.now),
        "people": totals.people,
        "options": [(option, count, totals.share(count)) for option, count in totals.options],
        "filled": filled,
        "error": error,
        "words": say,
        "may_write": visit.me.role in WORKERS,
    }
    return View("poll.html", facts, status)


def _done(visit: Visit, row: Poll, what: str, said: str) -> Answer:
    visit.noted(f"poll.{what}", str(row.id))
    return Go(f"{POLLS}/{row.id}", said)
