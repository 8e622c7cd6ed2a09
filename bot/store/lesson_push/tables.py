"""The rows of lesson pushes: what is said, to whom, who agreed to it, and what became of it with each."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id

_JSON = JSON().with_variant(JSONB(), "postgresql")


class PushState(StrEnum):
    """Where a push stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"  # waits for a second person
    APPROVED = "approved"  # waits for its hour
    SENDING = "sending"
    OVER = "over"
    STOPPED = "stopped"


class PlanState(StrEnum):
    """Where a recurring plan stands."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    ENDED = "ended"


class MassState(StrEnum):
    """Where a mass send stands; only `open` is ever taken up again, under the same id."""

    OPEN = "open"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"  # a day without an answer: the platform no longer knows the id, so it is not sent again


class NotTold(StrEnum):
    """Why somebody whom a push is for got no notice."""

    REFUSED = "refused"  # they want no news of courses
    LEFT = "left"  # they do not follow the account, or were forgotten before they were told
    FORGOTTEN = "forgotten"  # they were told, and nobody knows any more who it was


class LessonPushPlan(SQLModel, table=True):
    """A push that is made anew each week with the next lesson in it. `next_at` is when, in UTC.

    `weekday` (Monday is 0) and `clock` are local. `course_id` None: the next lesson of any course. `note`: what became
    of the last time.
    """

    __table_args__ = (Index(None, "state", "next_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    title: str = Field(max_length=40)
    words: str = Field(default="", max_length=600)
    course_id: UUID | None = Field(default=None, foreign_key="course.id", index=True)
    audience: Mapping[str, object] = Field(default_factory=dict, sa_type=_JSON)
    groups: list[str] = Field(default_factory=list, sa_type=_JSON)
    by_mass: bool = False
    weekday: int
    clock: str = Field(max_length=5)
    until: date
    next_at: datetime
    state: str = Field(default=PlanState.PROPOSED.value, max_length=16)
    note: str = Field(default="", max_length=16)
    written_by: UUID = Field(foreign_key="staff.id")
    approved_by: UUID | None = Field(default=None, foreign_key="staff.id")
    created_at: datetime
    changed_at: datetime


class LessonPush(SQLModel, table=True):
    """One push. `version` goes up with each change, so that nobody agrees to what they have not read.

    `due_at` is when it begins; `reached_to` the last resident a notice was made for, in the order of their ids, and
    `all_made` that there is nobody left. `lesson_seen_at`: so the lesson stood when its time was last looked at.
    `opened` counts those who came by a link that all share.
    """

    __table_args__ = (UniqueConstraint("plan_id", "plan_day"), Index(None, "state", "due_at"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    plan_id: UUID | None = Field(default=None, foreign_key="lessonpushplan.id")
    plan_day: date | None = None
    title: str = Field(max_length=40)
    words: str = Field(default="", max_length=600)
    lesson_id: UUID | None = Field(default=None, foreign_key="lesson.id", index=True)
    live_url: str = Field(default="", max_length=500)
    material: str = Field(default="", max_length=80)
    material_url: str = Field(default="", max_length=500)
    link_url: str = Field(default="", max_length=500)
    audience: Mapping[str, object] = Field(default_factory=dict, sa_type=_JSON)
    groups: list[str] = Field(default_factory=list, sa_type=_JSON)
    by_mass: bool = False
    wanted_at: datetime | None = None
    due_at: datetime | None = None
    state: str = Field(default=PushState.DRAFT.value, max_length=16)
    why: str = Field(default="", max_length=16)
    version: int = 1
    written_by: UUID = Field(foreign_key="staff.id")
    approved_by: UUID | None = Field(default=None, foreign_key="staff.id")
    approved_at: datetime | None = None
    reached_to: UUID | None = None
    all_made: bool = False
    lesson_seen_at: datetime | None = None
    opened: int = 0
    created_at: datetime
    changed_at: datetime
    ended_at: datetime | None = None


class LessonPushMass(SQLModel, table=True):
    """One mass send of a push: its id is the platform's guard against a second one. Counts are as it reported."""

    __table_args__ = (Index(None, "state", "due_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    push_id: UUID = Field(foreign_key="lessonpush.id", index=True)
    state: str = Field(default=MassState.OPEN.value, max_length=16)
    people: int
    msg_id: str = Field(default="", max_length=64, index=True)
    reason: str = Field(default="", max_length=200)
    sent: int | None = None
    failed: int | None = None
    made_at: datetime
    due_at: datetime


class LessonPushTo(SQLModel, table=True):
    """One person a push is for: never twice. `notice_id` is their row in the outbox, None for the reason in `why`.

    Resident None: whoever it was is forgotten, and only counted.
    """

    __table_args__ = (UniqueConstraint("push_id", "resident_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    push_id: UUID = Field(foreign_key="lessonpush.id")
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    member_id: UUID | None = Field(default=None, foreign_key="partymember.id", index=True)
    notice_id: UUID | None = Field(default=None, unique=True)
    mass_id: UUID | None = Field(default=None, foreign_key="lessonpushmass.id", index=True)
    why: str = Field(default="", max_length=16)
    made_at: datetime
    opened_at: datetime | None = None
    answered_at: datetime | None = None
