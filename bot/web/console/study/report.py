"""The report of the branches: each member's hours of a year, the target, what is missing; as a list and a workbook."""

from bot.rules import study
from bot.rules.access import LEADS, READERS, WORKERS
from bot.rules.study import Row
from bot.store import study as kept
from bot.web.console.listing import Column, Listing, Query, Slice, listed
from bot.web.console.page import Answer, File, Pages, View, Visit
from bot.web.console.years import year_of, years
from bot.wording.study import console as say
from bot.wording.study.dialogue import hours, hours_up

pages = Pages()
STUDY = "/console/study"


def fetch(visit: Visit, query: Query) -> Slice[Row]:
    rows = study.report(
        visit.office,
        visit.scope,
        year_of(visit),
        branch=visit.asked.query.get("branch", "")[:32],
        code=query.words,
        after=query.after,
        limit=query.limit,
    )
    return Slice(rows, rows[-1].after if len(rows) == query.limit else "")


def _listing(year: int) -> Listing[Row]:
    return Listing(
        title=say.TITLE,
        at=STUDY,
        columns=(
            Column("branch", say.BRANCH, lambda row: row.branch),
            Column("code", say.CODE, lambda row: row.code, href=lambda row: f"{STUDY}/members/{row.id}?year={year}"),
            Column("name", say.NAME, lambda row: row.name),
            Column("duty", say.DUTY, lambda row: say.SECRETARY if row.is_secretary else say.PLAIN),
            Column("hours", say.HOURS, lambda row: hours(row.record.totals.minutes)),
            Column("attended", say.ATTENDED, lambda row: hours(row.record.totals.attended)),
            Column("replayed", say.REPLAYED, lambda row: hours(row.record.totals.replayed)),
            Column("approved", say.APPROVED, lambda row: hours(row.record.totals.approved)),
            Column("target", say.TARGET, lambda row: hours(row.record.target or 0)),
            Column("missing", say.MISSING, lambda row: hours_up(row.record.missing)),
        ),
        fetch=fetch,
        hint=say.HINT,
        none=(say.NONE, say.NONE_WORDS, "", ""),
        filters=("year", "branch"),
    )


@pages.get(STUDY, roles=READERS)
def show(visit: Visit) -> Answer:
    """A year of the branches they see; names stand on it, so that somebody looked is written down."""
    year = year_of(visit)
    found = listed(visit, _listing(year))
    if isinstance(found, File):
        return found
    visit.noted("study.viewed", str(year))
    facts = {
        "listed": found,
        "tab": STUDY,
        "words": say,
        "year": year,
        "years": years(visit),
        "branch": visit.asked.query.get("branch", ""),
        "branches": kept.branches(visit.office.session, visit.scope),
        "may_write": visit.me.role in WORKERS,
        "leads": visit.me.role in LEADS and visit.scope.everything,
    }
    return View("study.html", facts)
