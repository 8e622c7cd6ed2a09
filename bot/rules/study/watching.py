"""A lesson's pictures: what there is to watch in this moment, that it was opened, and that a replay was watched."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from urllib.parse import urlsplit
from uuid import UUID

from bot.rules import member, study_terms
from bot.rules.activity import MembersOnly, areas_here
from bot.rules.office import Office
from bot.rules.study.hours import minutes_between, watched
from bot.rules.study.limits import NothingToConfirm, NotToWatch, SaidBefore, SaidTooLittle, WatchedTooShort
from bot.store import course as courses
from bot.store import study
from bot.store.activity import Activity, State
from bot.store.course import Lesson
from bot.store.study import LessonWatch

LEAST_SIGNS = 6  # different characters in what somebody took from a lesson
OPENS_EARLY = timedelta(minutes=15)  # the link works so long before a lesson begins


SHOWN_BACK, SHOWN_AHEAD, MOST = timedelta(days=90), timedelta(days=14), 60


class Showing(StrEnum):
    """What there is to be watched."""

    NOTHING = "nothing"  # neither live nor, so far, to be watched again
    BEFORE = "before"
    LIVE = "live"
    WAITING = "waiting"  # over; the replay is not there yet
    REPLAY = "replay"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


_ORDER = (Showing.LIVE, Showing.BEFORE, Showing.REPLAY, Showing.WAITING, Showing.EXPIRED)


@dataclass(frozen=True, slots=True)
class Picture:
    """One lesson as it can be watched in this moment. `until`: the last moment of its replay, None for ever."""

    lesson: Lesson
    activity: Activity
    showing: Showing
    until: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.showing in (Showing.LIVE, Showing.REPLAY)


def picture(office: Office, lesson_id: UUID) -> Picture | None:
    """The lesson of that id; None where there is none, or residents do not see it yet."""
    found = courses.lesson(office.session, lesson_id)
    return of(office, *found) if found is not None and found[1].state != State.DRAFT else None


def of(office: Office, lesson: Lesson, its: Activity) -> Picture:
    """How that lesson stands."""
    showing = _showing(lesson, its, office.now)
    return Picture(lesson, its, showing, lesson.replay_until if showing is Showing.REPLAY else None)


def _showing(lesson: Lesson, its: Activity, now: datetime) -> Showing:
    if its.state == State.CANCELLED:
        return Showing.CANCELLED
    if now < its.ends_at:
        if not lesson.live_url:
            return Showing.NOTHING
        return Showing.LIVE if now >= its.starts_at - OPENS_EARLY else Showing.BEFORE
    if not lesson.replay_url or (lesson.replay_since is not None and lesson.replay_since > now):
        return Showing.WAITING
    return Showing.EXPIRED if lesson.replay_until is not None and lesson.replay_until <= now else Showing.REPLAY


def watchable(office: Office, resident_id: UUID) -> list[Picture]:
    """What the resident may watch, soon or again: what is on now, then what is to come, then the latest replays."""
    found = study.watchable(
        office.session,
        office.now,
        since=office.now - SHOWN_BACK,
        until=office.now + SHOWN_AHEAD,
        areas=areas_here(office),
        limit=MOST,
    )
    is_member = any(its.members_only for _, its in found) and member.is_member(office, resident_id)
    pictures = [of(office, lesson, its) for lesson, its in found if is_member or not its.members_only]
    return sorted((one for one in pictures if one.showing in _ORDER), key=lambda one: _ORDER.index(one.showing))


def last_been(office: Office, resident_id: UUID) -> Picture | None:
    """The lesson they were at last, or had a place in."""
    found = study.last_been(office.session, resident_id, office.now)
    return of(office, *found) if found is not None else None


def of_course(office: Office, course_id: UUID) -> Picture | None:
    """The lesson of a course that began last, else its first."""
    held = [one for one in courses.lessons_of(office.session, course_id) if one[1].state != State.DRAFT]
    begun = [one for one in held if one[1].starts_at <= office.now]
    return of(office, *(begun[-1] if begun else held[0])) if held else None


def may(office: Office, its: Activity, resident_id: UUID) -> None:
    """Raises MembersOnly."""
    if its.members_only and not member.is_member(office, resident_id):
        raise MembersOnly(its.title)


def follow(office: Office, one: Picture, resident_id: UUID, *, channel: str) -> str:
    """The address, after it is written down that they opened it. Raises MembersOnly, NotToWatch."""
    may(office, one.activity, resident_id)
    address = one.lesson.replay_url if one.showing is Showing.REPLAY else one.lesson.live_url
    if not one.is_open or not is_safe(address):
        raise NotToWatch(one.activity.title)
    watch = study.opened_watch(office.session, resident_id, one.activity.id, channel=channel, now=office.now)
    watch.opened_at, watch.last_at = watch.opened_at or office.now, office.now
    watch.opens += 1
    if one.showing is Showing.REPLAY:
        watch.replay_at = watch.replay_at or office.now
    return address


def want(office: Office, one: Picture, resident_id: UUID, *, channel: str) -> None:
    """They want to be told when it begins, or when the replay is there. Raises MembersOnly."""
    may(office, one.activity, resident_id)
    watch = study.opened_watch(office.session, resident_id, one.activity.id, channel=channel, now=office.now)
    if one.showing is Showing.WAITING:
        watch.wants_replay = True
    else:
        watch.wants_live = True


def to_confirm(office: Office, resident_id: UUID) -> list[tuple[LessonWatch, Activity]]:
    """The replays that they opened and that do not count yet, the last one first."""
    return study.open_replays(office.session, resident_id)


def ready(office: Office, watch: LessonWatch, its: Activity) -> None:
    """Raises WatchedTooShort, NothingToConfirm."""
    if watch.replay_at is None or watch.confirmed_at is not None:
        raise NothingToConfirm
    least = minutes_between(its.starts_at, its.ends_at) * study_terms.terms(office.session).replay_percent / 100
    gone = (office.now - watch.replay_at).total_seconds() / 60
    if gone < least:
        raise WatchedTooShort(its.title, ceil(least - gone))


def confirm(office: Office, resident_id: UUID, lesson_id: UUID, words: str) -> tuple[Activity, int]:
    """They watched it and say what they took from it; returns how many minutes it counts.

    Raises NothingToConfirm, WatchedTooShort, SaidTooLittle, SaidBefore.
    """
    found = study.watch_of(office.session, resident_id, lesson_id)
    if found is None:
        raise NothingToConfirm
    watch = study.locked_watch(office.session, found.id)
    its = office.session.get_one(Activity, lesson_id)
    ready(office, watch, its)
    _check(office, watch, words)
    watch.confirmed_at, watch.words = office.now, office.seal.close(words)
    return its, watched(office, its, resident_id)


def is_safe(address: str) -> bool:
    """Whether somebody may be sent there: only over https."""
    parts = urlsplit(address)
    return parts.scheme == "https" and bool(parts.hostname)


def _check(office: Office, watch: LessonWatch, words: str) -> None:
    """Raises SaidTooLittle, SaidBefore."""
    least = study_terms.terms(office.session).least_words
    signs = [sign for sign in words if sign.isalnum()]
    if len(signs) < least:
        raise SaidTooLittle(least)
    before = {
        office.seal.open(said) for said in study.has_said(office.session, watch.resident_id or watch.id, watch.id)
    }
    if len(set(signs)) < min(LEAST_SIGNS, least) or words in before:
        raise SaidBefore
