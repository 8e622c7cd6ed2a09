"""The Party's members of the city: a branch for each compound, its roster, and who of it is known in the chat."""

from collections.abc import Iterator
from datetime import timedelta

from bot.rules.member import roster
from bot.samples.city import words
from bot.samples.city.plan import Batch, Plan, Thing, batches
from bot.store.member import Branch, Membership, MemberState, PartyMember

RESIDENTS_PER_MEMBER = 25
KNOWN, DOUBLE = 0.6, 0.25
PEOPLE_OF_A_BRANCH = 60  # the first of them is its secretary
BRANCH = ("id", "code", "name", "area_id", "created_at")
MEMBER = (
    *("id", "code", "name", "name_hash", "branch_id", "kind", "is_secretary", "tags", "state", "resident_id"),
    *("created_at", "changed_at"),
)


def rows(plan: Plan) -> Iterator[Batch]:
    yield from batches(Branch, BRANCH, _branches(plan))
    yield from batches(PartyMember, MEMBER, _members(plan))


def count(plan: Plan) -> int:
    return plan.residents // RESIDENTS_PER_MEMBER


def resident_of(number: int) -> int:
    """The number of the resident whom a member is, were they known."""
    return number * RESIDENTS_PER_MEMBER


def is_known(plan: Plan, number: int) -> bool:
    """Whether the staff have agreed that they are that resident."""
    return number % 10 < KNOWN * 10


def known_among(plan: Plan, residents: range) -> list[int]:
    """The numbers of those residents who are members, and known to be."""
    step = RESIDENTS_PER_MEMBER
    numbers = range(-(-residents.start // step), -(-residents.stop // step))
    return [resident_of(number) for number in numbers if number < count(plan) and is_known(plan, number)]


def _branch(number: int) -> int:
    return number // PEOPLE_OF_A_BRANCH


def _branches(plan: Plan) -> Iterator[tuple[object, ...]]:
    since = plan.now - timedelta(days=900)
    for number in range(-(-count(plan) // PEOPLE_OF_A_BRANCH)):
        community = number * plan.communities // max(1, -(-count(plan) // PEOPLE_OF_A_BRANCH))
        area = plan.community(community)
        yield plan.id(Thing.BRANCH, number), f"ZB{number + 1:05d}", words.branch(community, number), area, since


def _members(plan: Plan) -> Iterator[tuple[object, ...]]:
    chance = plan.chance("members")
    since = plan.now - timedelta(days=600)
    for number in range(count(plan)):
        name = words.member(number)
        kind = Membership.DOUBLE if chance.random() < DOUBLE else Membership.COMMUNITY
        known = is_known(plan, number)
        yield (
            plan.id(Thing.MEMBER, number),
            f"DY{number + 1:07d}",
            plan.seal.close(name),
            plan.seal.keyed_hash(name, roster.NAME),
            plan.id(Thing.BRANCH, _branch(number)),
            kind.value,
            number % PEOPLE_OF_A_BRANCH == 0,
            [],
            (MemberState.ACTIVE if known else MemberState.LISTED).value,
            plan.id(Thing.RESIDENT, resident_of(number)) if known else None,
            since,
            since,
        )
