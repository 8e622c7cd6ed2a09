"""After the times allowed were changed, by when every open ticket is due is counted anew, some at a time."""

from uuid import UUID

from bot.rules import ticket
from bot.rules.office import Office
from bot.rules.setting import Subject
from bot.store import setting as kept


def go_on(office: Office) -> int:
    """The next tickets; returns how many. Where another worker is at it, or nothing is to be done, none."""
    row = kept.locked(office.session, Subject.RECOUNT.value)
    if row is None:
        return 0
    after = str(row.value.get("after") or "")
    counted, last = ticket.count_due(office, UUID(after) if after else None)
    if last is None:
        kept.drop(office.session, Subject.RECOUNT.value)
    else:
        kept.put(office.session, Subject.RECOUNT.value, {"after": str(last)}, now=office.now, by=row.changed_by)
    return counted
