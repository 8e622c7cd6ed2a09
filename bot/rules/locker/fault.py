"""What is wrong with a cabinet becomes a ticket at the station by itself, once for each fault."""

import tomllib
from enum import StrEnum
from pathlib import Path

from bot.nlu.kinds import Trouble
from bot.rules import ticket
from bot.rules.locker.terms import DEAD
from bot.rules.office import Office
from bot.rules.place import Door
from bot.rules.ticket import Draft
from bot.store import ticket as tickets
from bot.store.locker import Cabinet, Compartment
from bot.store.ticket import Ticket

CHANNEL = "locker"  # tickets that no person opened
_WORDS: dict[str, str] = tomllib.loads(Path(__file__).with_name("faults.toml").read_text("utf-8"))


class Fault(StrEnum):
    """What can be wrong; the words stand in faults.toml."""

    DEAD = "dead"
    JAM = "jam"
    FORCED = "forced"
    AJAR = "ajar"
    UNSURE = "unsure"


def of_cabinet(office: Office, cabinet: Cabinet) -> Ticket | None:
    """A ticket that the cabinet is dead; None where one says so already."""
    if cabinet.fault_since is not None:
        return None
    cabinet.fault_since = cabinet.heard_at or office.now
    minutes = int((office.now - cabinet.fault_since).total_seconds() // 60) or int(DEAD.total_seconds() // 60)
    opened = _open(office, cabinet, _WORDS[Fault.DEAD].format(place=cabinet.name, code=cabinet.code, minutes=minutes))
    cabinet.fault_ticket_id = opened.id
    return opened


def of_door(office: Office, cabinet: Cabinet, compartment: Compartment, fault: Fault) -> Ticket | None:
    """A ticket about one door; None where the last one about it is still open."""
    before = tickets.ticket(office.session, compartment.fault_ticket_id) if compartment.fault_ticket_id else None
    if before is not None and before.is_open:
        return None
    words = _WORDS[fault].format(place=cabinet.name, code=cabinet.code, door=compartment.door, times=compartment.misses)
    opened = _open(office, cabinet, words)
    compartment.fault_ticket_id = opened.id
    return opened


def _open(office: Office, cabinet: Cabinet, words: str) -> Ticket:
    door = Door(building_id=cabinet.building_id, unit=cabinet.unit)
    return ticket.open_one(office, Draft(words, Trouble.EQUIPMENT, door), resident_id=None, channel=CHANNEL)
