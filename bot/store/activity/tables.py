"""The rows of activities, lessons and shifts: what is on, who enrolled, which places are taken, what happened."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id


class Kind(StrEnum):
    """What one enrols in; a lesson and a shift have more to say in rows of their own."""

    ACTIVITY = "activity"
    LESSON = "lesson"
    SHIFT = "shift"


class State(StrEnum):
    """Where an activity stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    OVER = "over"
    CANCELLED = "cancelled"


class Organiser(StrEnum):
    """What kind of body holds it, for these are counted apart."""

    SOCIAL_ORGANISATION = "social_organisation"
    SOCIAL_ENTERPRISE = "social_enterprise"
    RESIDENT_UNIT = "resident_unit"  # a firm or office that has its seat here
    RESIDENTS = "residents"
    COMMUNITY = "community"


class Standing(StrEnum):
    """Where an enrolment stands."""

    ENROLLED = "enrolled"
    WAITING = "waiting"
    OFFERED = "offered"  # places are held for them until `held_until`
    CAME = "came"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"  # the offer was not taken, or nothing became free


HAS_PLACES = (Standing.ENROLLED, Standing.OFFERED, Standing.CAME)
LIVE = (Standing.ENROLLED, Standing.WAITING, Standing.OFFERED)


class CameBy(StrEnum):
    """How it is known that somebody was there."""

    CODE = "code"
    QR = "qr"
    STAFF = "staff"
    LIST = "list"  # a list that was kept on paper


class What(StrEnum):
    """What can happen to an enrolment."""

    ENROLLED = "enrolled"
    QUEUED = "queued"
    OFFERED = "offered"
    TAKEN = "taken"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    CAME = "came"
    WRONG_CODE = "wrong_code"
    FAR = "far"  # they shared a place that is far away


class Activity(SQLModel, table=True):
    """Anything one can enrol in and come to. `places` 0 is open to everybody; `spot` is where, if not just the station.

    `code` is what workbooks call it. `area_id` is the community whose people run it, None for the whole city.
    `check_in` is the keyed hash of the word of the day, `check_in_shown` the same sealed, for the staff's screen.
    `members_only`: none but members of the Party may have a place.
    """

    __table_args__ = (Index(None, "kind", "state", "starts_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    kind: str = Field(default=Kind.ACTIVITY.value, max_length=16)
    title: str = Field(max_length=40)
    words: str = Field(default="", max_length=600)
    station_id: UUID | None = Field(default=None, foreign_key="station.id", index=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    spot: str = Field(default="", max_length=80)
    starts_at: datetime
    ends_at: datetime
    places: int = 0
    audience: str = Field(default="", max_length=80)
    members_only: bool = False
    organiser_kind: str = Field(default=Organiser.COMMUNITY.value, max_length=24)
    organiser: str = Field(default="", max_length=80)
    state: str = Field(default=State.DRAFT.value, max_length=16)
    check_in: bytes | None = None
    check_in_shown: bytes | None = None
    created_at: datetime
    changed_at: datetime

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def names(self) -> tuple[str, ...]:
        """What residents may call it: the title, and the title without what stands in brackets behind it."""
        short = self.title.partition("（")[0].partition("(")[0].strip()
        return tuple(dict.fromkeys(name for name in (self.title, short) if name))


class ActivityEnrolment(SQLModel, table=True):
    """One resident's place in an activity, or in its waiting list; there is one row for each however often they enrol.

    `number` is what the roster calls them by. The notices are those of the day and of the hour before. `walk_in`: they
    came without having enrolled. `guest` is the sealed name of somebody who came and is no resident we know.
    """

    __table_args__ = (
        UniqueConstraint("activity_id", "resident_id"),
        UniqueConstraint("activity_id", "number"),
        Index(None, "resident_id", "state"),
        Index(None, "state", "held_until"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    activity_id: UUID = Field(foreign_key="activity.id")
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    channel: str = Field(max_length=32)
    number: int
    persons: int
    state: str = Field(max_length=16)
    queued_at: datetime
    held_until: datetime | None = None
    came_at: datetime | None = None
    came_by: str = Field(default="", max_length=8)
    walk_in: bool = False
    guest: bytes | None = None
    code_tries: int = 0
    day_notice: UUID | None = None
    hour_notice: UUID | None = None
    created_at: datetime
    changed_at: datetime

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


class ActivityPlace(SQLModel, table=True):
    """One place of an activity: whoever has the row has the place."""

    activity_id: UUID = Field(foreign_key="activity.id", primary_key=True)
    place: int = Field(primary_key=True)
    enrolment_id: UUID = Field(foreign_key="activityenrolment.id", index=True)


class ActivityEvent(SQLModel, table=True):
    """One line of what happened to an enrolment, never changed."""

    __table_args__ = (UniqueConstraint("enrolment_id", "step"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    enrolment_id: UUID = Field(foreign_key="activityenrolment.id")
    step: int
    at: datetime
    what: str = Field(max_length=16)
    by: str = Field(max_length=80)
