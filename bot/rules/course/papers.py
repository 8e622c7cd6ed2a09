"""What belongs to a lesson or a course besides: where it can be watched, and what may be read for it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from bot.rules.course.changing import found
from bot.rules.course.drawing import locked
from bot.rules.course.limits import MaterialThere, UnsafeAddress
from bot.rules.office import Office
from bot.store import course as courses
from bot.store.course import Lesson, Material


@dataclass(frozen=True, slots=True)
class Links:
    """Where a lesson can be watched while it is held, and afterwards; `replay_until` None is for ever."""

    live_url: str = ""
    replay_url: str = ""
    replay_until: datetime | None = None


def link(office: Office, lesson_id: UUID, links: Links) -> Lesson:
    """From now on these; of a new replay those who enrolled will hear. Raises NoSuchCourse, UnsafeAddress."""
    _check(links.live_url, links.replay_url)
    lesson, _ = found(office, lesson_id)
    if links.replay_url != lesson.replay_url:
        lesson.replay_since = office.now if links.replay_url else None
        lesson.replay_told_at = None
    lesson.live_url, lesson.replay_url, lesson.replay_until = links.live_url, links.replay_url, links.replay_until
    office.session.flush()
    return lesson


def add_material(office: Office, course_id: UUID, *, title: str, url: str, words: str) -> Material:
    """Something to read, found by its title. Raises NoSuchCourse, CourseClosed, UnsafeAddress, MaterialThere."""
    _check(url)
    its = locked(office, course_id)
    if any(one.title == title for one in courses.materials_of(office.session, its.id)):
        raise MaterialThere(title)
    material = Material(course_id=its.id, title=title, url=url, words=words, created_at=office.now)
    courses.add(office.session, material)
    return material


def drop_material(office: Office, course_id: UUID, material_id: UUID) -> None:
    """It is not to be read any more; one that is gone already stays so."""
    for one in courses.materials_of(office.session, course_id):
        if one.id == material_id:
            courses.drop(office.session, one)


def _check(*addresses: str) -> None:
    """Residents are sent nowhere but over https. Raises UnsafeAddress."""
    for address in filter(None, addresses):
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.hostname:
            raise UnsafeAddress
