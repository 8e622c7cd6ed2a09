"""What volunteers and the station's staff are told without having asked."""

from collections.abc import Mapping
from uuid import UUID

from bot.rules import post
from bot.rules.activity.reading import where
from bot.rules.office import Office
from bot.store import outbox, staff
from bot.store.activity import Activity


def tell(office: Office, resident_id: UUID | None, channel: str, kind: str, facts: Mapping[str, object]) -> UUID | None:
    """A notice to one person; None of nobody."""
    if resident_id is None:
        return None
    return outbox.put(
        office.session,
        resident_id=resident_id,
        channel=channel,
        kind=kind,
        facts=office.seal.close_json(dict(facts)),
        now=office.now,
        due_at=office.now,
    )


def tell_station(office: Office, its: Activity, kind: str, facts: Mapping[str, object]) -> int:
    """Whoever works at the shift's station, else whoever leads there; returns how many accounts hear of it in WeCom."""
    here = staff.at_station(office.session, its.station_id) if its.station_id else []
    people = [person for one in here if (person := post.person_of(office, one)) is not None]
    if not people:
        leading = staff.leading(office.session, its.area_id)
        people = [person for one in leading if (person := post.person_of(office, one)) is not None]
    for person in people:
        tell(office, person, post.WECOM, kind, {**facts_of(office, its), **facts})
    return len(people)


def facts_of(office: Office, its: Activity) -> dict[str, object]:
    """What every notice of a shift says."""
    return {
        "title": its.title,
        "start": its.starts_at.astimezone(office.zone).isoformat(),
        "end": its.ends_at.astimezone(office.zone).isoformat(),
        "where": where(office, its),
    }
