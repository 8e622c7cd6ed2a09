"""The rows of suggestions: what residents wished for, who supports it, and everything that became of it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.album import Album, PictureRow
from bot.store.ids import new_id


class State(StrEnum):
    """Where a suggestion stands."""

    RECEIVED = "received"  # nobody has answered it
    ANSWERED = "answered"
    ADOPTED = "adopted"  # it will be done
    NOT_ADOPTED = "not_adopted"
    DONE = "done"
    PASSED_ON = "passed_on"  # it was a complaint, and is a ticket now
    WITHDRAWN = "withdrawn"


OPEN = (State.RECEIVED, State.ANSWERED, State.ADOPTED)
SHOWN = (*OPEN, State.NOT_ADOPTED, State.DONE)  # may stand on the public list


class What(StrEnum):
    """What can happen to a suggestion."""

    RECEIVED = "received"
    ADDED = "added"  # words or a picture
    PLACED = "placed"
    SORTED = "sorted"  # its kind was said
    ANSWERED = "answered"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    DONE = "done"
    PASSED_ON = "passed_on"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What became of a suggestion that was done."""

    WORDS = "words"  # told in words
    ACTIVITY = "activity"  # by its code
    COURSE = "course"  # by its code
    NOTICE = "notice"  # by its title
    TICKET = "ticket"  # by its number


class Suggestion(SQLModel, table=True):
    """One suggestion. `words` and `place` are sealed; of a person who was forgotten it has neither, nor the person.

    `heard` and `reply` are what everybody reads of it once it is published: written by the staff, nothing personal.
    `outcome` and `outcome_ref` say what became of it. `answered_at` is the first answer of any kind.
    """

    __table_args__ = (Index(None, "state", "created_at"), Index(None, "resident_id", "created_at"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    channel: str = Field(max_length=32)
    kind: str = Field(max_length=16)
    state: str = Field(default=State.RECEIVED.value, max_length=16)
    words: bytes | None = None
    place: bytes | None = None
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    compound_id: UUID | None = Field(default=None, foreign_key="compound.id")
    building_id: UUID | None = Field(default=None, foreign_key="building.id")
    heard: str = Field(default="", max_length=200)
    reply: str = Field(default="", max_length=300)
    outcome: str = Field(default="", max_length=16)
    outcome_ref: str = Field(default="", max_length=120)
    created_at: datetime
    changed_at: datetime
    answered_at: datetime | None = None
    adopted_at: datetime | None = None
    done_at: datetime | None = None
    published_at: datetime | None = Field(default=None, index=True)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class SuggestionEvent(SQLModel, table=True):
    """One line of a suggestion's history, never changed; `facts` is sealed, and empty once the person was forgotten."""

    __table_args__ = (UniqueConstraint("suggestion_id", "step"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    suggestion_id: UUID = Field(foreign_key="suggestion.id")
    step: int
    at: datetime
    what: str = Field(max_length=16)
    by_title: str = Field(default="", max_length=80)  # "" is the resident
    facts: bytes | None = None


class SuggestionSupport(SQLModel, table=True):
    """A resident who wishes for the same: once each, and in which channel they want the news."""

    suggestion_id: UUID = Field(foreign_key="suggestion.id", primary_key=True)
    resident_id: UUID = Field(foreign_key="resident.id", primary_key=True, index=True)
    channel: str = Field(max_length=32)
    since: datetime


class SuggestionPicture(PictureRow, table=True):
    """A picture that belongs to a suggestion."""

    __table_args__ = (Index(None, "state", "due_at"),)

    suggestion_id: UUID = Field(foreign_key="suggestion.id", index=True)


class SuggestionDay(SQLModel, table=True):
    """How many suggestions a local day has seen: where their numbers come from."""

    day: date = Field(primary_key=True)
    last: int


ALBUM = Album("suggestion", SuggestionPicture.__table__, "suggestion_id")  # type: ignore[attr-defined]
