"""What is to be written in a group: put down once by its key, taken up in order and within the limits, and ended."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.errors import OperatorError, Refusal
from bot.rules.group.rooms import GroupCannot, GroupNotThere, room
from bot.rules.group.telling import tell_of_trouble, tell_what_waits
from bot.rules.group.values import (
    AwaitsStaff,
    Content,
    Failed,
    Job,
    Later,
    Outcome,
    Pieces,
    Room,
    Sent,
    Unsure,
    packed,
    unpacked,
)
from bot.rules.office import Office
from bot.store import group
from bot.store.group import GroupChat, GroupPost, PostState

LASTS = timedelta(days=1)  # what was not said by then is not said any more
LOST_AFTER = timedelta(minutes=2)  # longer than any sender waits
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 60, 300, 1800, 7200))
MOST_TRIES = 24
ENDED = (PostState.SENT, PostState.FAILED, PostState.EXPIRED)
UNREADABLE = (ValueError, TypeError, OperatorError)  # of another version, or sealed with another key
Split = Callable[[Room, Content], Pieces]


class PostNotWaiting(Refusal):
    """Nobody has to decide about it any more."""


@dataclass(frozen=True, slots=True)
class Posted:
    """How far a post has come."""

    id: UUID
    group_id: UUID
    state: PostState
    reason: str
    sent_at: datetime | None


def post(
    office: Office,
    group_id: UUID,
    content: Content,
    *,
    key: str,
    due_at: datetime | None = None,
    until: datetime | None = None,
) -> UUID:
    """Have something written in a group, once for each key; returns the post's id. It is said by `until` or not at all.

    Raises GroupNotThere, GroupCannot where nothing can be written there.
    """
    found = group.chat(office.session, group_id)
    if found is None or not found.active:
        raise GroupNotThere
    if not found.can_push or not found.per_minute or not found.per_day:
        raise GroupCannot
    due = due_at or office.now
    row = GroupPost(
        key=key,
        group_id=group_id,
        content=office.seal.close_json(packed(content)),
        due_at=due,
        until=until or max(due, office.now) + LASTS,
        created_at=office.now,
        changed_at=office.now,
    )
    return group.add_post(office.session, row)


def outgoing(office: Office, key: str) -> Posted | None:
    """How far the post of that key has come; None where there is none."""
    found = group.keyed(office.session, key)
    return posted(found) if found else None


def posted(row: GroupPost) -> Posted:
    return Posted(row.id, row.group_id, PostState(row.state), row.reason, row.sent_at)


def content_of(office: Office, row: GroupPost) -> Content:
    """What it says. Raises one of UNREADABLE."""
    return unpacked(office.seal.open_json(row.content))


def claim(office: Office, kinds: Collection[str], split: Split, limit: int) -> list[Job]:
    """Take what is due, within each group's limits: nobody else sends it until it is marked or given up as lost."""
    jobs = []
    for row in group.due(office.session, office.now, kinds, limit):
        chat = group.locked(office.session, row.group_id)
        again = _full_until(office, chat)
        if again is not None:
            row.due_at = again
            continue
        job = _job(office, row, chat, split)
        if job is not None:
            group.tally(office.session, _spent(chat.id), office.now)
            jobs.append(job)
    office.session.flush()
    return jobs


def put_back(office: Office, job: Job) -> None:
    """Nobody has tried it: it is due as before."""
    row = _ours(office, job)
    if row is not None:
        row.state, row.tries = PostState.QUEUED.value, row.tries - 1
        _not_spent(office, row, job)


def settle(office: Office, job: Job, outcome: Outcome) -> None:
    """Write down what came of it, and what comes next."""
    row = _ours(office, job)
    if row is None:
        return  # somebody else has it by now
    match outcome:
        case Sent():
            _part_gone(office, row, job, outcome)
        case Later():
            _not_spent(office, row, job)
            _again(office, row, outcome)
        case AwaitsStaff():
            row.state, row.platform_id = PostState.AWAITING_STAFF.value, outcome.platform_id[:128]
        case Unsure():
            row.state, row.reason = PostState.UNSURE.value, outcome.reason[:200]
        case Failed():
            _not_spent(office, row, job)
            _fail(office, row, outcome)
    row.changed_at = office.now
    if row.state in (PostState.AWAITING_STAFF, PostState.UNSURE):
        tell_what_waits(office, row)


def confirmed(office: Office, post_id: UUID, outcome: Sent | Failed) -> None:
    """The platform says what a person of the staff has made of a post that awaited them."""
    row = group.post(office.session, post_id)
    if row is None or row.state != PostState.AWAITING_STAFF:
        return
    if isinstance(outcome, Sent):
        row.state, row.sent_at, row.reason = PostState.SENT.value, office.now, ""
    else:
        row.state, row.reason = PostState.FAILED.value, outcome.reason[:200]
    row.changed_at = office.now


def send_again(office: Office, row: GroupPost) -> None:
    """Somebody has looked: it did not arrive, or may arrive twice. Raises PostNotWaiting."""
    if row.state not in (PostState.UNSURE, PostState.FAILED):
        raise PostNotWaiting
    row.state, row.reason, row.tries, row.due_at = PostState.QUEUED.value, "", 0, office.now
    row.until, row.changed_at = office.now + LASTS, office.now


def it_arrived(office: Office, row: GroupPost) -> None:
    """Somebody has looked: it is there. Raises PostNotWaiting."""
    if row.state not in (PostState.UNSURE, PostState.AWAITING_STAFF):
        raise PostNotWaiting
    row.state, row.sent_at, row.changed_at = PostState.SENT.value, office.now, office.now


def sweep(office: Office) -> int:
    """What was on its way when its sender died may have arrived; what came too late is dropped. Returns how many."""
    lost = group.sending_since_before(office.session, office.now - LOST_AFTER)
    for row in lost:
        row.state, row.reason, row.changed_at = PostState.UNSURE.value, "the sender stopped half-way", office.now
        tell_what_waits(office, row)
    office.session.flush()
    return len(lost) + group.expire(office.session, office.now)


def _job(office: Office, row: GroupPost, chat: GroupChat, split: Split) -> Job | None:
    """The part whose turn it is; None where nothing is left, or nobody can read it."""
    try:
        where = room(office, chat)
        pieces = split(where, content_of(office, row))
        if not pieces:
            raise ValueError("nothing to say")
    except UNREADABLE as error:
        row.state, row.reason, row.changed_at = PostState.FAILED.value, f"cannot be read: {error}"[:200], office.now
        return None
    if row.gone >= len(pieces):  # a newer version cuts it into fewer: all of it has gone
        row.state, row.sent_at, row.changed_at = PostState.SENT.value, office.now, office.now
        return None
    row.state, row.tries, row.changed_at = PostState.SENDING.value, row.tries + 1, office.now
    return Job(row.id, where, pieces[row.gone], row.gone, len(pieces), row.tries, office.now)


def _not_spent(office: Office, row: GroupPost, job: Job) -> None:
    """Nobody reads it: it counts against no limit."""
    group.untally(office.session, _spent(row.group_id), job.claimed_at)


def _ours(office: Office, job: Job) -> GroupPost | None:
    row = group.post(office.session, job.post_id)
    ours = row is not None and row.state == PostState.SENDING and row.changed_at == job.claimed_at
    return row if ours else None


def _part_gone(office: Office, row: GroupPost, job: Job, outcome: Sent) -> None:
    row.gone, row.tries, row.reason = row.gone + 1, 0, ""
    row.platform_id = outcome.platform_id[:128] or row.platform_id
    if row.gone < job.parts:
        row.state, row.due_at = PostState.QUEUED.value, office.now
    else:
        row.state, row.sent_at = PostState.SENT.value, office.now


def _again(office: Office, row: GroupPost, outcome: Later) -> None:
    if row.tries >= MOST_TRIES:
        row.state, row.reason = PostState.FAILED.value, outcome.reason[:200]
        return
    pause = PAUSES[min(row.tries, len(PAUSES)) - 1]
    row.state, row.reason = PostState.QUEUED.value, outcome.reason[:200]
    row.due_at = office.now + (outcome.after or pause)


def _fail(office: Office, row: GroupPost, outcome: Failed) -> None:
    """Where the group itself is closed to us, what is to be said there waits until somebody has mended it."""
    row.state, row.reason = PostState.FAILED.value, outcome.reason[:200]
    if outcome.closes_group:
        chat = group.locked(office.session, row.group_id)
        if not chat.trouble:
            chat.trouble = outcome.reason[:200]
            tell_of_trouble(office, chat)


def _full_until(office: Office, chat: GroupChat) -> datetime | None:
    """When the group may be written to again; None for now. The group is locked: two workers count in turn."""
    for period, most in ((MINUTE, chat.per_minute), (DAY, chat.per_day)):
        since = office.now - period
        used = group.count(office.session, _spent(chat.id), since)
        if used >= most:
            first = group.oldest(office.session, _spent(chat.id), since, used - most) if most else office.now
            return (first or office.now) + period
    return None


def _spent(group_id: UUID) -> str:
    return f"post:{group_id}"
