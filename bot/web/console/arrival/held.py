"""What the pages of arriving share: the lesson or activity of the address, and the moment that was typed."""

from datetime import datetime, time
from uuid import UUID

from bot.store import activity as activities
from bot.store.activity import Activity, Kind
from bot.web.console.page import NotThere, Visit

LESSONS, ACTIVITIES = "/console/lessons", "/console/activities"
BASES = (LESSONS, ACTIVITIES)


def held(visit: Visit) -> Activity:
    """What the address names, within what they may see. Raises NotThere."""
    kind = Kind.LESSON if visit.asked.at.startswith(LESSONS) else Kind.ACTIVITY
    try:
        wanted = UUID(visit.asked.path["id"])
    except ValueError as error:
        raise NotThere from error
    its = activities.within(visit.office.session, visit.scope, wanted, kind)
    if its is None:
        raise NotThere
    return its


def here(its: Activity) -> str:
    """Its own page, and what the addresses of these begin with."""
    return f"{LESSONS if its.kind == Kind.LESSON else ACTIVITIES}/{its.id}"


def moment(visit: Visit, its: Activity, typed: str) -> datetime | None:
    """That hour of its day, None where none was typed. Raises ValueError for what is none."""
    if not typed.strip():
        return None
    zone = visit.office.zone
    at = time.fromisoformat(typed.strip())
    return datetime.combine(its.starts_at.astimezone(zone).date(), at.replace(tzinfo=None), zone)
