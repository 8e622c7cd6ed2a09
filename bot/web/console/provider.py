"""A partner merchant's own orders on their telephone: today's and what comes, the visit proved, done with a photo."""

from dataclasses import replace
from datetime import timedelta

from bot.errors import Refusal
from bot.rules.booking import desk, provider
from bot.rules.booking.provider import NotYours, Order
from bot.rules.picture import Clean
from bot.store.booking import State
from bot.store.service import Provider
from bot.store.staff import Staff, StaffRole
from bot.web.console.booking import CALENDAR
from bot.web.console.booking_order import MOST_BYTES, with_photo
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording.booking import console as say

pages = Pages()
MINE = f"{CALENDAR}/mine"
OWN = MINE + "/{number}"
MERCHANTS = frozenset({StaffRole.PROVIDER})


@pages.get(MINE, roles=MERCHANTS)
def mine(visit: Visit) -> Answer:
    """Today's orders first, then those to come; no address is shown here."""
    who = _me(visit)
    found = provider.orders(visit.office, who) if who else []
    today = visit.office.today
    days: dict[object, list[Order]] = {}
    for one in found:
        day = one.starts_at.astimezone(visit.office.zone).date()
        if day >= today or one.state in (State.BOOKED, State.ARRIVED):
            days.setdefault(day, []).append(_local(visit, one))
    facts = {"who": who.name if who else "", "days": list(days.items()), "today": today, "words": say}
    return View("provider_orders.html", facts)


@pages.get(OWN, roles=MERCHANTS)
def show(visit: Visit) -> Answer:
    """One of their own; the address on its day only, and that it was looked at is written down."""
    return _page(visit)


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The order again, with the reason."""
    return _page(visit, error=explain(refusal), status=409)


@pages.post(OWN + "/arrive", roles=MERCHANTS, refused=refused)
def arrive(visit: Visit) -> Answer:
    """The code that the resident said at the door."""
    who, number = _of(visit)
    code = visit.asked.form.get("code", "").strip()[:8]
    return _done(visit, number, "arrived" if provider.arrive(visit.office, who, number, code) else "wrong_code")


@pages.post(OWN + "/finish", roles=MERCHANTS, refused=refused, most_bytes=MOST_BYTES)
def finish(visit: Visit) -> Answer:
    """Done, with a photo or without."""

    def ended(later: Visit, clean: Clean | None) -> Answer:
        who, number = _of(later)
        provider.finish(later.office, who, number, photo=clean)
        return _done(later, number, "done")

    _of(visit)
    return with_photo(visit, ended)


@pages.post(OWN + "/no-show", roles=MERCHANTS, refused=refused)
def no_show(visit: Visit) -> Answer:
    """Nobody opened."""
    who, number = _of(visit)
    provider.no_show(visit.office, who, number)
    return _done(visit, number, "missed")


def _me(visit: Visit) -> Provider | None:
    """Whose account that is; None for one that belongs to no merchant yet."""
    try:
        return provider.provider_of(visit.office, visit.office.session.get_one(Staff, visit.me.staff_id))
    except NotYours:
        return None


def _of(visit: Visit) -> tuple[Provider, str]:
    """The merchant, and the number where the order is their own. Raises NotThere."""
    who, number = _me(visit), visit.asked.path["number"]
    if who is None or provider.own(visit.office, who, number) is None:
        raise NotThere
    return who, number


def _page(visit: Visit, *, error: str = "", status: int = 200) -> View:
    who, number = _of(visit)
    order = provider.own(visit.office, who, number)
    if order is None:
        raise NotThere
    due = desk.due_contact(visit.office, order.starts_at)
    visit.noted("order.viewed", number, address=due and bool(order.contact))
    facts = {
        "one": _local(visit, order),
        "contact": order.contact if due else {},
        "due": due,
        "begun": order.starts_at <= visit.office.now,
        "soon": order.starts_at - visit.office.now <= timedelta(hours=1),
        "error": error,
        "typed": visit.asked.form.get("code", "") if error else "",
        "today": visit.office.today,
        "words": say,
    }
    return View("provider_order.html", facts, status)


def _local(visit: Visit, one: Order) -> Order:
    zone = visit.office.zone
    return replace(one, starts_at=one.starts_at.astimezone(zone), ends_at=one.ends_at.astimezone(zone))


def _done(visit: Visit, number: str, what: str) -> Answer:
    visit.noted(f"booking.{what}", number)
    return Go(f"{MINE}/{number}", f"booking_{what}")
