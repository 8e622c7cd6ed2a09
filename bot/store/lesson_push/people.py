"""Whom a push may be for: members who are known in the chat, or everybody who follows the account."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlmodel import Session, col

from bot.store import connection
from bot.store.member import Branch, MemberState, PartyMember
from bot.store.place import Building, Compound
from bot.store.resident import Identity, Resident
from bot.store.study import StudyEntry

Areas = Collection[UUID] | None  # communities, None for the whole city


@dataclass(frozen=True, slots=True)
class Whom:
    """Which members: of these branches (none named: of all), of that kind ("": of both), with any of these tags."""

    branches: Collection[UUID] = ()
    kind: str = ""
    secretaries: bool = False
    tags: Collection[str] = ()


def members(
    session: Session, whom: Whom, areas: Areas, *, after: UUID | None = None
) -> Iterator[tuple[UUID, UUID | None]]:
    """Resident and member of each who is known in the chat, by the resident's id, behind that one."""
    found = (
        select(col(PartyMember.resident_id), col(PartyMember.id), col(PartyMember.tags))
        .join(Branch, col(Branch.id) == col(PartyMember.branch_id))
        .where(col(PartyMember.state) == MemberState.ACTIVE.value, *_matching(whom, areas))
    )
    if after is not None:
        found = found.where(col(PartyMember.resident_id) > after)
    for resident_id, member_id, tags in session.execute(found.order_by(col(PartyMember.resident_id))):
        if resident_id is not None and _tagged(whom, tags):
            yield resident_id, member_id


def unbound(session: Session, whom: Whom, areas: Areas) -> list[PartyMember]:
    """Those who are meant and whom nobody knows in the chat."""
    found = (
        select(PartyMember)
        .join(Branch, col(Branch.id) == col(PartyMember.branch_id))
        .where(
            col(PartyMember.state).in_((MemberState.LISTED.value, MemberState.CLAIMED.value)), *_matching(whom, areas)
        )
    )
    return [one for one in session.scalars(found.order_by(col(PartyMember.code))) if _tagged(whom, one.tags)]


def residents(
    session: Session, channel: str, areas: Areas, *, after: UUID | None = None
) -> Iterator[tuple[UUID, UUID | None]]:
    """Everybody who follows in that channel and lives there, by their id; of the whole city everybody."""
    found = select(col(Resident.id)).join(Identity, col(Identity.resident_id) == col(Resident.id))
    found = found.where(col(Identity.channel) == channel, col(Identity.following), _lives(areas))
    if after is not None:
        found = found.where(col(Resident.id) > after)
    for (resident_id,) in connection(session).execute(found.order_by(col(Resident.id))):
        yield resident_id, None


def _lives(areas: Areas) -> ColumnElement[bool]:
    if areas is None:
        return true()
    compounds = select(col(Compound.id)).where(col(Compound.area_id).in_(areas))
    return col(Resident.building_id).in_(select(col(Building.id)).where(col(Building.compound_id).in_(compounds)))


def _matching(whom: Whom, areas: Areas) -> list[ColumnElement[bool]]:
    ways: list[ColumnElement[bool]] = []
    if areas is not None:
        ways.append(col(Branch.area_id).in_(areas))
    if whom.branches:
        ways.append(col(PartyMember.branch_id).in_(whom.branches))
    if whom.kind:
        ways.append(col(PartyMember.kind) == whom.kind)
    if whom.secretaries:
        ways.append(col(PartyMember.is_secretary).is_(True))
    return ways


def _tagged(whom: Whom, tags: Collection[str]) -> bool:
    return not whom.tags or bool(set(whom.tags) & set(tags))


def studied(session: Session, year: int) -> dict[UUID, int]:
    """The minutes of study in a year, by resident; entries that name only the member are that member's resident's."""
    mine = col(PartyMember.resident_id)
    whose = func.coalesce(col(StudyEntry.resident_id), mine)
    found = (
        select(whose, func.sum(col(StudyEntry.minutes)))
        .select_from(StudyEntry)
        .join(PartyMember, col(PartyMember.id) == col(StudyEntry.member_id), isouter=True)
        .where(col(StudyEntry.year) == year, whose.is_not(None))
        .group_by(whose)
    )
    return {row[0]: int(row[1]) for row in connection(session).execute(found)}


def secretaries(session: Session) -> set[UUID]:
    """Residents who are secretaries of a branch: more is asked of them."""
    found = select(col(PartyMember.resident_id)).where(
        col(PartyMember.state) == MemberState.ACTIVE.value, col(PartyMember.is_secretary)
    )
    return {one for one in connection(session).scalars(found) if one is not None}
