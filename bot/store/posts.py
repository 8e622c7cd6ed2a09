"""The posts of a part of the city as the staff list them, and the community each belongs to."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import Session, col

from bot.store.contact import Contact
from bot.store.grid import Grid
from bot.store.place import Building, Compound
from bot.store.scope import Scope, posts

SORTS = {"code": col(Contact.code), "title": col(Contact.title), "role": col(Contact.role)}


def listed(
    session: Session, scope: Scope, *, words: str, sort: str, descending: bool, start: int, limit: int
) -> Sequence[Contact]:
    """So many posts they may see after so many others; `words` is anywhere in title, code or telephone."""
    found = select(Contact).where(posts(scope))
    for word in words.split():
        anywhere = (one.icontains(word, autoescape=True) for one in (Contact.title, Contact.code, Contact.phone))  # type: ignore[attr-defined]
        found = found.where(or_(*anywhere))
    order = SORTS[sort].desc() if descending else SORTS[sort].asc()
    return session.scalars(found.order_by(order, col(Contact.code)).offset(start).limit(limit)).all()


def within(session: Session, scope: Scope, id: UUID) -> Contact | None:
    """The post, if they may see it; nobody else changes it before this transaction ends."""
    return session.scalars(select(Contact).where(col(Contact.id) == id, posts(scope)).with_for_update()).first()


def community_of(session: Session, post: Contact) -> UUID:
    """The community a post is for, or in which it is."""
    if post.area_id is not None:
        return post.area_id
    if post.grid_id is not None:
        return session.get_one(Grid, post.grid_id).area_id
    compound = post.compound_id
    if post.building_id is not None:
        compound = session.get_one(Building, post.building_id).compound_id
    return session.get_one(Compound, compound).area_id
