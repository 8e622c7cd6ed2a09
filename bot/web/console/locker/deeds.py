"""What the staff do at a cabinet: open a door, or all with a second person, take something out, free what is shut."""

from uuid import UUID

from bot.rules.access import WORKERS
from bot.rules.locker import staff
from bot.rules.locker.terms import NotTheirs, RequestOver
from bot.store.locker import commands as doors
from bot.store.locker import reading
from bot.web.console.locker.cabinet import page, refused
from bot.web.console.locker.common import CABINET, address, by, door, found, words
from bot.web.console.page import Answer, Go, NotThere, Pages, Visit
from bot.wording.locker import console as say

pages = Pages()


@pages.post(f"{CABINET}/open", roles=WORKERS, refused=refused)
def open_one(visit: Visit) -> Answer:
    """One door, with the reason that its owner reads."""
    row = found(visit)
    staff.open_one(visit.office, row.id, door(visit), by=by(visit), words=words(visit))
    visit.noted("locker.opened", row.code, door=door(visit))
    return Go(f"{address(row.code)}?door={door(visit)}", "door_asked")


@pages.post(f"{CABINET}/order", roles=WORKERS, refused=refused)
def order(visit: Visit) -> Answer:
    """Out of use, or into use again."""
    row, out = found(visit), visit.asked.form.get("out") == "1"
    staff.set_order(visit.office, row.id, door(visit), out_of_order=out)
    visit.noted("locker.out_of_order" if out else "locker.in_order", row.code, door=door(visit))
    return Go(f"{address(row.code)}?door={door(visit)}", "saved")


@pages.post(f"{CABINET}/remove", roles=WORKERS, refused=refused)
def remove(visit: Visit) -> Answer:
    """Something was taken out and is kept at the station."""
    row = found(visit)
    parcel = reading.parcel(visit.office.session, _uuid(visit.asked.form.get("parcel", "")))
    if parcel is None or parcel.cabinet_id != row.id:
        raise NotTheirs
    staff.remove(visit.office, parcel.id, by=by(visit), words=words(visit))
    visit.noted("locker.removed", row.code, door=parcel.door)
    return Go(address(row.code), "parcel_removed")


@pages.post(f"{CABINET}/all", roles=WORKERS, refused=refused)
def ask_all(visit: Visit) -> Answer:
    """Want all doors open: somebody else has to agree."""
    row = found(visit)
    staff.ask_master(visit.office, row.id, by=by(visit), words=words(visit))
    visit.noted("locker.all_asked", row.code)
    return Go(address(row.code), "all_asked")


@pages.post(f"{CABINET}/all/agree", roles=WORKERS, refused=refused)
def agree(visit: Visit) -> Answer:
    """The second person."""
    row = found(visit)
    request = doors.master_open(visit.office.session, _uuid(visit.asked.form.get("request", "")))
    if request is None or request.cabinet_id != row.id:
        raise RequestOver
    opened = staff.agree_master(visit.office, request.id, by=by(visit))
    visit.noted("locker.all_opened", row.code, doors=len(opened))
    return Go(address(row.code), "all_opened")


@pages.post(f"{CABINET}/release", roles=WORKERS, refused=refused)
def release(visit: Visit) -> Answer:
    """Let it take codes again."""
    row = found(visit)
    staff.release(visit.office, row.id, by=by(visit), words=words(visit))
    visit.noted("locker.released", row.code)
    return Go(address(row.code), "codes_released")


@pages.post(f"{CABINET}/clear-code", roles=WORKERS, refused=refused)
def clear_code(visit: Visit) -> Answer:
    """Eight digits to type at the cabinet, shown once."""
    row = found(visit)
    code = staff.clear_code(visit.office, row.id, door(visit), by=by(visit), words=words(visit))
    visit.noted("locker.clear_code", row.code, door=door(visit))
    return page(visit, shown=(say.clear_code(door(visit)), code, say.CLEAR_CODE_HOW))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotThere from None
