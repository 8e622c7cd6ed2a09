"""Questions to the residents, and their votes: how somebody voted stands under a name that leads to nobody."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, Index, and_, delete, func, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.scope import Scope, within_areas

_JSON = JSON().with_variant(JSONB(), "postgresql")


class Segment(StrEnum):
    """Who may vote."""

    EVERYBODY = "everybody"
    MEMBERS = "members"  # of the Party
    ENROLLED = "enrolled"  # whoever has or had a place in an activity or lesson


class Shows(StrEnum):
    """When those who voted read how the others did."""

    AFTER_VOTE = "after_vote"
    AT_END = "at_end"


class PollState(StrEnum):
    """A draft is seen by the staff alone. That a published one is over is told by its time."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Poll(SQLModel, table=True):
    """One question. `most` is how many options one may choose; `activity_id` whose enrolled people are asked."""

    __table_args__ = (Index(None, "state", "closes_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    question: str = Field(max_length=80)
    words: str = Field(default="", max_length=300)
    options: list[str] = Field(default_factory=list, sa_type=_JSON)
    most: int = 1
    segment: str = Field(default=Segment.EVERYBODY.value, max_length=16)
    activity_id: UUID | None = Field(default=None, foreign_key="activity.id", index=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    opens_at: datetime
    closes_at: datetime
    shows: str = Field(default=Shows.AFTER_VOTE.value, max_length=16)
    state: str = Field(default=PollState.DRAFT.value, max_length=16)
    created_at: datetime
    changed_at: datetime

    def is_open(self, now: datetime) -> bool:
        return self.state == PollState.PUBLISHED and self.opens_at <= now < self.closes_at

    def is_over(self, now: datetime) -> bool:
        return self.state == PollState.PUBLISHED and self.closes_at <= now


class PollVote(SQLModel, table=True):
    """One vote. `voter` is a keyed hash of poll and person: it prevents a second vote and leads to nobody.

    No moment stands with it, only the local day, by which no vote can be laid beside a message.
    """

    poll_id: UUID = Field(foreign_key="poll.id", primary_key=True)
    voter: str = Field(max_length=64, primary_key=True)
    choices: list[int] = Field(default_factory=list, sa_type=_JSON)
    day: date


_vote = PollVote.__table__  # type: ignore[attr-defined]


def add(session: Session, row: Poll) -> None:
    session.add(row)
    session.flush()


def poll(session: Session, poll_id: UUID) -> Poll | None:
    return session.get(Poll, poll_id)


def locked(session: Session, poll_id: UUID, *, shared: bool = False) -> Poll:
    """The poll as it stands until the commit; `shared`: others may vote meanwhile, nobody may change it."""
    lock = {"read": True} if shared else True
    return session.get_one(Poll, poll_id, with_for_update=lock, populate_existing=True)


def vote(session: Session, poll_id: UUID, *, voter: str, choices: list[int], day: date) -> None:
    """One vote for each person; a later one takes the place of the earlier."""
    writing = connection(session)
    insert_here = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    row = insert_here(_vote).values(poll_id=poll_id, voter=voter, choices=choices, day=day)
    keys = [_vote.c.poll_id, _vote.c.voter]
    writing.execute(row.on_conflict_do_update(index_elements=keys, set_={"choices": choices}))


def vote_of(session: Session, poll_id: UUID, voter: str) -> list[int] | None:
    """What was voted under that name; None where nothing was."""
    found = select(_vote.c.choices).where(_vote.c.poll_id == poll_id, _vote.c.voter == voter)
    row = connection(session).execute(found).first()
    return list(row.choices) if row is not None else None


def sums(session: Session, poll_id: UUID) -> list[tuple[list[int], int]]:
    """What was chosen together, and by how many: few rows, however many vote."""
    found = select(_vote.c.choices, func.count()).where(_vote.c.poll_id == poll_id).group_by(_vote.c.choices)
    return [(list(choices), int(many)) for choices, many in connection(session).execute(found)]


def counts(session: Session, polls: Collection[UUID]) -> Mapping[UUID, int]:
    """How many have voted in each."""
    found = select(_vote.c.poll_id, func.count()).where(_vote.c.poll_id.in_(polls)).group_by(_vote.c.poll_id)
    return {one: int(number) for one, number in connection(session).execute(found)}


def join(session: Session, poll_id: UUID, *, old: str, new: str) -> None:
    """Two names turn out to be one person's: the first one's vote stays, else the other's becomes theirs."""
    writing = connection(session)
    theirs = and_(_vote.c.poll_id == poll_id, _vote.c.voter == old)
    if vote_of(session, poll_id, new) is not None:
        writing.execute(delete(_vote).where(theirs))
    else:
        writing.execute(update(_vote).where(theirs).values(voter=new))


def running(session: Session, now: datetime) -> Sequence[Poll]:
    """All that are open."""
    return session.scalars(select(Poll).where(_published(), col(Poll.closes_at) > now)).all()


def open_now(session: Session, now: datetime, *, areas: Collection[UUID] | None) -> Sequence[Poll]:
    """Those that residents may vote in, the one that ends first first."""
    found = select(Poll).where(_published(), col(Poll.opens_at) <= now, col(Poll.closes_at) > now, _here(areas))
    return session.scalars(found.order_by(col(Poll.closes_at), col(Poll.id))).all()


def over(session: Session, now: datetime, *, areas: Collection[UUID] | None, since: datetime) -> Sequence[Poll]:
    """Those that have ended since, the latest first."""
    found = select(Poll).where(_published(), col(Poll.closes_at) <= now, col(Poll.closes_at) > since, _here(areas))
    return session.scalars(found.order_by(col(Poll.closes_at).desc())).all()


def within(session: Session, scope: Scope, poll_id: UUID) -> Poll | None:
    """The poll, where they may see it."""
    return session.scalars(select(Poll).where(col(Poll.id) == poll_id, _seen_by(scope))).first()


def page(session: Session, scope: Scope, *, words: str, after: Poll | None, limit: int) -> Sequence[Poll]:
    """What the staff see, newest first."""
    found = select(Poll).where(_seen_by(scope))
    if words:
        found = found.where(col(Poll.question).contains(words, autoescape=True))
    if after is not None:
        found = found.where(col(Poll.id) < after.id)
    return session.scalars(found.order_by(col(Poll.id).desc()).limit(limit)).all()


def _published() -> ColumnElement[bool]:
    return col(Poll.state) == PollState.PUBLISHED.value


def _here(areas: Collection[UUID] | None) -> ColumnElement[bool]:
    return true() if areas is None else or_(col(Poll.area_id).in_(areas), col(Poll.area_id).is_(None))


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    return within_areas(col(Poll.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
