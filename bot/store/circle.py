"""Where the buildings of a part of the city stand, and the places that are to be reached from them, as bare numbers."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.place import Building, Compound
from bot.store.scope import Scope, within_areas


class Home(NamedTuple):
    """A building and where it stands, where that is known; else its compound's place."""

    id: UUID
    number: str
    compound: str
    lat: float
    lon: float


def homes(session: Session, scope: Scope) -> tuple[list[Home], int]:
    """The buildings of their part of the city, and of how many nobody knows where they stand."""
    here = within_areas(col(Compound.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
    lat = func.coalesce(col(Building.lat), col(Compound.lat))
    lon = func.coalesce(col(Building.lon), col(Compound.lon))
    joined = col(Compound.id) == col(Building.compound_id)
    found = select(col(Building.id), col(Building.number), col(Compound.name), lat, lon).join(Compound, joined)
    known = found.where(here, lat.is_not(None), lon.is_not(None)).order_by(col(Compound.code), col(Building.number))
    placed = [Home(*row) for row in connection(session).execute(known)]
    everything = select(func.count()).select_from(Building).join(Compound, joined).where(here)
    return placed, (connection(session).scalar(everything) or 0) - len(placed)
