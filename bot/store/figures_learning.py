"""Where the learning station's figures come from: lessons and who came, members, volunteers."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, true
from sqlalchemy.orm import Mapped
from sqlmodel import col

from bot.store.activity.tables import Activity, ActivityEnrolment, Kind, Standing
from bot.store.course.tables import Course, LecturerKind, Lesson
from bot.store.figures import Part, held_in, rows_of
from bot.store.member.tables import Branch, PartyMember
from bot.store.study.tables import StudyEntry
from bot.store.volunteer.tables import VolunteerHours


def lessons(part: Part) -> Select[Any]:
    """Lessons that were held, by format."""
    return _lessons(part, Course.lecturer)


def taught(part: Part) -> Select[Any]:
    """The same of those whose lecturer stands there."""
    return _lessons(part, Course.lecturer).where(col(Course.lecturer) != "")


def by_residents(part: Part) -> Select[Any]:
    """Lessons that neighbours gave."""
    return _lessons(part, Course.lecturer).where(col(Course.lecturer_kind) == LecturerKind.NEIGHBOUR.value)


def attendances(part: Part) -> Select[Any]:
    """Who came to lessons."""
    one = ActivityEnrolment
    came = rows_of(one.came_at, Activity.code, Course.format, one.resident_id, many=one.persons)
    came = came.join(one, col(one.activity_id) == col(Activity.id)).join(Lesson, col(Lesson.id) == col(Activity.id))
    came = came.join(Course, col(Course.id) == col(Lesson.course_id))
    counts = col(one.state) == Standing.CAME.value, col(one.came_at).is_not(None)
    return came.where(*counts, held_in(part, Kind.LESSON))


def members(part: Part) -> Select[Any]:
    """What members of the Party have studied, of whatever branch of that part."""
    found = rows_of(StudyEntry.held_at, StudyEntry.member_id, StudyEntry.source, StudyEntry.member_id)
    found = found.join(PartyMember, col(PartyMember.id) == col(StudyEntry.member_id))
    return found.join(Branch, col(Branch.id) == col(PartyMember.branch_id)).where(_in_areas(part, col(Branch.area_id)))


def shifts(part: Part) -> Select[Any]:
    """Shifts that volunteers have kept."""
    kept = rows_of(Activity.starts_at, Activity.code, Activity.title, Activity.id)
    return kept.where(held_in(part, Kind.SHIFT))


def volunteers(part: Part) -> Select[Any]:
    """Who was there for a shift, as long as we know them."""
    line = VolunteerHours
    found = rows_of(line.starts_at, line.resident_id, line.rule, line.resident_id)
    here = or_(col(line.station_id).in_(part.stations), col(line.area_id).in_(part.areas))
    return found.where(col(line.resident_id).is_not(None), true() if part.everything else here)


def _lessons(part: Part, who: object) -> Select[Any]:
    held = rows_of(Activity.starts_at, Activity.code, Course.format, who)
    held = held.join(Lesson, col(Lesson.id) == col(Activity.id)).join(Course, col(Course.id) == col(Lesson.course_id))
    return held.where(held_in(part, Kind.LESSON))


def _in_areas(part: Part, area: ColumnElement[UUID | None] | Mapped[UUID | None]) -> ColumnElement[bool]:
    if part.everything:
        return true()
    inside = area.in_(part.areas)
    return or_(inside, area.is_(None)) if part.unplaced else inside
