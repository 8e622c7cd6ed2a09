"""The sample cabinets: twelve compartments at 2栋1单元, and a smaller one at the gate of the other compound."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.store import Session
from bot.store.locker import Cabinet, Compartment, Size

DOORS = {Size.SMALL: 6, Size.MIDDLE: 4, Size.LARGE: 2}
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
