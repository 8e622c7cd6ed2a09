"""A new station from one that works: its profile, hours, facilities and services; nobody copies by hand."""

import re
from dataclasses import dataclass

from bot.errors import Refusal
from bot.rules.office import Office
from bot.store import service, station
from bot.store.service import StationService
from bot.store.station import Station

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,31}")


class CodeTaken(Refusal):
    """Another station has that code already."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadCode(Refusal):
    """A code is letters, digits, dots and hyphens."""


class NoSuchStation(Refusal):
    """There is no station of that code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Own:
    """What a new station has of its own; "" is as in the other one."""

    name: str = ""
    address: str = ""
    phone: str = ""


def clone(office: Office, code: str, new_code: str, own: Own) -> Station:
    """The new station. Where it stands, when it is shut and who works there is not copied.

    Raises NoSuchStation, BadCode, CodeTaken.
    """
    session = office.session
    if not _CODE.fullmatch(new_code):
        raise BadCode
    old = station.row_of(session, code)
    if old is None:
        raise NoSuchStation(code)
    new = Station(
        code=new_code,
        kind=old.kind,
        name=own.name or old.name,
        address=own.address or old.address,
        phone=own.phone or old.phone,
        hours=dict(old.hours),
        services=old.services,
        locker_fee=old.locker_fee,
        facilities=list(old.facilities),
        area_id=old.area_id,
    )
    if station.row_of(session, new_code) is not None or not station.add(session, new):
        raise CodeTaken(new_code)
    for said in service.own_words(session, old.id).values():
        session.add(StationService(**{**said.model_dump(), "station_id": new.id}))
    session.flush()
    return new
