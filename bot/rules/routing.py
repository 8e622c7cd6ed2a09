"""To whom a complaint goes: by its place and kind to a person, else the next one up, else the community's triage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.nlu.kinds import Trouble
from bot.rules import contact, setting
from bot.rules.contact import Found
from bot.rules.place import Door
from bot.store import Session
from bot.store.contact import Role

MOST_HAND_BACKS = 3  # the third one goes to the referee
REFEREE = Role.SECRETARY

# Whom a trouble belongs to where the staff have set nothing else; what is not here belongs to the grid worker. A
# complaint of the property office never goes to the property office.
OWNERS: Mapping[Trouble, Role] = {
    Trouble.GARBAGE: Role.PROPERTY,
    Trouble.LIFT: Role.PROPERTY,
    Trouble.LAMP: Role.PROPERTY,
    Trouble.PIPE_LEAK: Role.PROPERTY,
    Trouble.PARKING: Role.PROPERTY,
    Trouble.EBIKE_IN_LIFT: Role.PROPERTY,
    Trouble.EQUIPMENT: Role.PROPERTY,
    Trouble.PESTS: Role.PROPERTY,
    Trouble.PROPERTY_SERVICE: Role.COMMUNITY,
}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a ticket: the title of a post with its id, or of a counter. Without a title it lies in the triage."""

    role: Role
    title: str
    contact_id: UUID | None = None


TRIAGE = Owner(Role.COMMUNITY, "")


def owner(session: Session, trouble: Trouble, door: Door, today: date, *, danger: bool = False) -> Owner:
    """Whoever is responsible for that trouble at that door; the less is known of the door, the wider their post."""
    role = Role.GRID_WORKER if danger else setting.owners(session, OWNERS).get(trouble, Role.GRID_WORKER)
    return _reached(session, role, door, today) or triage(session, door, today)


def triage(session: Session, door: Door, today: date) -> Owner:
    """Whoever sorts what nobody else has: the community's own counter, or nobody yet where there are several."""
    return _reached(session, Role.COMMUNITY, door, today) or TRIAGE


def referee(session: Session, door: Door, today: date) -> Owner:
    """Who decides where a ticket was handed back again and again."""
    return _reached(session, REFEREE, door, today) or triage(session, door, today)


def _reached(session: Session, role: Role, door: Door, today: date) -> Owner | None:
    """None where more of the door had to be known, or where there is nobody."""
    found = contact.who(session, role, door, today)
    if not isinstance(found, Found):
        return None
    return Owner(found.who.role, found.who.title, found.who.contact_id)
