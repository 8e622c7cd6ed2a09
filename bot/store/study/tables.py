"""The rows of study: which lessons were watched, the hours that somebody was given, the certificates of them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id


class Source(StrEnum):
    """Why somebody has hours."""

    ATTENDANCE = "attendance"
    REPLAY = "replay"
    MANUAL = "manual"


class Rule(StrEnum):
    """By which rule the minutes came to be so many."""

    WHOLE = "whole"  # there from the beginning: the whole lesson
    LATE = "late"  # from when they came
    REPLAY = "replay"  # the whole lesson, watched and confirmed
    STAFF = "staff"  # what the staff found right, for a reason


class LessonWatch(SQLModel, table=True):
    """What somebody wanted of a lesson's pictures and did with them; resident None is nobody any more.

    `wants_live`, `wants_replay`: they asked to be told. `opened_at`, `last_at`: when they followed the link, first and
    last, `opens` times. `replay_at`: when they first opened the replay. `words` is what they took from it, sealed.
    """

    __table_args__ = (UniqueConstraint("resident_id", "lesson_id"), Index(None, "lesson_id"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    lesson_id: UUID = Field(foreign_key="lesson.id")
    channel: str = Field(max_length=32)
    wants_live: bool = False
    wants_replay: bool = False
    live_notice: UUID | None = None
    opened_at: datetime | None = None
    last_at: datetime | None = None
    opens: int = 0
    replay_at: datetime | None = None
    confirmed_at: datetime | None = None
    words: bytes | None = None
    created_at: datetime


class StudyEntry(SQLModel, table=True):
    """So many minutes of study of one person, with the rule that gave them; once for a lesson and a source.

    The person is a resident, a member of the roster, or both. `held_at`: when it was studied. `title`: of what, where
    it was no lesson of ours. `reason`: the staff's, sealed; `approved_by` their account.
    """

    __table_args__ = (
        UniqueConstraint("resident_id", "lesson_id", "source"),
        UniqueConstraint("member_id", "lesson_id", "source"),
        UniqueConstraint("enrolment_id"),
        Index(None, "year", "resident_id"),
        Index(None, "lesson_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    member_id: UUID | None = Field(default=None, foreign_key="partymember.id")
    lesson_id: UUID | None = Field(default=None, foreign_key="lesson.id")
    enrolment_id: UUID | None = Field(default=None, foreign_key="activityenrolment.id")
    year: int
    held_at: datetime
    minutes: int
    source: str = Field(max_length=16)
    rule: str = Field(max_length=16)
    title: str = Field(default="", max_length=40)
    reason: bytes | None = None
    approved_by: UUID | None = Field(default=None, foreign_key="staff.id")
    created_at: datetime


class StudyCertificate(SQLModel, table=True):
    """A certificate of a year's study. `self_named`: the name is what they wrote themselves, not the roster's."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    member_id: UUID | None = Field(default=None, foreign_key="partymember.id", index=True)
    year: int
    attended: int
    replayed: int
    approved: int
    name: bytes
    self_named: bool = False
    issued_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def minutes(self) -> int:
        """All of them."""
        return self.attended + self.replayed + self.approved
