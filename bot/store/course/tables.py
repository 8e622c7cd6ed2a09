"""The rows of courses: what is taught by whom, and its lessons, each of which is an activity one enrols in."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id


class Format(StrEnum):
    """What kind of lesson it is; the station counts them apart."""

    THEORY = "theory"  # 理论宣讲
    SECRETARY = "secretary"  # 书记讲党课
    MEMBERS_WORDS = "members_words"  # 党员话初心
    RED_CULTURE = "red_culture"  # 红色文化
    OTHER_CULTURE = "other_culture"  # 其他文化活动
    SKILLS = "skills"  # 技能与兴趣


class LecturerKind(StrEnum):
    """Who teaches."""

    TUTOR = "tutor"  # 专业导师
    PIONEER = "pioneer"  # 先锋模范
    NEIGHBOUR = "neighbour"  # 身边榜样


class CourseState(StrEnum):
    """Where a course stands; its lessons have states of their own."""

    DRAFT = "draft"
    PUBLISHED = "published"
    OVER = "over"
    CANCELLED = "cancelled"


class Course(SQLModel, table=True):
    """A course: one lesson or many. `code` is what workbooks call it, `series` what several courses belong to.

    `whole`: one enrols for all lessons that are to come, not for one. `places`, `spot` and `members_only` are what its
    new lessons begin with. `offered_by` is the resident whose offer to teach it came from.
    """

    __table_args__ = (Index(None, "state", "area_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    title: str = Field(max_length=40)
    words: str = Field(default="", max_length=600)
    series: str = Field(default="", max_length=40)
    format: str = Field(max_length=16)
    lecturer_kind: str = Field(max_length=16)
    lecturer: str = Field(default="", max_length=80)
    station_id: UUID | None = Field(default=None, foreign_key="station.id", index=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    spot: str = Field(default="", max_length=80)
    places: int = 0
    members_only: bool = False
    whole: bool = False
    state: str = Field(default=CourseState.DRAFT.value, max_length=16)
    offered_by: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    created_at: datetime
    changed_at: datetime


class Lesson(SQLModel, table=True):
    """One lesson: the activity of the same id, and what only a lesson has.

    `live_url` is where it can be watched while it is held, `replay_url` afterwards, from `replay_since` to
    `replay_until` (None: for ever). `replay_told_at` is set once those who enrolled have heard of it.
    """

    __table_args__ = (UniqueConstraint("course_id", "number"), Index(None, "replay_since"))

    id: UUID = Field(foreign_key="activity.id", primary_key=True)
    course_id: UUID = Field(foreign_key="course.id")
    number: int
    live_url: str = Field(default="", max_length=500)
    replay_url: str = Field(default="", max_length=500)
    replay_since: datetime | None = None
    replay_until: datetime | None = None
    replay_told_at: datetime | None = None


class Material(SQLModel, table=True):
    """Something to read or watch that belongs to a course, or to one of its lessons."""

    __table_args__ = (UniqueConstraint("course_id", "title"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    course_id: UUID = Field(foreign_key="course.id")
    lesson_id: UUID | None = Field(default=None, foreign_key="lesson.id", index=True)
    title: str = Field(max_length=80)
    url: str = Field(default="", max_length=500)
    words: str = Field(default="", max_length=600)
    created_at: datetime
