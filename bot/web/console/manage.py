"""The place from which the house itself is looked after: what stands behind it, for those who lead."""

from bot.rules.access import LEADS
from bot.store.forwarding import State, held_up
from bot.store.staff import StaffRole
from bot.web.console.page import Answer, Pages, Place, View, Visit
from bot.wording import manage as say

pages = Pages()
MANAGE = "/console/manage"
SEES = LEADS | {StaffRole.AUDITOR}
_WHO = {"staff": {StaffRole.ADMINISTRATOR}, "settings": {StaffRole.ADMINISTRATOR}, "forwarding": SEES}
_WHO |= {"figures": SEES, "groups": LEADS, "customer-groups": {StaffRole.ADMINISTRATOR}}
_WHO |= {"destinations": {StaffRole.ADMINISTRATOR}, "audit": {StaffRole.ADMINISTRATOR, StaffRole.AUDITOR}}
ALSO = ("/console/figures", "/console/groups", "/console/customer-groups", "/console/audit")
PLACE = Place("manage", say.TITLE, MANAGE, "gear", SEES, lambda visit: _failed(visit), also=ALSO)


@pages.get(MANAGE, roles=SEES)
def show(visit: Visit) -> Answer:
    """Where one may go from here, by one's role."""
    ways = [one for one in say.HUB if visit.me.role in _WHO[one[0].rpartition("/")[2]]]
    counts = held_up.counts(visit.office.session, visit.scope)
    return View("manage.html", {"ways": ways, "counts": say.counts(counts), "words": say})


def _failed(visit: Visit) -> int:
    return held_up.counts(visit.office.session, visit.scope).get(State.FAILED.value, 0)
