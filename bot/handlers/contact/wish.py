"""What a resident has said so far of whom they look for and where they live, kept in the open question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from bot.router import Turn
from bot.rules import place
from bot.rules.place import Address, Door
from bot.store.contact import Role

NOWHERE = Door()


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom and where. `unit` and `number` were said of a building not known yet; `tries`: asked in vain so often."""

    role: Role | None = None
    door: Door = NOWHERE
    unit: str = ""
    number: str = ""
    tries: int = 0

    @classmethod
    def of(cls, memo: Mapping[str, object]) -> "Wish":
        """What `memo` kept."""
        said = {name: str(value) for name, value in memo.items()}
        return cls(
            Role(said["role"]) if said.get("role") else None,
            Door(
                _id(said.get("compound")), _id(said.get("building")), said.get("unit", "") if "building" in said else ""
            ),
            said.get("unit", ""),
            said.get("number", ""),
            int(said.get("tries", 0)),
        )

    def memo(self) -> dict[str, object]:
        kept = {
            "role": self.role,
            "compound": self.door.compound_id,
            "building": self.door.building_id,
            "unit": self.door.unit or self.unit,
            "number": self.number,
            "tries": self.tries,
        }
        return {name: str(value) for name, value in kept.items() if value}

    def at(self, address: Address) -> "Wish":
        """With a place that is now known, and the unit that was said before it."""
        door = address.door
        return replace(self, door=replace(door, unit=door.unit or (self.unit if address.is_building else "")), tries=0)


def address_in(turn: Turn) -> dict[str, str]:
    """The parts of an address that were heard."""
    said = turn.heard.slots.get("address")
    return {str(name): str(part) for name, part in said.items()} if isinstance(said, Mapping) else {}


def heard_address(turn: Turn, wish: Wish) -> dict[str, str]:
    """As `address_in` where a place was asked for: there a bare number is a building, and an earlier one stays."""
    said, bare = address_in(turn), turn.message.text.strip()
    if not said and wish.door.compound_id and bare.isdigit():
        return {"building": bare}
    return {"building": wish.number, **said} if wish.number else said


def names_a_place(turn: Turn) -> bool:
    """Whether the message names a compound or building, even one that does not exist."""
    said = place.named(turn.session, turn.message.text, address_in(turn))
    return bool(said.places or said.number)


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
