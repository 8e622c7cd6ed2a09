"""The rows of forwarding: who else is to hear of complaints, and how far each complaint has come with each of them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id

_JSON = JSON().with_variant(JSONB(), "postgresql")


class Way(StrEnum):
    """How a destination is reached."""

    OPEN311 = "open311"
    WEBHOOK = "webhook"
    EMAIL = "email"
    CSV = "csv"


class Form(StrEnum):
    """In which of its two forms an Open311 server is spoken to."""

    JSON = "json"
    XML = "xml"


class State(StrEnum):
    """How far a ticket has come with one destination. Nothing is accepted without a receipt, and nothing dropped."""

    PENDING = "pending"
    SENDING = "sending"
    ACCEPTED = "accepted"  # they have it: an id, a token, or at least their yes
    ACKNOWLEDGED = "acknowledged"  # they said something about it
    CLOSED = "closed"
    FAILED = "failed"  # to be tried again at `next_try`
    PARKED = "parked"  # somebody decided that it is not to be sent


class Destination(SQLModel, table=True):
    """A back office that is told of tickets. `secret` is sealed: the API key, signing key or mailbox password.

    `area_id` is the part of the city it hears of, all of it where None; `kinds` the kinds of trouble, all where empty.
    `services` gives a kind of trouble the code it has there. Nothing about the person leaves unless a `…_leaves` says
    so: a contact only with the resident's own yes as well, the words unmasked only with `words_leave`.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    title: str = Field(max_length=80)
    way: str = Field(max_length=16)
    address: str = Field(max_length=400)
    secret: bytes | None = None
    jurisdiction: str = Field(default="", max_length=64)
    form: str = Field(default=Form.JSON.value, max_length=8)
    talks: bool = False  # takes and gives updates (servicerequestupdates)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    kinds: list[str] = Field(default_factory=list, sa_type=_JSON)
    services: dict[str, str] = Field(default_factory=dict, sa_type=_JSON)
    contact_leaves: bool = False
    words_leave: bool = False
    active: bool = True
    created_at: datetime
    polled_to: datetime | None = None  # up to here its updates were fetched
    poll_at: datetime | None = Field(default=None, index=True)


class Forward(SQLModel, table=True):
    """One ticket on its way to one destination. What is to be sent are its steps, one after the other.

    `next_try` says when there is something to do, None when there is not. `reached` is the furthest state of this
    round. `unsure`: the last attempt may have arrived, so that they are asked before anything is sent again.
    """

    __table_args__ = (UniqueConstraint("ticket_id", "destination_id"), Index(None, "state", "next_try"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    ticket_id: UUID = Field(foreign_key="ticket.id")
    destination_id: UUID = Field(foreign_key="destination.id", index=True)
    state: str = Field(default=State.PENDING.value, max_length=16)
    reached: str = Field(default="", max_length=16)
    round: int = 1
    external_id: str = Field(default="", max_length=120, index=True)
    token: str = Field(default="", max_length=120)
    unsure: bool = False
    tries: int = 0
    reason: str = Field(default="", max_length=200)
    failing_since: datetime | None = None
    told: int = 0  # 0 nobody, 1 the station's staff, 2 the manager as well
    next_try: datetime | None = None
    heard: str = Field(default="", max_length=16)  # the newest stage they told us,
    heard_at: datetime | None = None  # and their own moment of it
    parked_by: str = Field(default="", max_length=80)
    parked_why: str = Field(default="", max_length=200)
    created_at: datetime
    changed_at: datetime


class ForwardStep(SQLModel, table=True):
    """One thing of a ticket's history that a destination is to hear: the ticket itself, a new round, an update.

    `step` is that of the history, where the words stand; so a person who is forgotten is forgotten here too.
    """

    forward_id: UUID = Field(foreign_key="forward.id", primary_key=True)
    step: int = Field(primary_key=True)
    round: int
    what: str = Field(max_length=16)
    at: datetime
    sent_at: datetime | None = None


class ForwardTry(SQLModel, table=True):
    """One attempt and what came of it, never changed."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    forward_id: UUID = Field(foreign_key="forward.id", index=True)
    at: datetime
    step: int
    outcome: str = Field(max_length=16)
    reason: str = Field(default="", max_length=200)


class ForwardNews(SQLModel, table=True):
    """One update that a destination gave us, by its own id: heard once, however often it comes."""

    __table_args__ = (UniqueConstraint("destination_id", "update_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    destination_id: UUID = Field(foreign_key="destination.id")
    forward_id: UUID = Field(foreign_key="forward.id", index=True)
    update_id: str = Field(max_length=160)
    status: str = Field(max_length=64)
    at: datetime
    applied: bool
    received_at: datetime


class ForwardConsent(SQLModel, table=True):
    """A resident's yes that name and phone go along with one ticket; both are sealed."""

    ticket_id: UUID = Field(foreign_key="ticket.id", primary_key=True)
    contact: bytes
    agreed_at: datetime


class ApiKey(SQLModel, table=True):
    """Who may speak to our interfaces: a keyed hash of the key, never the key.

    `area_id` is the part of the city it sees, all where None. A key of a destination (`destination_id`) reports on
    what we forwarded to it.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    digest: str = Field(max_length=64, unique=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    destination_id: UUID | None = Field(default=None, foreign_key="destination.id", index=True)
    may_post: bool = False
    active: bool = True
    created_at: datetime


class ApiRequest(SQLModel, table=True):
    """A request another system posted, by its own reference: the same reference is the same ticket."""

    __table_args__ = (UniqueConstraint("api_key_id", "reference"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    api_key_id: UUID = Field(foreign_key="apikey.id")
    reference: str = Field(max_length=120)
    ticket_id: UUID = Field(foreign_key="ticket.id", index=True)
    at: datetime


class ApiUpdate(SQLModel, table=True):
    """An update another system gave of a request of its own, by its id: the same id is the same update."""

    __table_args__ = (UniqueConstraint("api_key_id", "update_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    api_key_id: UUID = Field(foreign_key="apikey.id")
    update_id: str = Field(max_length=160)
    ticket_id: UUID = Field(foreign_key="ticket.id", index=True)
    at: datetime
