"""The list of cabinets: which are offline, which have a fault, how full they are."""

from urllib.parse import urlencode

from bot.rules.access import READERS
from bot.rules.locker import fleet
from bot.rules.locker.fleet import Standing
from bot.store.locker.fleet import By, Which, dead
from bot.web.console.listing import Column, Listing, Query, Slice, listed
from bot.web.console.locker.common import LOCKERS, address, tabs
from bot.web.console.page import Answer, File, Pages, Place, View, Visit
from bot.wording.locker import console as say

pages = Pages()
PLACE = Place("lockers", say.TITLE, LOCKERS, "box", READERS, lambda visit: dead(visit.office.session, visit.scope))


def which(visit: Visit) -> Which:
    """The part of the fleet that is asked for."""
    given = visit.asked.query.get("which", "")
    return Which(given) if given in set(Which) else Which.ALL


def fetch(visit: Visit, query: Query) -> Slice[Standing]:
    """Some cabinets of theirs."""
    found, more = fleet.listed(
        visit.office,
        visit.scope,
        which(visit),
        words=query.words,
        by=By(query.sort),
        descending=query.descending,
        after=query.after,
        limit=query.limit,
    )
    return Slice(found, more)


LISTING = Listing(
    title=say.TITLE,
    at=LOCKERS,
    columns=(
        Column(By.CODE.value, say.CODE, lambda one: one.code, lambda one: address(one.code), sorts=True),
        Column("name", say.WHERE, lambda one: one.name),
        Column("state", say.STATE, say.state),
        Column(By.HEARD.value, say.HEARD, lambda one: one.heard_at, sorts=True),
        Column(By.TAKEN.value, say.TAKEN, say.taken, sorts=True),
        Column(By.BROKEN.value, say.BROKEN, say.faults, sorts=True),
        Column(By.FIRMWARE.value, say.FIRMWARE, lambda one: one.firmware, sorts=True),
        Column("battery", say.BATTERY, say.battery),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, LOCKERS, say.SEE_ALL),
    sort=By.CODE.value,
    filters=("which",),
)


@pages.get(LOCKERS, roles=READERS)
def show(visit: Visit) -> Answer:
    """The fleet, and how many there are of each kind."""
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    chosen, counts = which(visit), fleet.counts(visit.office, visit.scope)
    kinds = [
        (label, f"{LOCKERS}?{urlencode({'which': kind.value})}", counts[kind], kind is chosen)
        for kind, label in say.WHICH.items()
        if counts[kind] or kind in (Which.ALL, chosen)
    ]
    return View("lockers.html", {"listed": found, "kinds": kinds, "tabs": tabs(), "tab": LOCKERS})
