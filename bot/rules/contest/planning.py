"""What the staff do with a contest: draw it up, publish it, and tell how it ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.rules.contest.refusals import ContestEndsTooSoon, HasEntries, ReasonMissing, ResultsTold, StillRunning
from bot.rules.contest.telling import tell
from bot.rules.office import Office
from bot.store import contest as rows
from bot.store.contest import LIVE, Contest, ContestEntry, ContestState


@dataclass(frozen=True, slots=True)
class Plan:
    """A contest as the staff put it."""

    title: str
    words: str
    area_id: UUID | None
    opens_at: datetime
    closes_at: datetime
    most: int


def draw_up(office: Office, plan: Plan) -> Contest:
    """A draft, which residents do not see. Raises ContestEndsTooSoon."""
    _check(office, plan)
    row = Contest(
        title=plan.title, opens_at=plan.opens_at, closes_at=plan.closes_at, created_at=office.now, changed_at=office.now
    )
    _put(office, row, plan)
    rows.add(office.session, row)
    return row


def change(office: Office, contest_id: UUID, plan: Plan) -> Contest:
    """As it is put now. Raises ContestEndsTooSoon, HasEntries."""
    row = rows.locked(office.session, contest_id)
    _check(office, plan)
    if plan.most < row.most and rows.counts(office.session, [row.id]):
        raise HasEntries
    _put(office, row, plan)
    return row


def publish(office: Office, contest_id: UUID) -> Contest:
    """Residents may send something in from its beginning on. Raises ContestEndsTooSoon."""
    row = rows.locked(office.session, contest_id)
    if row.closes_at <= office.now:
        raise ContestEndsTooSoon
    row.state, row.changed_at = ContestState.PUBLISHED.value, office.now
    return row


def announce(office: Office, contest_id: UUID, words: str) -> int:
    """Everybody who took part hears how it ended, once; returns how many people.

    Raises StillRunning, ResultsTold, ReasonMissing.
    """
    its = rows.locked(office.session, contest_id)
    if its.results_at is not None:
        raise ResultsTold
    if its.closes_at > office.now:
        raise StillRunning
    if not words.strip():
        raise ReasonMissing
    its.results, its.results_at, its.changed_at = words.strip(), office.now, office.now
    theirs: dict[UUID, list[ContestEntry]] = {}
    for row in rows.entries(office.session, its.id, LIVE):
        if row.resident_id is not None:
            theirs.setdefault(row.resident_id, []).append(row)
    for entries in theirs.values():
        prizes = [[entry.number, entry.prize] for entry in entries if entry.prize]
        tell(office, entries[0], "contest_results", {"prizes": prizes, "words": its.results})
    return len(theirs)


def _check(office: Office, plan: Plan) -> None:
    if plan.closes_at <= max(plan.opens_at, office.now):
        raise ContestEndsTooSoon


def _put(office: Office, row: Contest, plan: Plan) -> None:
    row.title, row.words, row.area_id, row.most = plan.title, plan.words, plan.area_id, plan.most
    row.opens_at, row.closes_at, row.changed_at = plan.opens_at, plan.closes_at, office.now
    office.session.add(row)
