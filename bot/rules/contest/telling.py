"""What those who sent something in are told."""

from collections.abc import Mapping
from uuid import UUID

from bot.rules import reach
from bot.rules.office import Office
from bot.store import contest as rows
from bot.store import outbox
from bot.store.contest import ContestEntry, EntryState


def becomes(office: Office, row: ContestEntry, state: EntryState) -> None:
    row.state, row.changed_at = state.value, office.now
    office.session.flush()


def tell(office: Office, row: ContestEntry, kind: str, facts: Mapping[str, object]) -> None:
    its = rows.contest(office.session, row.contest_id)
    if row.resident_id is not None and its is not None:
        told = {"title": its.title, "number": row.number, **facts}
        put_notice(office, row.resident_id, row.channel, kind, told)


def put_notice(office: Office, resident_id: UUID, channel: str, kind: str, facts: Mapping[str, object]) -> None:
    outbox.put(
        office.session,
        resident_id=resident_id,
        channel=reach.channel_for(office, resident_id, channel),
        kind=kind,
        facts=office.seal.close_json(facts),
        now=office.now,
        due_at=office.now,
    )
