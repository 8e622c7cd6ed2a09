"""Who is responsible: a post for every grid, compound and community, some on leave with somebody in their place."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from bot.samples.city import grids, stations, words
from bot.samples.city.grids import MICRO_OF_A_COMPOUND, number_in_grid
from bot.samples.city.plan import Batch, Plan, Thing, batches, phone
from bot.store.contact import Contact, Role
from bot.store.staff import Staff, StaffRole

CONTACT = (
    *("id", "code", "role", "title", "phone", "hours", "grid_id", "building_id"),
    *("compound_id", "area_id", "leave_from", "leave_until", "stand_in_id"),
)
STAFF = (
    *("id", "login", "name", "role", "area_id", "station_id", "grid_id", "contact_id", "wecom_userid"),
    *("password", "must_change", "active", "tries", "locked_until", "created_at"),
)
ON_LEAVE = 0.04
ALWAYS = {day: [["00:00", "24:00"]] for day in (*"0123456", "holiday")}
Row = tuple[object, ...]


def rows(plan: Plan) -> Iterator[Batch]:
    yield from batches(Contact, CONTACT, _contacts(plan))
    yield from batches(Staff, STAFF, _staff(plan))


def worker(plan: Plan, ordinary: int) -> UUID:
    """The grid worker of an ordinary grid."""
    return plan.id(Thing.CONTACT, ordinary)


def property_office(plan: Plan, compound: int) -> UUID:
    return plan.id(Thing.CONTACT, plan.compounds + compound)


def _contacts(plan: Plan) -> Iterator[Row]:
    """By blocks: grid workers, property offices, building heads, then police, secretary and office of a community."""
    yield from _workers(plan)
    at = plan.compounds
    for compound in range(plan.compounds):
        whole = (None, None, plan.id(Thing.COMPOUND, compound), None)
        title = words.property_of(words.compound(compound, plan.seed))
        yield _post(plan, at + compound, Role.PROPERTY, title, whole, ALWAYS)
    at = 2 * plan.compounds
    for compound in range(plan.compounds):
        for number in range(MICRO_OF_A_COMPOUND):
            grid = plan.id(Thing.GRID, grids.micro(plan, compound, number))
            title = words.head(plan.ordinary_grid(compound), number_in_grid(plan, compound, number))
            number_here = at + compound * MICRO_OF_A_COMPOUND + number
            yield _post(plan, number_here, Role.BUILDING_HEAD, title, (grid, None, None, None), stations.HOURS)
    at += plan.compounds * MICRO_OF_A_COMPOUND
    offices = ((Role.POLICE, words.police, ALWAYS), (Role.SECRETARY, words.secretary, stations.HOURS))
    for step, (role, called, hours) in enumerate((*offices, (Role.COMMUNITY, words.office, stations.HOURS))):
        for community in range(plan.communities):
            here = (None, None, None, plan.community(community))
            yield _post(plan, at + step * plan.communities + community, role, called(community), here, hours)


def _workers(plan: Plan) -> Iterator[Row]:
    """Some are on leave; the first of their community, who never is, stands in."""
    chance = plan.chance("posts")
    since = plan.now.date() - timedelta(days=2)
    for community in range(plan.communities):
        numbers = plan.ordinary_grids(community)
        for number in numbers:
            away = number != numbers.start and chance.random() < ON_LEAVE
            grid = plan.id(Thing.GRID, grids.ordinary(plan, number))
            leave = (since, since + timedelta(days=7), worker(plan, numbers.start)) if away else (None, None, None)
            scope = (grid, None, None, None)
            yield _post(plan, number, Role.GRID_WORKER, words.worker(number), scope, stations.HOURS, leave)


def _post(
    plan: Plan,
    number: int,
    role: Role,
    title: str,
    scope: tuple[UUID | None, ...],
    hours: object,
    leave: tuple[object, ...] = (None, None, None),
) -> Row:
    own = plan.id(Thing.CONTACT, number)
    return own, f"GW{number + 1:06d}", role.value, title, phone(2_000_000 + number), hours, *scope, *leave


def _staff(plan: Plan) -> Iterator[Row]:
    """One administrator, a manager for each community, a desk for each station, an account for each grid worker.

    None of them has a password: `weizhan staff password` gives the first one.
    """
    yield _account(plan, 0, "admin", words.ADMINISTRATOR, StaffRole.ADMINISTRATOR)
    at = 1
    for number in range(plan.communities):
        area = plan.community(number)
        yield _account(plan, at + number, f"sq{number + 1}", words.manager(number), StaffRole.MANAGER, area=area)
    at += plan.communities
    for number in range(plan.stations):
        own, title = plan.id(Thing.STATION, number), words.desk(stations.name(plan, number))
        yield _account(plan, at + number, f"zd{number + 1}", title, StaffRole.STATION_STAFF, station=own)
    at += plan.stations
    for number in range(plan.ordinary_grids(plan.communities - 1).stop):
        grid = plan.id(Thing.GRID, grids.ordinary(plan, number))
        title, post = words.worker(number), worker(plan, number)
        yield _account(plan, at + number, f"wg{number + 1}", title, StaffRole.GRID_WORKER, grid=grid, post=post)


def _account(
    plan: Plan,
    number: int,
    login: str,
    title: str,
    role: StaffRole,
    *,
    area: UUID | None = None,
    station: UUID | None = None,
    grid: UUID | None = None,
    post: UUID | None = None,
) -> Row:
    scope = (area, station, grid, post)
    return plan.id(Thing.STAFF, number), login, title, role.value, *scope, None, "", True, True, 0, None, plan.now
