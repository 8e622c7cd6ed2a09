"""Whom a push may be for: members who are known in the chat, or everybody who follows the account."""

from collections.abc import Collection
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
    session: Session, whom: Whom, areas: Areas, *, after: UUID | None, limit: int
) -> list[tuple[UUID, UUID | None, bool]]:
    """Resident and member of so many who are known in the chat, by the resident's id, behind that one.

    The last says whether their tags fit: each database reads a list in JSON in its own way.
    """
    found = (
        select(col(PartyMember.resident_id), col(PartyMember.id), col(PartyMember.tags))
        .join(Branch, col(Branch.id) == col(PartyMember.branch_id))
        .where(col(PartyMember.state) == MemberState.ACTIVE.value, *_matching(whom, areas))
    )
    if after is not None:
        found = found.where(col(PartyMember.resident_id) > after)
    found = found.where(col(PartyMember.resident_id).is_not(None)).order_by(col(PartyMember.resident_id)).limit(limit)
    rows = connection(session).execute(found)
    return [(person, member_id, _tagged(whom, tags)) for person, member_id, tags in rows if person is not None]


def unbound(session: Session, whom: Whom, areas: Areas) -> list[UUID]:
    """Those who are meant and whom nobody knows in the chat, by the roster's number."""
    found = (
        select(col(PartyMember.id), col(PartyMember.tags))
        .join(Branch, col(Branch.id) == col(PartyMember.branch_id))
        .where(
            col(PartyMember.state).in_((MemberState.LISTED.value, MemberState.CLAIMED.value)), *_matching(whom, areas)
        )
    )
    rows = connection(session).execute(found.order_by(col(PartyMember.code)))
    return [member_id for member_id, tags in rows if _tagged(whom, tags)]


def residents(
    session: Session, channel: str, areas: Areas, *, after: UUID | None, limit: int
) -> list[tuple[UUID, UUID | None, bool]]:
    """So many who follow in that channel and live there, by their id; of the whole city everybody."""
    found = select(col(Resident.id)).join(Identity, col(Identity.resident_id) == col(Resident.id))
    found = found.where(col(Identity.channel) == channel, col(Identity.following), _lives(areas))
    if after is not None:
        found = found.where(col(Resident.id) > after)
    rows = connection(session).scalars(found.order_by(col(Resident.id)).limit(limit))
    return [(resident_id, None, True) for resident_id in rows]


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


def studied(session: Session, year: int, people: Collection[UUID]) -> dict[UUID, int]:
    """These people's minutes of study in a year; entries that name only the member are that member's resident's."""
    mine = col(PartyMember.resident_id)
    whose = func.coalesce(col(StudyEntry.resident_id), mine)
    found = (
        select(whose, func.sum(col(StudyEntry.minutes)))
        .select_from(StudyEntry)
        .join(PartyMember, col(PartyMember.id) == col(StudyEntry.member_id), isouter=True)
        .where(col(StudyEntry.year) == year, whose.in_(people))
        .group_by(whose)
    )
    return {row[0]: int(row[1]) for row in connection(session).execute(found)}


def secretaries(session: Session, people: Collection[UUID]) -> set[UUID]:
    """Those of these people who are secretaries of a branch: more is asked of them."""
    found = select(col(PartyMember.resident_id)).where(
        col(PartyMember.state) == MemberState.ACTIVE.value,
        col(PartyMember.is_secretary),
        col(PartyMember.resident_id).in_(people),
    )
    return {one for one in connection(session).scalars(found) if one is not None}
