"""The call list as somebody sees it: the residents of their own part of the city, and what is to be told them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.rules import people, resident
from bot.rules.access import Scope
from bot.rules.office import Office
from bot.rules.outdated import is_outdated
from bot.store import directory
from bot.store.call import Call, CallState

MOST = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One call. `facts` are for `wording.notice.say`; `has_phone`: there is a number, which is shown when asked for."""

    id: UUID
    resident_id: UUID
    code: str
    kind: str
    facts: Mapping[str, object]
    state: CallState
    since: datetime
    changed_at: datetime
    tries: int
    by: str
    note: str
    has_phone: bool


def entries(office: Office, scope: Scope, state: CallState) -> list[Entry]:
    """Those to be made: fewest tries first, then the longest waiting; those that ended: the latest first."""
    found = []
    for call, notice in directory.calls(office.session, scope, state=state.value, limit=MOST):
        facts = office.seal.open_json(notice.facts)
        late = state is CallState.OPEN and is_outdated(office.session, call.resident_id, call.kind, facts, office.now)
        if not late:
            found.append(_entry(office, call, facts))
    return found


def within(office: Office, scope: Scope, call_id: UUID) -> UUID | None:
    """Whom to call, where they may see the call."""
    call = directory.call_within(office.session, scope, call_id)
    return call.resident_id if call is not None else None


def _entry(office: Office, call: Call, facts: Mapping[str, object]) -> Entry:
    return Entry(
        id=call.id,
        resident_id=call.resident_id,
        code=people.code(call.resident_id),
        kind=call.kind,
        facts=facts,
        state=CallState(call.state),
        since=call.since,
        changed_at=call.changed_at,
        tries=call.tries,
        by=call.by,
        note=office.seal.open(call.note) if call.note else "",
        has_phone=bool(resident.phone(office, call.resident_id)),
    )
