"""What passes between the rules of forwarding and the senders: what is to be sent, what came of it, what was said."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.nlu.kinds import Trouble
from bot.store.forwarding import Form, Way
from bot.store.ticket import State, Urgency, What


class Stage(StrEnum):
    """Where a complaint stands, as two offices tell each other. Source of the choice: the hotline 12345's words."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    WORKING = "working"
    SCHEDULED = "scheduled"
    DONE = "done"
    ELSEWHERE = "elsewhere"
    NOT_OURS = "not_ours"
    DUPLICATE = "duplicate"
    NEEDS_MORE = "needs_more"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


FINAL = frozenset({Stage.DONE, Stage.NOT_OURS, Stage.DUPLICATE, Stage.WITHDRAWN})
STAGES = {
    State.RECEIVED: Stage.RECEIVED,
    State.ASSIGNED: Stage.ASSIGNED,
    State.WORKING: Stage.WORKING,
    State.SCHEDULED: Stage.SCHEDULED,
    State.NEEDS_MORE: Stage.NEEDS_MORE,
    State.REOPENED: Stage.REOPENED,
    State.SOLVED: Stage.DONE,
    State.ELSEWHERE: Stage.ELSEWHERE,
    State.NOT_OURS: Stage.NOT_OURS,
    State.DUPLICATE: Stage.DUPLICATE,
    State.CLOSED: Stage.DONE,
}

STAGE_AFTER = {
    What.OPENED: Stage.RECEIVED,
    What.ROUTED: Stage.ASSIGNED,
    What.PASSED_ON: Stage.ASSIGNED,
    What.REFEREED: Stage.ASSIGNED,
    What.TAKEN: Stage.WORKING,
    What.ANSWERED: Stage.WORKING,
    What.SCHEDULED: Stage.SCHEDULED,
    What.ASKED: Stage.NEEDS_MORE,
    What.SOLVED: Stage.DONE,
    What.CLOSED: Stage.DONE,
    What.ELSEWHERE: Stage.ELSEWHERE,
    What.NOT_OURS: Stage.NOT_OURS,
    What.MERGED: Stage.DUPLICATE,
    What.REOPENED: Stage.REOPENED,
    What.WITHDRAWN: Stage.WITHDRAWN,
}


class Act(StrEnum):
    """What is to be done with a forward."""

    REQUEST = "request"  # tell them of the ticket
    UPDATE = "update"
    RESOLVE = "resolve"  # ask what became of the token


@dataclass(frozen=True, slots=True)
class Target:
    """A destination as its sender needs it. The secret is open: it must not be logged."""

    code: str
    title: str
    way: Way
    address: str
    secret: str = field(repr=False)
    jurisdiction: str
    form: Form
    talks: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the earth in WGS84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call, where the resident agreed that it goes along."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Record:
    """A ticket as it leaves: masked unless the destination may read more. Moments are local.

    `reference` is our name for this ticket in this round; `place` names compound and building, `said_place` is what
    the resident said of it, `point` where it is as far as we know.
    """

    reference: str
    number: str
    round: int
    trouble: Trouble
    service: str
    urgency: Urgency
    stage: Stage
    opened_at: datetime
    words: str
    community: str
    place: str
    said_place: str
    point: Point | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """One thing that happened since. `update_id` is the same whenever it is sent."""

    update_id: str
    what: What
    stage: Stage
    at: datetime
    said: str
    has_picture: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to be sent to one destination, claimed by one worker at `claimed_at`.

    `key` names it whenever it is sent. `ask_first`: an earlier attempt may have arrived.
    """

    forward_id: UUID
    target: Target
    act: Act
    step: int
    key: str
    ask_first: bool
    claimed_at: datetime
    record: Record
    update: Update | None = None
    external_id: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """They have it; `found`: they had it already, as an earlier attempt had arrived."""

    external_id: str = ""
    token: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class NotYet:
    """They have it and do not know its number yet."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """The destination cannot be told such a thing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not work; `unsure`: and yet it may have arrived."""

    reason: str
    unsure: bool = False


Outcome = Accepted | NotYet | Skipped | Failed


@dataclass(frozen=True, slots=True)
class News:
    """What a destination says of a ticket: what its state means to us, None for an unknown one, and what is read."""

    update_id: str
    status: str
    stage: Stage | None
    at: datetime
    sentence: str
    said: str = ""  # their own words, which are part of the sentence
