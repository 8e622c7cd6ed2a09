"""Complaints of the last half year with their histories: old ones mostly done, new ones at work, a few overdue."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from random import Random
from uuid import UUID

from bot.nlu.kinds import Trouble
from bot.rules import clock, routing
from bot.rules.clock import Step
from bot.rules.hours import Calendar
from bot.samples.city import people, posts, words
from bot.samples.city.plan import Batch, Plan, Thing, batches
from bot.store.contact import Role
from bot.store.ticket import OPEN, State, Ticket, TicketDay, TicketEvent, Urgency, What, Who

DAYS = 180
TICKET = (
    *("id", "number", "resident_id", "channel", "kind", "urgency", "state", "words", "area_id", "compound_id"),
    *("building_id", "unit", "holder_id", "holder_role", "holder", "rating", "created_at", "changed_at", "due_at"),
)
EVENT = ("id", "ticket_id", "step", "at", "what", "by", "by_title", "facts")
ENDS = ((State.CLOSED, 88), (State.ELSEWHERE, 5), (State.NOT_OURS, 3), (State.WORKING, 4))
BEGINNINGS = (
    (State.ASSIGNED, 35),
    (State.WORKING, 35),
    (State.SCHEDULED, 15),
    (State.NEEDS_MORE, 10),
    (State.SOLVED, 5),
)
PATHS = {
    State.ASSIGNED: (),
    State.WORKING: (What.TAKEN,),
    State.SCHEDULED: (What.TAKEN, What.SCHEDULED),
    State.NEEDS_MORE: (What.TAKEN, What.ASKED),
    State.SOLVED: (What.TAKEN, What.SOLVED),
    State.CLOSED: (What.TAKEN, What.ANSWERED, What.SOLVED, What.RATED, What.CLOSED),
    State.ELSEWHERE: (What.TAKEN, What.ELSEWHERE),
    State.NOT_OURS: (What.TAKEN, What.NOT_OURS),
}
BY = {What.RATED: Who.RESIDENT, What.CLOSED: Who.SYSTEM}
NEW_FOR = timedelta(days=7)
Row = tuple[object, ...]


@dataclass(slots=True)
class Case:
    """One complaint with everything that was done about it."""

    number: int
    resident: int
    trouble: Trouble
    state: State
    at: datetime
    steps: list[tuple[datetime, What, Who]] = field(default_factory=list)


def rows(plan: Plan) -> Iterator[Batch]:
    """Tickets by day, for their numbers count from 1 each day; then their histories, from the same chance again."""
    days: dict[object, int] = {}
    yield from batches(Ticket, TICKET, _tickets(plan, days))
    yield from batches(TicketDay, ("day", "last"), iter(days.items()))
    yield from batches(TicketEvent, EVENT, _events(plan))


def _cases(plan: Plan) -> Iterator[Case]:
    chance, span = plan.chance("tickets"), timedelta(days=DAYS)
    troubles = [Trouble(name) for name in words.TROUBLES]
    for number in range(plan.tickets):
        at = plan.now - span + span * number / plan.tickets
        states = ENDS if plan.now - at > NEW_FOR else BEGINNINGS
        [state] = chance.choices([one for one, _ in states], [weight for _, weight in states])
        case = Case(number, chance.randrange(plan.residents), chance.choice(troubles), state, at)
        _live(case, plan.now, chance)
        yield case


def _live(case: Case, now: datetime, chance: Random) -> None:
    """What was done, each step some hours after the one before and none in the future."""
    case.steps = [(case.at, What.OPENED, Who.RESIDENT), (case.at, What.ROUTED, Who.SYSTEM)]
    moment = case.at
    for what in PATHS[case.state]:
        moment += min(timedelta(minutes=chance.randrange(10, 1200)), (now - moment) / 2)
        case.steps.append((moment, what, BY.get(what, Who.STAFF)))


def _owner(plan: Plan, case: Case) -> tuple[UUID, Role, str]:
    """The property office for what is theirs, else the grid worker."""
    compound, _, _ = people.home(plan, case.resident)
    if routing.OWNERS.get(case.trouble) is Role.PROPERTY:
        name = words.property_of(words.compound(compound, plan.seed))
        return posts.property_office(plan, compound), Role.PROPERTY, name
    grid = plan.ordinary_grid(compound)
    return posts.worker(plan, grid), Role.GRID_WORKER, words.worker(grid)


def _tickets(plan: Plan, days: dict[object, int]) -> Iterator[Row]:
    for day, cases in groupby(_cases(plan), lambda case: case.at.astimezone(plan.zone).date()):
        for count, case in enumerate(cases, 1):
            days[day] = count
            compound, building, unit = people.home(plan, case.resident)
            holder, role, title = _owner(plan, case)
            urgency = clock.urgency(case.trouble)
            yield (
                plan.id(Thing.TICKET, case.number),
                f"T{day:%y%m%d}-{count:04d}",
                plan.id(Thing.RESIDENT, case.resident),
                people.CHANNEL,
                case.trouble.value,
                urgency.value,
                case.state.value,
                plan.seal.close(words.TROUBLES[case.trouble.value]),
                plan.community(plan.community_of(compound)),
                plan.id(Thing.COMPOUND, compound),
                plan.building(compound, building),
                str(unit),
                holder,
                role.value,
                title,
                1 if case.state is State.CLOSED else None,
                case.at,
                case.steps[-1][0],
                _due(plan, case, urgency),
            )


def _due(plan: Plan, case: Case, urgency: Urgency) -> datetime | None:
    if case.state not in OPEN:
        return None
    steps = [Step(at, what, who) for at, what, who in case.steps]
    return clock.read(steps, clock.limits(case.trouble, urgency), Calendar({}), plan.zone, plan.now).due


def _events(plan: Plan) -> Iterator[Row]:
    number = 0
    for case in _cases(plan):
        _, role, title = _owner(plan, case)
        for step, (at, what, who) in enumerate(case.steps, 1):
            own, of = plan.id(Thing.TICKET_EVENT, number), plan.id(Thing.TICKET, case.number)
            facts = _facts(what, role, title)
            sealed = plan.seal.close_json(facts) if facts else None
            yield own, of, step, at, what.value, who.value, title if who is Who.STAFF else "", sealed
            number += 1


def _facts(what: What, role: Role, title: str) -> dict[str, object]:
    if what is What.ROUTED:
        return {"to": title, "role": role.value}
    if what is What.RATED:
        return {"rating": 1}
    note = words.NOTES.get(what.value)
    return {"note": note} if note else {}
