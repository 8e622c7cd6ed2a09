"""Who asks over Open311, and about which part of the city."""

from dataclasses import dataclass
from uuid import UUID

from bot.rules.forwarding.destinations import digest
from bot.rules.office import Office
from bot.store import forwarding, place
from bot.store.forwarding import ApiKey


class NotServed(Exception):
    """The request cannot be served: a status of GeoReport v2 with its reason, for the machine that asked."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the city a request is about. `unplaced`: tickets of no known place are shown as well."""

    area_id: UUID
    areas: frozenset[UUID]
    unplaced: bool


def scope(office: Office, jurisdiction: str) -> Scope:
    """The part of a station's or community's code. Raises NotServed(404)."""
    area = forwarding.area_coded(office.session, jurisdiction)
    if area is None:
        raise NotServed(404, "jurisdiction_id was not found: it is the code of a station or community")
    areas = frozenset(forwarding.areas_below(office.session, area))
    only = place.communities(office.session, 2)
    return Scope(area, areas, unplaced=len(only) == 1 and only[0].id in areas)


def caller(office: Office, secret: str, within: Scope) -> ApiKey:
    """Whose key that is. Raises NotServed(403) for none, a wrong one, and one of another part of the city."""
    key = forwarding.key(office.session, digest(office.seal, secret)) if secret else None
    if key is None:
        raise NotServed(403, "api_key is missing or not in use")
    if key.area_id is not None and within.area_id not in forwarding.areas_below(office.session, key.area_id):
        raise NotServed(403, "api_key is not for this jurisdiction_id")
    return key
