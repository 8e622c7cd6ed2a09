"""One order: what it is, what happened to it, and what the station can do with it."""

from collections.abc import Callable

from bot.errors import Refusal
from bot.rules import picture
from bot.rules.booking import desk
from bot.rules.picture import Clean, NotAPicture
from bot.store import catalogue
from bot.store.booking import Booking
from bot.store.station import Station
from bot.web.console.booking import CALENDAR, KEEPERS, LOOKERS, MOST_WORDS, around, id_of, moment_of
from bot.web.console.page import Answer, Beside, File, Go, Handler, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording.booking import dialogue

Ending = Callable[[Visit, Clean | None], Answer]
pages = Pages()
ORDER = CALENDAR + "/{number}"
MOST_BYTES = picture.MOST_BYTES + 16 * 1024


@pages.get(ORDER, roles=LOOKERS)
def show(visit: Visit) -> Answer:
    """All of it; that somebody looked is written down."""
    row = found(visit)
    visit.noted("booking.viewed", row.number)
    return _page(visit, row)


@pages.get(ORDER + "/photo", roles=LOOKERS)
def photo(visit: Visit) -> Answer:
    """The worker's photo."""
    row = found(visit)
    jpeg = desk.photo(visit.office, row)
    if jpeg is None:
        raise NotThere
    visit.noted("booking.photo", row.number)
    return File(jpeg, "image/jpeg")


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The order again, with the reason and with what was typed."""
    return _page(visit, found(visit), error=explain(refusal), status=409)


@pages.post(ORDER + "/move", roles=KEEPERS, refused=refused)
def move(visit: Visit) -> Answer:
    form = visit.asked.form
    who, to = id_of(form.get("who", "")), moment_of(visit, form.get("to", ""))
    row = desk.move(visit.office, found(visit).id, who, to, step=_step(visit), by=visit.me.title)
    return _done(visit, row, "moved")


@pages.post(ORDER + "/cancel", roles=KEEPERS, refused=refused)
def cancel(visit: Visit) -> Answer:
    reason = visit.asked.form.get("reason", "").strip()[:MOST_WORDS]
    row = desk.cancel(visit.office, found(visit).id, reason, step=_step(visit), by=visit.me.title)
    return _done(visit, row, "cancelled")


@pages.post(ORDER + "/arrive", roles=KEEPERS, refused=refused)
def arrive(visit: Visit) -> Answer:
    """By the code, or because the resident was asked on the telephone."""
    row, form = found(visit), visit.asked.form
    code, asked = form.get("code", "").strip()[:8], bool(form.get("asked"))
    right = desk.arrive(visit.office, row.id, code, asked=asked, step=_step(visit), by=visit.me.title)
    return _done(visit, row, "arrived" if right else "wrong_code")


@pages.post(ORDER + "/finish", roles=KEEPERS, refused=refused, most_bytes=MOST_BYTES)
def finish(visit: Visit) -> Answer:
    """It is done, with a photo or without."""

    def ended(visit: Visit, clean: Clean | None) -> Answer:
        row = desk.finish(visit.office, found(visit).id, step=_step(visit), by=visit.me.title, photo=clean)
        return _done(visit, row, "done")

    found(visit)
    return with_photo(visit, ended)


@pages.post(ORDER + "/no-show", roles=KEEPERS, refused=refused)
def no_show(visit: Visit) -> Answer:
    row = desk.no_show(visit.office, found(visit).id, step=_step(visit), by=visit.me.title)
    return _done(visit, row, "missed")


@pages.post(ORDER + "/assign", roles=KEEPERS, refused=refused)
def assign(visit: Visit) -> Answer:
    """Somebody else does what nobody was left for."""
    row = desk.assign(visit.office, found(visit), id_of(visit.asked.form.get("provider", "")), by=visit.me.title)
    return _done(visit, row, "assigned")


def with_photo(visit: Visit, ended: Ending) -> Answer:
    """Paint the photo of the form anew, beside the desk, and go on; without one at once."""
    upload = visit.asked.files.get("photo")
    if upload is None or not upload.body:
        return ended(visit, None)

    def work() -> Handler:
        try:
            clean = picture.clean(upload.body)
        except NotAPicture:
            return _no_photo

        def go_on(visit: Visit) -> Answer:
            return ended(visit, clean)

        return go_on

    return Beside(work)


def _no_photo(visit: Visit) -> Answer:
    raise desk.NotAPhoto


def found(visit: Visit) -> Booking:
    """The order of the address. Raises NotThere."""
    row = desk.numbered(visit.office, visit.scope, visit.asked.path["number"])
    if row is None:
        raise NotThere
    return row


def _done(visit: Visit, row: Booking, what: str) -> Answer:
    visit.noted(f"booking.{what}", row.number)
    return Go(f"{CALENDAR}/{row.number}", f"booking_{what}")


def _step(visit: Visit) -> int:
    text = visit.asked.form.get("step", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _page(visit: Visit, row: Booking, *, error: str = "", status: int = 200) -> View:
    session = visit.office.session
    query, able = visit.asked.query, catalogue.able(session, row.station_id, row.service_id or "")
    to = moment_of(visit, query["to"]) if query.get("to") else None
    names = {str(one.id): one.name for one in able}
    one = desk.sight(visit.office, row)
    facts = {
        "one": one,
        "station": session.get_one(Station, row.station_id).name,
        "able": able,
        "to": to,
        "target": query.get("who", ""),
        "target_name": names.get(query.get("who", ""), one.provider),
        "error": error,
        "typed": visit.asked.form.get("reason", ""),
        "reasons": dialogue.STAFF_REASONS,
        "most": MOST_WORDS,
        "may": visit.me.role in KEEPERS,
        "begun": row.starts_at <= visit.office.now,
        "live": row.is_live,
    }
    return View("booking_order.html", facts | around("orders"), status)
