"""Members of the roster as study and arriving look them up: by who they are in the chat, by number, by name.

By what the staff write down they are found in the branches only that these staff may see: a number that is guessed at
tells nobody whose it is.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from bot.store.member import Branch, MemberState, PartyMember
from bot.store.scope import Scope, within_areas


def by_residents(session: Session, resident_ids: Collection[UUID]) -> dict[UUID, PartyMember]:
    """The members that these residents are, by resident."""
    found = select(PartyMember).where(
        col(PartyMember.resident_id).in_(resident_ids), col(PartyMember.state) == MemberState.ACTIVE.value
    )
    return {one.resident_id: one for one in session.scalars(found) if one.resident_id is not None}


def by_ids(session: Session, member_ids: Collection[UUID]) -> dict[UUID, PartyMember]:
    """These members, by id."""
    found = select(PartyMember).where(col(PartyMember.id).in_(member_ids))
    return {one.id: one for one in session.scalars(found)}


def coded(session: Session, scope: Scope, code: str) -> PartyMember | None:
    """The member of that number."""
    return _only(session, scope, col(PartyMember.code) == code)


def with_phone(session: Session, scope: Scope, phone_hash: str) -> PartyMember | None:
    """The one member with that telephone; None where there are none or several."""
    return _only(session, scope, col(PartyMember.phone_hash) == phone_hash)


def with_name(session: Session, scope: Scope, name_hash: str) -> PartyMember | None:
    """The one member of that name; None where there are none or several."""
    return _only(session, scope, col(PartyMember.name_hash) == name_hash)


def _only(session: Session, scope: Scope, such: ColumnElement[bool]) -> PartyMember | None:
    found = select(PartyMember).join(Branch, col(Branch.id) == col(PartyMember.branch_id))
    here = within_areas(col(Branch.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
    rows = session.scalars(found.where(here, col(PartyMember.state) != MemberState.LEFT.value, such).limit(2)).all()
    return rows[0] if len(rows) == 1 else None
