"""Who stands on the roster: looked up by what is known of them, page by page, and who of them is who in the chat."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.member.tables import Branch, MemberState, PartyMember
from bot.store.scope import Scope, within_areas


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a whole name or number as its keyed hash, a roster's number, a branch, a state, a tag."""

    hashed: Sequence[str] = ()
    code: str = ""
    branch_id: UUID | None = None
    state: str = ""
    tag: str = ""


def of_resident(session: Session, resident_id: UUID) -> PartyMember | None:
    """The member that the resident was agreed to be."""
    found = select(PartyMember).where(
        col(PartyMember.resident_id) == resident_id, col(PartyMember.state) == MemberState.ACTIVE.value
    )
    return session.scalars(found).first()


def count_of(session: Session, resident_id: UUID) -> int:
    """Whether they are somebody on the roster; whom they only say to be does not count, for it would tell who is."""
    mine = col(PartyMember.resident_id) == resident_id
    return connection(session).scalar(select(func.count()).select_from(PartyMember).where(mine)) or 0


def claim_of(session: Session, resident_id: UUID) -> PartyMember | None:
    """The member that the resident says to be, and the staff have not agreed to yet."""
    return session.scalars(select(PartyMember).where(col(PartyMember.claimed_by) == resident_id)).first()


def coded(session: Session, code: str) -> PartyMember | None:
    """The member of that number of the roster."""
    return session.scalars(select(PartyMember).where(col(PartyMember.code) == code)).first()


def named(session: Session, name_hash: str) -> Sequence[PartyMember]:
    """Members of that name whom nobody is yet, and nobody says to be."""
    found = select(PartyMember).where(
        col(PartyMember.name_hash) == name_hash, col(PartyMember.state) == MemberState.LISTED.value
    )
    return session.scalars(found).all()


def locked(session: Session, member_id: UUID) -> PartyMember | None:
    """The member as they stand now, to be changed by nobody else until the commit."""
    found = select(PartyMember).where(col(PartyMember.id) == member_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def within(session: Session, scope: Scope, member_id: UUID) -> tuple[PartyMember, Branch] | None:
    """The member of that id with their branch, where they may be seen."""
    row = session.execute(_joined(scope).where(col(PartyMember.id) == member_id)).first()
    return (row[0], row[1]) if row else None


def page(session: Session, scope: Scope, wanted: Wanted, *, after: int, limit: int) -> list[tuple[PartyMember, Branch]]:
    """So many behind that many: claims that wait first, then by the roster's number."""
    claims_first = (col(PartyMember.state) != MemberState.CLAIMED.value, col(PartyMember.code))
    found = _joined(scope).where(*_ways(wanted)).order_by(*claims_first)
    if not wanted.tag:
        found = found.offset(after).limit(limit)
    rows = [(row[0], row[1]) for row in session.execute(found)]
    if wanted.tag:  # a list in JSON, which each database reads in its own way
        rows = [row for row in rows if wanted.tag in row[0].tags][after : after + limit]
    return rows


def claims(session: Session, scope: Scope) -> int:
    """How many say to be somebody and wait for the staff."""
    found = select(func.count()).select_from(PartyMember).join(Branch, col(Branch.id) == col(PartyMember.branch_id))
    waiting = col(PartyMember.state) == MemberState.CLAIMED.value
    return connection(session).scalar(found.where(waiting, _seen(scope))) or 0


def everybody(session: Session) -> Iterator[tuple[PartyMember, Branch]]:
    """The whole roster, by number."""
    found = select(PartyMember, Branch).join(Branch, col(Branch.id) == col(PartyMember.branch_id))
    for row in session.execute(found.order_by(col(PartyMember.code))):
        yield row[0], row[1]


def branches(session: Session, scope: Scope | None = None) -> Sequence[Branch]:
    """The branches somebody may see, or all, by code."""
    found = select(Branch).order_by(col(Branch.code))
    return session.scalars(found if scope is None else found.where(_seen(scope))).all()


def branch_within(session: Session, scope: Scope, branch_id: UUID) -> Branch | None:
    """The branch of that id, where it may be seen."""
    return session.scalars(select(Branch).where(col(Branch.id) == branch_id, _seen(scope))).first()


def branch_coded(session: Session, code: str) -> Branch | None:
    return session.scalars(select(Branch).where(col(Branch.code) == code)).first()


def sizes(session: Session) -> dict[UUID, int]:
    """How many each branch has, those who left not among them."""
    there = col(PartyMember.state) != MemberState.LEFT.value
    found = select(col(PartyMember.branch_id), func.count()).where(there).group_by(col(PartyMember.branch_id))
    return {row[0]: int(row[1]) for row in connection(session).execute(found)}


def _joined(scope: Scope) -> Select[PartyMember, Branch]:
    return select(PartyMember, Branch).join(Branch, col(Branch.id) == col(PartyMember.branch_id)).where(_seen(scope))


def _seen(scope: Scope) -> ColumnElement[bool]:
    return within_areas(col(Branch.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement


def _ways(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.hashed or wanted.code:
        yield or_(
            col(PartyMember.name_hash).in_(wanted.hashed),
            col(PartyMember.phone_hash).in_(wanted.hashed),
            col(PartyMember.code) == wanted.code,
        )
    if wanted.branch_id is not None:
        yield col(PartyMember.branch_id) == wanted.branch_id
    if wanted.state:
        yield col(PartyMember.state) == wanted.state


def by_residents(session: Session, resident_ids: Collection[UUID]) -> dict[UUID, PartyMember]:
    """The members that these residents were agreed to be, by resident."""
    found = select(PartyMember).where(
        col(PartyMember.resident_id).in_(resident_ids), col(PartyMember.state) == MemberState.ACTIVE.value
    )
    return {one.resident_id: one for one in session.scalars(found) if one.resident_id is not None}


def by_ids(session: Session, member_ids: Collection[UUID]) -> dict[UUID, PartyMember]:
    """These members, by id."""
    found = select(PartyMember).where(col(PartyMember.id).in_(member_ids))
    return {one.id: one for one in session.scalars(found)}


def with_phone(session: Session, phone_hash: str) -> PartyMember | None:
    """The member of that telephone; None where several share it."""
    return _only(session, col(PartyMember.phone_hash) == phone_hash)


def with_name(session: Session, name_hash: str) -> PartyMember | None:
    """The member of that name; None where several bear it."""
    return _only(session, col(PartyMember.name_hash) == name_hash)


def _only(session: Session, way: ColumnElement[bool]) -> PartyMember | None:
    """The only one on the roster of whom that is true."""
    there = col(PartyMember.state) != MemberState.LEFT.value
    found = session.scalars(select(PartyMember).where(way, there).limit(2)).all()
    return found[0] if len(found) == 1 else None
