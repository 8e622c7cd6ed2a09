"""Who did what and whose data they looked at, to be read by those who answer for it."""

from uuid import UUID

from bot.rules.audit import Done, done
from bot.store.staff import StaffRole
from bot.web.console.listing import Column, Listing, Query, Slice, listed
from bot.web.console.page import Answer, File, Pages, View, Visit
from bot.wording import audit as say

pages = Pages()
AUDIT = "/console/audit"
ROLES = frozenset({StaffRole.ADMINISTRATOR, StaffRole.AUDITOR})


def fetch(visit: Visit, query: Query) -> Slice[Done]:
    """The acts of those whom the reader may see, newest first."""
    before = _row(query.after)
    what = visit.asked.query.get("what", "")
    found = done(visit.office, visit.scope, before=before, limit=query.limit, words=query.words, what=what)
    return Slice(found, found[-1].id.hex if len(found) == query.limit else "")


LISTING = Listing(
    title=say.TITLE,
    at=AUDIT,
    columns=(
        Column("at", say.WHEN, lambda one: one.at),
        Column("login", say.WHO, lambda one: one.login),
        Column("what", say.WHAT, lambda one: say.act(one.what)),
        Column("subject", say.SUBJECT, lambda one: one.subject),
        Column("ip", say.FROM, lambda one: one.ip),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, "", ""),
    filters=("what",),
)


@pages.get(AUDIT, roles=ROLES)
def show(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    return found if isinstance(found, File) else View("audit.html", {"listed": found})


def _row(name: str) -> UUID | None:
    try:
        return UUID(name) if name else None
    except ValueError:
        return None
