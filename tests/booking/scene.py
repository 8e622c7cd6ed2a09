"""What the tests of bookings share: the rules at a moment, and bookings made without the talk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.channels.official_account import NAME
from bot.privacy import Seal
from bot.rules import booking, service
from bot.rules.office import Office
from bot.rules.service import Thing
from bot.store import Session, Store, resident, transaction
from bot.store import service as services
from bot.store.booking import Booking
from bot.store.service import Provider
from tests.support.town import CHENGDU, Person, Town

DOOR = {"address": "示例花园3栋2单元501", "phone": "13800000000"}
SAID = "地址示例花园3栋2单元501，电话13800000000"


@contextmanager
def office_of(town: Town) -> Iterator[Office]:
    with transaction(town.store) as session:
        yield Office(session, town.talk.seal, CHENGDU, town.now)


@dataclass(frozen=True)
class Desk:
    """The rules over a store, at moments that come in."""

    store: Store
    seal: Seal

    @contextmanager
    def at(self, now: datetime) -> Iterator[Office]:
        with transaction(self.store) as session:
            yield Office(session, self.seal, CHENGDU, now)

    def resident(self, name: str, now: datetime) -> UUID:
        with transaction(self.store) as session:
            return resident.register(session, channel=NAME, sender=name, now=now)


def thing(session: Session, key: str) -> Thing:
    found = service.service(session, key)
    assert found is not None
    return found


def book(office: Office, key: str, start: datetime, who: UUID) -> Booking:
    return booking.book(office, thing(office.session, key), start, resident_id=who, channel=NAME, contact=DOOR)


def provider(session: Session, key: str) -> Provider:
    """Whoever does it first at the sample station."""
    here = service.life_station(session)
    assert here is not None
    return services.providers_of(session, here.id, key)[0]


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHENGDU)


def booked(person: Person, what: str) -> str:
    """Book by talking; returns the last reply."""
    assert "请核对" in person.says(what), person.reply.text
    said = person.says("确认")
    assert "约好了" in said, said
    return said
