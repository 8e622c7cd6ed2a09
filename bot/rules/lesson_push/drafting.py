"""A push is written, read by a second person, and agreed to: the same hand never does both."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from bot.rules import course
from bot.rules.lesson_push.limits import (
    BadLink,
    NothingFailed,
    PushDecided,
    PushLessonGone,
    PushNotDraft,
    PushNotThere,
    PushOver,
    PushToNobody,
    PushTooLate,
    SameHand,
)
from bot.rules.lesson_push.telling import is_held
from bot.rules.lesson_push.values import Draft, Segment, Who
from bot.rules.office import Office
from bot.store import lesson_push as rows
from bot.store.lesson_push import LessonPush, PushState

WRITTEN = (PushState.DRAFT, PushState.PROPOSED)


def draw_up(office: Office, draft: Draft, *, by: UUID) -> LessonPush:
    """Write one that nobody hears of yet. Raises BadLink, PushLessonGone."""
    push = LessonPush(title=draft.title, written_by=by, created_at=office.now, changed_at=office.now)
    _write(office, push, draft)
    office.session.add(push)
    office.session.flush()
    return push


def change(office: Office, push_id: UUID, draft: Draft, *, by: UUID) -> LessonPush:
    """Write it anew; who had it to read reads it again. Raises PushNotDraft, BadLink, PushLessonGone."""
    push = _locked(office, push_id)
    if push.state not in WRITTEN:
        raise PushNotDraft
    _write(office, push, draft)
    push.state, push.version, push.written_by = PushState.DRAFT.value, push.version + 1, by
    office.session.flush()
    return push


def propose(office: Office, push_id: UUID) -> LessonPush:
    """Give it to a second person to read. Raises PushNotDraft, PushToNobody, PushTooLate, PushLessonGone."""
    push = _locked(office, push_id)
    if push.state != PushState.DRAFT:
        raise PushNotDraft
    if Segment.of(push.audience).who is Who.NOBODY and not push.groups:
        raise PushToNobody
    if push.wanted_at is not None and push.wanted_at <= office.now:
        raise PushTooLate  # a slip of the pen would send it at once
    _check_times(office, push)
    push.state, push.changed_at = PushState.PROPOSED.value, office.now
    office.session.flush()
    return push


def approve(office: Office, push_id: UUID, *, version: int, by: UUID) -> LessonPush:
    """Agree to exactly that version: it goes at its hour. Raises SameHand, PushDecided, PushTooLate, PushLessonGone."""
    push = office.session.get(LessonPush, push_id)
    if push is None:
        raise PushNotThere
    if push.written_by == by:
        raise SameHand
    _check_times(office, push)
    due = max(push.wanted_at or office.now, office.now)
    _decide(office, push_id, version, PushState.APPROVED, by, due)
    return _locked(office, push_id)


def send_back(office: Office, push_id: UUID, *, version: int, by: UUID) -> LessonPush:
    """It is to be written anew. Raises PushDecided; whoever wrote it may take it back themselves."""
    _decide(office, push_id, version, PushState.DRAFT, None, None)
    return _locked(office, push_id)


def stop(office: Office, push_id: UUID) -> LessonPush:
    """Whoever has not heard of it yet does not any more. Raises PushOver."""
    push = _locked(office, push_id)
    if push.state == PushState.STOPPED:
        raise PushOver
    end(office, push, "staff")
    return push


def end(office: Office, push: LessonPush, why: str) -> None:
    """It is not said any more, for that reason."""
    rows.withdraw(office.session, push.id, office.now)
    push.state, push.why, push.all_made = PushState.STOPPED.value, why, True
    push.ended_at = push.changed_at = office.now
    office.session.flush()


def try_again(office: Office, push_id: UUID) -> int:
    """Send again what failed; what may have arrived is not. Raises PushOver, NothingFailed."""
    push = _locked(office, push_id)
    if push.state not in (PushState.SENDING, PushState.OVER):
        raise PushOver
    again = rows.say_again(office.session, push_id, office.now)
    if not again:
        raise NothingFailed
    push.state, push.ended_at, push.changed_at = PushState.SENDING.value, None, office.now
    office.session.flush()
    return again


def _decide(
    office: Office, push_id: UUID, version: int, state: PushState, by: UUID | None, due_at: datetime | None
) -> None:
    decided = rows.decide(office.session, push_id, version=version, state=state, by=by, due_at=due_at, now=office.now)
    if not decided:
        raise PushDecided


def _locked(office: Office, push_id: UUID) -> LessonPush:
    push = rows.locked(office.session, push_id)
    if push is None:
        raise PushNotThere
    return push


def _write(office: Office, push: LessonPush, draft: Draft) -> None:
    for url in (draft.live_url, draft.material_url, draft.link_url):
        check_link(url)
    if draft.lesson_id is not None and course.lecture(office, draft.lesson_id) is None:
        raise PushLessonGone
    push.title, push.words, push.area_id = draft.title, draft.words, draft.area_id
    push.lesson_id, push.live_url, push.link_url = draft.lesson_id, draft.live_url, draft.link_url
    push.material, push.material_url = draft.material, draft.material_url
    push.audience, push.groups = draft.segment.as_json(), [str(one) for one in draft.groups]
    push.by_mass, push.wanted_at, push.changed_at = draft.by_mass, draft.at, office.now


def check_link(url: str) -> None:
    """Raises BadLink for what is no address of a page."""
    if not url:
        return
    try:
        parts = urlsplit(url)
    except ValueError:
        raise BadLink from None
    if parts.scheme not in ("http", "https") or not parts.netloc or not url.isprintable() or " " in url:
        raise BadLink


def _check_times(office: Office, push: LessonPush) -> None:
    if push.lesson_id is None:
        return
    lecture = course.lecture(office, push.lesson_id)
    if lecture is None or not is_held(lecture.activity, office.now):
        raise PushLessonGone
    if push.wanted_at is not None and push.wanted_at >= lecture.activity.ends_at:
        raise PushTooLate
