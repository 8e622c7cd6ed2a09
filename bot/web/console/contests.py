"""Contests: draw one up and publish it, and say how it ended."""

from datetime import date, datetime, time
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import contest
from bot.rules.access import READERS, WORKERS
from bot.rules.contest import Piece, Plan
from bot.store import contest as rows
from bot.store.contest import Contest, EntryState
from bot.web.console.form import Filled, Form
from bot.web.console.listing import Column, Listing, Query, Slice, listed, workbook
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.web.console.voices import communities, community, first, moment, new_page, new_times, progress, times_of
from bot.wording import explain
from bot.wording import voices as say

pages = Pages()
CONTESTS = "/console/contests"
ONE = CONTESTS + "/{id}"
DAYS, MOST_RESULTS = 30, 600
Row = tuple[Contest, int, int, datetime]  # with what waits, what is shown, and the moment it is looked at


class Typed(BaseModel):
    """What is typed of a contest."""

    title: str = About(title=say.TITLE, min_length=3, max_length=40)
    words: str = About(title=say.TERMS, min_length=4, max_length=600)
    most: int = About(default=1, title=say.EACH, ge=1, le=10)
    area: UUID | None = About(default=None, title=say.COMMUNITY)
    from_day: date = About(title=say.FROM_DAY)
    from_time: time = About(title=say.FROM_TIME)
    until_day: date = About(title=say.UNTIL_DAY)
    until_time: time = About(title=say.UNTIL_TIME)


def fetch(visit: Visit, query: Query) -> Slice[Row]:
    """All of them, newest first."""
    session = visit.office.session
    after = _by_id(visit, query.after) if query.after else None
    found = rows.page(session, visit.scope, words=query.words, after=after, limit=query.limit)
    counts = rows.counts(session, [one.id for one in found])
    waiting, shown = EntryState.WAITING.value, EntryState.SHOWN.value
    now = visit.office.now
    lines = [(one, counts.get(one.id, {}).get(waiting, 0), counts.get(one.id, {}).get(shown, 0), now) for one in found]
    return Slice(lines, str(found[-1].id) if len(found) == query.limit else "")


LISTING: Listing[Row] = Listing(
    title=say.CONTESTS,
    at=CONTESTS,
    columns=(
        Column("title", say.TITLE, lambda row: row[0].title, href=lambda row: f"{CONTESTS}/{row[0].id}"),
        Column("state", say.STATE, lambda row: say.PROGRESS[_progress(row[0], row[3])]),
        Column("waiting", say.TO_LOOK_AT, lambda row: row[1]),
        Column("shown", say.ENTRY_STATES["shown"], lambda row: row[2]),
        Column("ends", say.ENDS, lambda row: row[0].closes_at),
    ),
    fetch=fetch,
    hint=say.CONTESTS_HINT,
    none=(say.CONTESTS_NONE, say.CONTESTS_NONE_WORDS, f"{CONTESTS}/new", say.NEW_CONTEST),
)


@pages.get(CONTESTS, roles=READERS)
def show(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    may_write = visit.me.role in WORKERS
    return View("contests.html", {"listed": found, "words": say, "tab": CONTESTS, "may_write": may_write})


@pages.get(CONTESTS + "/new", roles=WORKERS)
def new(visit: Visit) -> Answer:
    return _new(_form(visit).shown({"most": "1", "area": first(visit), **new_times(visit, DAYS)}))


@pages.post(CONTESTS, roles=WORKERS, refused=lambda visit, refusal: _new_refused(visit, refusal))
def draw_up(visit: Visit) -> Answer:
    """A draft, of which residents see nothing yet."""
    typed = _form(visit).read(visit.asked)
    if isinstance(typed, Filled):
        return _new(typed, status=422)
    return _done(visit, contest.draw_up(visit.office, _plan(visit, typed)), "drawn_up", "saved")


@pages.get(ONE, roles=READERS)
def one(visit: Visit) -> Answer:
    """The contest with its entries, or these as a workbook; that somebody looked is written down."""
    row = found(visit)
    visit.noted("contest.viewed", row.title)
    if visit.asked.query.get("as") == "xlsx":
        return _exported(visit, row)
    return page(visit, row, _form(visit).shown(_values(visit, row)))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason and what was typed."""
    row = found(visit)
    filled = _form(visit).again(visit.asked, {}) if "title" in visit.asked.form else None
    return page(visit, row, filled or _form(visit).shown(_values(visit, row)), error=explain(refusal), status=409)


@pages.post(ONE, roles=WORKERS, refused=refused)
def save(visit: Visit) -> Answer:
    row = found(visit)
    typed = _form(visit).read(visit.asked, _values(visit, row))
    if isinstance(typed, Filled):
        return page(visit, row, typed, status=422)
    return _done(visit, contest.change(visit.office, row.id, _plan(visit, typed)), "changed", "saved")


@pages.post(ONE + "/publish", roles=WORKERS, refused=refused)
def publish(visit: Visit) -> Answer:
    return _done(visit, contest.publish(visit.office, found(visit).id), "published", "contest_published")


@pages.post(ONE + "/announce", roles=WORKERS, refused=refused)
def announce(visit: Visit) -> Answer:
    """Everybody who took part hears how it ended, once."""
    row = found(visit)
    contest.announce(visit.office, row.id, visit.asked.form.get("results", "").strip()[:MOST_RESULTS])
    return _done(visit, row, "announced", "contest_announced")


def found(visit: Visit) -> Contest:
    """The contest of the address, within what they may see."""
    row = rows.within(visit.office.session, visit.scope, named(visit))
    if row is None:
        raise NotThere
    return row


def page(visit: Visit, row: Contest, filled: Filled, *, error: str = "", status: int = 200) -> View:
    """A contest as the staff work on it: what is to be looked at first."""
    facts = {
        "row": row,
        "progress": _progress(row, visit.office.now),
        "parts": [
            (state.value, say.ENTRY_STATES[state.value], _pieces(visit, row, state))
            for state in (EntryState.WAITING, EntryState.SHOWN, EntryState.SENT_BACK)
        ],
        "filled": filled,
        "typed": visit.asked.form,
        "error": error,
        "words": say,
        "may_write": visit.me.role in WORKERS,
    }
    return View("contest.html", facts, status)


def _pieces(visit: Visit, row: Contest, *states: EntryState) -> list[Piece]:
    return contest.pieces(visit.office, rows.entries(visit.office.session, row.id, states))


def _exported(visit: Visit, row: Contest) -> File:
    """The entries by number."""
    pieces = _pieces(visit, row, *EntryState)
    headings = [say.NUMBER, say.TITLE, say.NAME, say.STATE, say.PRIZE]
    lines = [
        [str(one.entry.number), one.title, one.name, say.ENTRY_STATES[one.entry.state], one.entry.prize]
        for one in pieces
    ]
    visit.noted("list.exported", row.title, rows=len(lines))
    return workbook(row.title, headings, lines)


def _by_id(visit: Visit, text: str) -> Contest | None:
    try:
        return rows.within(visit.office.session, visit.scope, UUID(text))
    except ValueError:
        return None


def _form(visit: Visit) -> Form[Typed]:
    return Form(Typed, choices={"area": communities(visit)}, kinds={"most": "number", "words": "long"})


def _plan(visit: Visit, typed: Typed) -> Plan:
    return Plan(
        title=typed.title,
        words=typed.words,
        area_id=community(visit, typed.area),
        opens_at=moment(visit, typed.from_day, typed.from_time),
        closes_at=moment(visit, typed.until_day, typed.until_time),
        most=typed.most,
    )


def _values(visit: Visit, row: Contest) -> dict[str, object]:
    return {
        "title": row.title,
        "words": row.words,
        "most": str(row.most),
        "area": row.area_id,
        **times_of(visit, row.opens_at, row.closes_at),
    }


def _progress(row: Contest, now: datetime) -> str:
    return progress(row.state, row.opens_at, row.closes_at, now)


def _new(filled: Filled, *, error: str = "", status: int = 200) -> View:
    return new_page(filled, title=say.NEW_CONTEST, at_list=CONTESTS, called=say.CONTESTS, error=error, status=status)


def _new_refused(visit: Visit, refusal: Refusal) -> Answer:
    return _new(_form(visit).again(visit.asked, {}), error=explain(refusal), status=409)


def _done(visit: Visit, row: Contest, what: str, said: str) -> Answer:
    visit.noted(f"contest.{what}", row.title)
    return Go(f"{CONTESTS}/{row.id}", said)
