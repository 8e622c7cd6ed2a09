"""What the forms of polls and contests share: the communities one may choose, and times typed as day and clock."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from bot.store.figures import areas_in
from bot.store.place import Level
from bot.web.console.form import Filled
from bot.web.console.page import NotThere, View, Visit
from bot.wording import voices as say


def communities(visit: Visit) -> list[tuple[str, str]]:
    """The communities of their part of the city; whoever sees all of it may choose all of it."""
    found = areas_in(visit.office.session, visit.scope)
    named = [(str(one.id), one.name) for one in found if one.level == Level.COMMUNITY.value]
    return [*named, ("", say.EVERYWHERE)] if visit.scope.everything else named


def first(visit: Visit) -> str:
    """The community that stands in a new form: the first of theirs."""
    return next((value for value, _ in communities(visit)), "")


def community(visit: Visit, area_id: UUID | None) -> UUID | None:
    """The one that was chosen. Raises NotThere where it is not theirs."""
    if str(area_id or "") not in dict(communities(visit)):
        raise NotThere
    return area_id


def moment(visit: Visit, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, visit.office.zone)


def new_times(visit: Visit, days: int) -> dict[str, object]:
    """What stands in a new form: from now on, for so many days."""
    now = visit.office.now.astimezone(visit.office.zone).replace(second=0, microsecond=0)
    last = now.date() + timedelta(days=days)
    return {"from_day": now.date(), "from_time": now.time(), "until_day": last, "until_time": time(21)}


def times_of(visit: Visit, opens_at: datetime, closes_at: datetime) -> dict[str, object]:
    """What stands in the form of one that has its times."""
    opens, closes = (at.astimezone(visit.office.zone) for at in (opens_at, closes_at))
    return {
        "from_day": opens.date(),
        "from_time": opens.time(),
        "until_day": closes.date(),
        "until_time": closes.time(),
    }


def new_page(filled: Filled, *, title: str, at_list: str, called: str, error: str = "", status: int = 200) -> View:
    """The page on which one is drawn up."""
    facts = {"filled": filled, "error": error, "words": {"TITLE": called}, "at_list": at_list, "title": title}
    return View("activity_new.html", facts, status)


def progress(state: str, opens: datetime, closes: datetime, now: datetime) -> str:
    """Draft, not yet, open, over: by its key in `wording.voices.PROGRESS`."""
    if state == "draft":
        return "draft"
    return "later" if opens > now else "open" if closes > now else "over"
