"""Residents and the names they have in the account: who follows, since when, and whose building we may remember."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from bot.samples.city.plan import BUILDINGS, UNITS, Batch, Plan, Thing, batches
from bot.store.resident import Identity, Resident

CHANNEL = "official_account"
RESIDENT = ("id", "since", "building_id", "unit", "building_asked_at", "building_agreed_at")
IDENTITY = ("channel", "sender", "resident_id", "following", "left_at")
REMEMBERED, LEFT = 0.6, 0.02
DAYS = 700
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
Row = tuple[object, ...]


def rows(plan: Plan) -> Iterator[Batch]:
    yield from batches(Resident, RESIDENT, _residents(plan))
    yield from batches(Identity, IDENTITY, _identities(plan))


def home(plan: Plan, number: int) -> tuple[int, int, int]:
    """Compound, building and unit of a resident: all buildings fill up alike."""
    at = number * plan.buildings // max(plan.residents, 1)
    return at // BUILDINGS, at % BUILDINGS + 1, number % UNITS + 1


def sender(plan: Plan, number: int) -> str:
    """As the platform's names are: 28 characters, the first an o."""
    text, rest = "", number
    for _ in range(8):
        rest, digit = divmod(rest, len(DIGITS))
        text = DIGITS[digit] + text
    return f"oSAMPLE{plan.seed & 0xFFFFFFFFFFF:013x}{text}"


def _residents(plan: Plan) -> Iterator[Row]:
    chance: Random = plan.chance("people")
    for number in range(plan.residents):
        since = plan.now - timedelta(seconds=chance.randrange(3600, DAYS * 86_400))
        compound, building, unit = home(plan, number)
        if chance.random() < REMEMBERED:
            where = plan.building(compound, building), str(unit), since, since
            yield plan.id(Thing.RESIDENT, number), since, *where
        else:
            yield plan.id(Thing.RESIDENT, number), since, None, None, None, None


def _identities(plan: Plan) -> Iterator[Row]:
    chance = plan.chance("identities")
    for number in range(plan.residents):
        left = plan.now - timedelta(days=chance.randrange(1, 29)) if chance.random() < LEFT else None
        yield CHANNEL, sender(plan, number), plan.id(Thing.RESIDENT, number), left is None, left
