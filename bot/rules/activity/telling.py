"""What those who enrolled are told without having asked."""

from collections.abc import Mapping
from uuid import UUID

from bot.rules.activity.reading import where
from bot.rules.office import Office
from bot.rules.reminding import NOBODY_TOLD
from bot.store import outbox
from bot.store.activity import Activity, ActivityEnrolment


def facts_of(office: Office, its: Activity, mine: ActivityEnrolment) -> dict[str, object]:
    """What a notice about an enrolment needs."""
    return {
        "title": its.title,
        "kind": its.kind,
        "start": its.starts_at.astimezone(office.zone).isoformat(),
        "where": where(office, its),
        "persons": mine.persons,
        "number": mine.number,
    }


def tell(
    office: Office, its: Activity, mine: ActivityEnrolment, kind: str, more: Mapping[str, object] | None = None
) -> UUID:
    """A notice to whoever enrolled; of nobody's enrolment none."""
    if mine.resident_id is None:
        return NOBODY_TOLD
    return outbox.put(
        office.session,
        resident_id=mine.resident_id,
        channel=mine.channel,
        kind=kind,
        facts=office.seal.close_json({**facts_of(office, its, mine), **(more or {})}),
        now=office.now,
        due_at=office.now,
    )
