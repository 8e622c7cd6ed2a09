"""The call list: what becomes of news that had to arrive and did not, and of those who are rung up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.errors import OperatorError, Refusal
from bot.rules.news import POLICIES
from bot.rules.office import Office
from bot.rules.outdated import is_outdated
from bot.store import call as calls
from bot.store import outbox
from bot.store.call import Call, CallState
from bot.store.outbox import Outbox

AT_MOST = 200  # put on the list in one go
NOT_OLDER = timedelta(days=14)  # nobody is rung up for what is long over
TOLD_BY_PHONE = "told by telephone"


class CallOver(Refusal):
    """Somebody else has called, or the news has arrived by itself."""


class NoReasonToDrop(Refusal):
    """Whoever takes a call off the list says why."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the list: whom to tell what. `facts` are for `wording.notice.say`; moments are local."""

    id: UUID
    resident_id: UUID
    kind: str
    facts: Mapping[str, object]
    since: datetime
    tries: int


def fill(office: Office) -> int:
    """Put what has not arrived in its time on the list, and take off what has; returns how many were put on."""
    calls.arrived(office.session, office.now)
    put = 0
    for kind, policy in POLICIES.items():
        if policy.call_after is None:
            continue
        late = calls.not_arrived(
            office.session,
            kind,
            after=office.now - NOT_OLDER,
            before=office.now - policy.call_after,
            limit=AT_MOST,
        )
        put += sum(_put(office, row) for row in late)
    return put


def _put(office: Office, row: Outbox) -> bool:
    """On the list, or, where it is too late or nobody can read it, off it at once so that it is not looked at again."""
    try:
        outdated = is_outdated(office.session, row.resident_id, row.kind, _facts(office, row), office.now)
    except (KeyError, ValueError, OperatorError):  # of another version, or sealed with another key
        outdated = True
    state = CallState.DROPPED if outdated else CallState.OPEN
    return calls.add(office.session, row, state, office.now) and not outdated


def _facts(office: Office, row: Outbox) -> Mapping[str, object]:
    return office.seal.open_json(row.facts)


def waiting(office: Office) -> list[Waiting]:
    """The list, as it is worked off: fewest tries first, then the longest waiting."""
    return [
        Waiting(
            id=call.id,
            resident_id=call.resident_id,
            kind=call.kind,
            facts=facts,
            since=call.since.astimezone(office.zone),
            tries=call.tries,
        )
        for call, notice in calls.open_ones(office.session)
        if not is_outdated(office.session, call.resident_id, call.kind, facts := _facts(office, notice), office.now)
    ]


def called(office: Office, call_id: UUID, *, by: str, note: str = "") -> None:
    """They were told by telephone, so nothing tells them again. Raises CallOver."""
    call = _open(office, call_id)
    _end(office, call, CallState.CALLED, by=by, note=note)
    outbox.mark(
        office.session,
        call.notice_id,
        outbox.State.SENT,
        now=office.now,
        reason=TOLD_BY_PHONE,
        also={"via": outbox.Via.CALL},
    )


def not_reached(office: Office, call_id: UUID, *, by: str) -> int:
    """Nobody took the call; it stays on the list, further down. Returns how often that was. Raises CallOver."""
    call = _open(office, call_id)
    call.tries, call.by, call.changed_at = call.tries + 1, by, office.now
    office.session.add(call)
    office.session.flush()
    return call.tries


def dropped(office: Office, call_id: UUID, *, by: str, reason: str) -> None:
    """It need not be told by telephone; it still waits for the next contact. Raises NoReasonToDrop, CallOver."""
    if not reason.strip():
        raise NoReasonToDrop
    _end(office, _open(office, call_id), CallState.DROPPED, by=by, note=reason)


def _open(office: Office, call_id: UUID) -> Call:
    call = calls.locked(office.session, call_id)
    if call is None or call.state != CallState.OPEN:
        raise CallOver
    return call


def _end(office: Office, call: Call, state: CallState, *, by: str, note: str) -> None:
    call.state, call.by, call.changed_at = state.value, by, office.now
    call.note = office.seal.close(note) if note else None
    office.session.add(call)
    office.session.flush()
