"""The sample cabinets: twelve compartments at 2栋1单元, and a smaller one at the gate of the other compound."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from bot.rules import resident
from bot.rules.locker import codes, people, staff, stowing
from bot.rules.office import Office
from bot.store import Session, profile
from bot.store import resident as residents
from bot.store.locker import (
    Cabinet,
    Compartment,
    CompartmentClaim,
    Parcel,
    ParcelKind,
    ParcelState,
    Size,
    reading,
    writing,
)

DOORS = {Size.SMALL: 6, Size.MIDDLE: 4, Size.LARGE: 2}
FIRST, COMPANY, PHONE = "G0001", "示例快递", "13800000000"
LYING = {2: 3, 8: 20}  # door: hours since it was put in
FEW = {Size.SMALL: 2, Size.MIDDLE: 1, Size.LARGE: 1}


def fill(session: Session, *, garden: Mapping[str, UUID], village: Mapping[str, UUID], station_id: UUID) -> None:
    """Put the sample cabinets where the sample buildings stand."""
    one = Cabinet(
        code="G0001",
        name="示例花园2栋1单元门口",
        station_id=station_id,
        building_id=garden["2"],
        unit="1",
        lat=30.6210,
        lon=104.1129,
        has_sensor=True,
    )
    other = Cabinet(
        code="G0002",
        name="示例新村1栋门口",
        station_id=station_id,
        building_id=village["1"],
        lat=30.6196,
        lon=104.1131,
        works_offline=False,
    )
    session.add_all([one, other])
    session.flush()
    session.add_all([*compartments(one.id, DOORS), *compartments(other.id, FEW)])
    session.flush()


def compartments(cabinet_id: UUID, doors: Mapping[Size, int]) -> Sequence[Compartment]:
    """So many doors of each size, numbered from the smallest."""
    sizes = [size for size, count in doors.items() for _ in range(count)]
    return [Compartment(cabinet_id=cabinet_id, door=door, size=size.value) for door, size in enumerate(sizes, 1)]


def stow(office: Office, sender: str, *, channel: str) -> Sequence[int]:
    """Let two deliveries lie in the first cabinet for somebody, who is known by the sample telephone; their doors."""
    theirs = _person(office, sender, channel)
    told = profile.of(office.session, theirs)
    if told is None or told.verified_hash is None:
        resident.tell_phone(office, theirs, PHONE, wording="sample")
        told = profile.of(office.session, theirs)
    if told is not None:
        told.verified_hash, told.verified_at = people.phone_hash(office, PHONE), office.now
    return [_stowed(office, theirs, door, hours) for door, hours in LYING.items()]


def let_in(office: Office, sender: str, *, channel: str) -> None:
    """Somebody is a courier of the sample company."""
    staff.bind(office, _person(office, sender, channel), staff.let_in(office, COMPANY))


def _stowed(office: Office, theirs: UUID, door: int, hours: int) -> int:
    """Put in so many hours ago. Its code was told then; 换取件码 gives another."""
    found = reading.cabinet_by_code(office.session, FIRST)
    compartment = reading.compartment(office.session, found.id, door) if found is not None else None
    if found is None or compartment is None:
        raise LookupError(FIRST)
    cabinet = writing.locked(office.session, found.id)
    put_in = office.now - timedelta(hours=hours)
    parcel = Parcel(
        cabinet_id=cabinet.id,
        compartment_id=compartment.id,
        door=door,
        kind=ParcelKind.PARCEL.value,
        state=ParcelState.STORED.value,
        recipient_id=theirs,
        company=COMPANY,
        consent="standing",
        created_at=put_in,
        stored_at=put_in,
        due_at=put_in + timedelta(hours=48),
    )
    parcel.next_word_at = stowing.next_word(parcel)
    writing.add(office.session, parcel)
    writing.add(office.session, CompartmentClaim(compartment_id=compartment.id, parcel_id=parcel.id))
    codes.mint(office, cabinet, parcel)
    return door


def _person(office: Office, sender: str, channel: str) -> UUID:
    found = residents.person(office.session, channel=channel, sender=sender)
    return found or residents.register(office.session, channel=channel, sender=sender, now=office.now)
