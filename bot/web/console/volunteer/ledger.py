"""The hours ledger as a list and a workbook: who, which shift, how long, and by which rule."""

from bot.rules import volunteer
from bot.rules.access import READERS
from bot.store.activity import Activity
from bot.store.volunteer import VolunteerHours, hours
from bot.web.console.listing import Column, Listing, Query, Slice, listed, start_of
from bot.web.console.page import Answer, File, Pages, View, Visit
from bot.web.console.volunteer.rota import SHIFT, VOLUNTEERS
from bot.web.console.years import span, year_of, years
from bot.wording.volunteer import console as say

pages = Pages()
HOURS = VOLUNTEERS + "/hours"
Line = tuple[str, VolunteerHours, Activity]


def fetch(visit: Visit, query: Query) -> Slice[Line]:
    """The lines of a year, newest first."""
    first, last, start = *span(visit), start_of(query)
    found = hours.page(visit.office.session, visit.scope, first, last, start=start, limit=query.limit)
    names = volunteer.names_of(visit.office, [line.resident_id for line, _ in found])
    rows = [(names.get(line.resident_id) or say.NOBODY, line, its) for line, its in found]
    return Slice(rows, str(start + len(rows)) if len(rows) == query.limit else "")


LISTING = Listing(
    title=say.EXPORT_TITLE,
    at=HOURS,
    columns=(
        Column("who", say.WHO, lambda row: row[0]),
        Column("at", say.WHEN, lambda row: row[1].starts_at),
        Column("shift", say.SHIFT, lambda row: row[2].title, href=lambda row: f"{SHIFT}/{row[2].id}"),
        Column("time", say.TIME, lambda row: say.duration(row[1].minutes)),
        Column("rule", say.RULE, lambda row: say.RULES[row[1].rule]),
        Column("reason", say.REASON, lambda row: row[1].reason),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NO_HOURS, say.NO_HOURS_WORDS, "", ""),
    filters=("year",),
)


@pages.get(HOURS, roles=READERS)
def show(visit: Visit) -> Answer:
    """Names stand in it; that somebody looked is written down."""
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    visit.noted("volunteer.hours", "")
    counts = volunteer.counts(visit.office, visit.scope, *span(visit))
    facts = {"listed": found, "counts": counts, "tab": VOLUNTEERS, "view": HOURS, "words": say}
    return View("volunteer_hours.html", {**facts, "year": year_of(visit), "years": years(visit)})
