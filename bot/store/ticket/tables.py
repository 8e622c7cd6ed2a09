"""The rows of complaints: what residents complained of, where it stands, and everything that was done about it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id


class State(StrEnum):
    """Where a ticket stands. Source of the choice: what the hotline 12345 and Open311's users tell apart."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    WORKING = "working"
    SCHEDULED = "scheduled"
    NEEDS_MORE = "needs_more"  # the resident was asked something; the clocks stand still
    REOPENED = "reopened"
    SOLVED = "solved"  # done as the staff see it; the resident may say otherwise
    ELSEWHERE = "elsewhere"  # passed to another authority
    NOT_OURS = "not_ours"
    DUPLICATE = "duplicate"  # goes with another ticket
    CLOSED = "closed"


class Urgency(StrEnum):
    """How soon somebody must look."""

    NORMAL = "normal"
    URGENT = "urgent"
    DANGER = "danger"


class Who(StrEnum):
    """Who did something."""

    RESIDENT = "resident"
    STAFF = "staff"
    SYSTEM = "system"


class What(StrEnum):
    """What can happen to a ticket."""

    OPENED = "opened"
    ROUTED = "routed"  # by the rules, to whoever is responsible
    TAKEN = "taken"
    SCHEDULED = "scheduled"
    ASKED = "asked"
    ANSWERED = "answered"
    ADDED = "added"  # words, a picture or a place from the resident
    PLACED = "placed"  # the resident said where
    FOLLOWED = "followed"  # another resident: me too
    MERGED = "merged"  # the resident's own goes with another one
    HANDED_BACK = "handed_back"
    REFEREED = "refereed"
    PASSED_ON = "passed_on"  # to somebody else of ours
    NOTED = "noted"  # among the staff; it never leaves the house
    SOLVED = "solved"
    ELSEWHERE = "elsewhere"
    NOT_OURS = "not_ours"
    RATED = "rated"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


OPEN = (
    State.RECEIVED,
    State.ASSIGNED,
    State.WORKING,
    State.SCHEDULED,
    State.NEEDS_MORE,
    State.REOPENED,
)


REPORTED = "wecom_report"  # the channel of what residents reported in their groups; who did is not always known


class Ticket(SQLModel, table=True):
    """One complaint. `words` and `place` are sealed; of a person who was forgotten it has neither, nor the person.

    `place` holds what was said of the place and a shared spot. `holder` is the title of the post or counter that
    has the ticket, `holder_id` the contact's where it is one; an empty holder is the triage.
    """

    __table_args__ = (
        Index(None, "state", "compound_id", "kind"),
        Index(None, "resident_id", "created_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    channel: str = Field(max_length=32)
    kind: str = Field(max_length=24)
    urgency: str = Field(max_length=8)
    state: str = Field(default=State.RECEIVED.value, max_length=16)
    words: bytes | None = None
    place: bytes | None = None
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    compound_id: UUID | None = Field(default=None, foreign_key="compound.id")
    building_id: UUID | None = Field(default=None, foreign_key="building.id")
    unit: str = Field(default="", max_length=8)
    holder_id: UUID | None = Field(default=None, foreign_key="contact.id", index=True)
    holder_role: str = Field(default="", max_length=16)
    holder: str = Field(default="", max_length=80)
    duplicate_of: UUID | None = Field(
        default=None, index=True, sa_column_args=[ForeignKey("ticket.id", deferrable=True, initially="DEFERRED")]
    )
    rating: int | None = None
    created_at: datetime
    changed_at: datetime
    due_at: datetime | None = Field(default=None, index=True)  # by `rules.clock`; None: nothing due

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class TicketEvent(SQLModel, table=True):
    """One line of a ticket's history, never changed; `facts` is sealed, and empty once the person was forgotten.

    `step` counts from 1 within the ticket: two things done at one moment keep their order, and of two at once only
    one gets its step.
    """

    __table_args__ = (UniqueConstraint("ticket_id", "step"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    ticket_id: UUID = Field(foreign_key="ticket.id")
    step: int
    at: datetime
    what: str = Field(max_length=16)
    by: str = Field(max_length=8)
    by_title: str = Field(default="", max_length=80)
    facts: bytes | None = None


class TicketFollower(SQLModel, table=True):
    """A resident who said "me too", and in which channel they want the news."""

    ticket_id: UUID = Field(foreign_key="ticket.id", primary_key=True)
    resident_id: UUID = Field(foreign_key="resident.id", primary_key=True, index=True)
    channel: str = Field(max_length=32)
    since: datetime


class Picture(StrEnum):
    """Whether we have a picture itself. The platform drops it after three days."""

    WAITING = "waiting"
    KEPT = "kept"
    FAILED = "failed"  # for good, with the reason; the resident was asked for another one


class TicketPicture(SQLModel, table=True):
    """A picture as the platform named it, and then the picture itself.

    `media` and `image` are sealed: id and address as they came; a JPEG without anything that its camera noted.
    `digest` is a keyed hash of it. `due_at` is when it is fetched next, None once that came to an end.
    """

    __table_args__ = (Index(None, "state", "due_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    ticket_id: UUID = Field(foreign_key="ticket.id", index=True)
    at: datetime
    media: bytes
    state: str = Field(default=Picture.WAITING.value, max_length=8)
    tries: int = 0
    due_at: datetime | None = None
    reason: str = Field(default="", max_length=120)
    image: bytes | None = None
    digest: str | None = Field(default=None, max_length=64)
    width: int | None = None
    height: int | None = None


class TicketDay(SQLModel, table=True):
    """How many tickets a local day has seen: where their numbers come from."""

    day: date = Field(primary_key=True)
    last: int
