"""Who stands above a post: the next grid up, then the community's secretary."""

from collections.abc import Iterator
from uuid import UUID

from bot.rules import grid, routing
from bot.rules.grid import Chart
from bot.rules.office import Office
from bot.rules.place import Door
from bot.store import place
from bot.store.contact import Contact, Role
from bot.store.ticket import Ticket


def above(office: Office, ticket: Ticket) -> Iterator[UUID]:
    """The posts above whoever has the ticket, nearest first, none twice; only those at work today."""
    seen = {ticket.holder_id}
    for contact_id in _all_above(office, ticket):
        if contact_id is not None and contact_id not in seen:
            seen.add(contact_id)
            yield contact_id


def _all_above(office: Office, ticket: Ticket) -> Iterator[UUID | None]:
    area = place.area(office.session, ticket.area_id) if ticket.area_id else None
    if area is not None:
        yield from _up_the_grid(office, grid.chart(office.session, area), ticket)
    door = Door(ticket.compound_id, ticket.building_id, ticket.unit)
    yield routing.referee(office.session, door, office.today).contact_id
    yield routing.triage(office.session, door, office.today).contact_id


def _up_the_grid(office: Office, chart: Chart, ticket: Ticket) -> Iterator[UUID]:
    """From the holder's grid upwards; from the building's own grid where the holder belongs to none."""
    holder = chart.contacts.get(ticket.holder_id) if ticket.holder_id else None
    building = chart.buildings.get(ticket.building_id) if ticket.building_id else None
    if holder is not None and holder.grid_id is not None:
        grids = _parents(chart, holder.grid_id)
    else:
        grids = [one.id for one in chart.grids_over(building, ticket.unit)] if building else []
    for grid_id in grids:
        for post in chart.holders(Role.GRID_WORKER, grid_id):
            if at_work := _at_work(office, chart, post):
                yield at_work.id


def _parents(chart: Chart, grid_id: UUID) -> list[UUID]:
    """The grids above a grid; a tree that bites its tail ends there."""
    found: list[UUID] = []
    following = chart.grids[grid_id].parent_id
    while following is not None and following in chart.grids and following not in found and following != grid_id:
        found.append(following)
        following = chart.grids[following].parent_id
    return found


def _at_work(office: Office, chart: Chart, post: Contact) -> Contact | None:
    return grid.at_work(chart, post, office.today)
