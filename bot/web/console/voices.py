"""What the forms of polls and contests share: the communities one may choose, and moments typed as day and time."""

from datetime import date, datetime, time
from uuid import UUID

from bot.store.figures import areas_in
from bot.store.place import Level
from bot.web.console.page import NotThere, Visit
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


def progress(state: str, opens: datetime, closes: datetime, now: datetime) -> str:
    """Draft, not yet, open, over: by its key in `wording.voices.PROGRESS`."""
    if state == "draft":
        return "draft"
    return "later" if opens > now else "open" if closes > now else "over"
