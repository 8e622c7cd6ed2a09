"""How a push stands: before it goes who is reached how, and afterwards what became of it with each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from uuid import UUID

from bot.rules import group
from bot.rules import push as news
from bot.rules.group import Posted
from bot.rules.lesson_push.audience import people, unbound
from bot.rules.lesson_push.sending import group_key
from bot.rules.lesson_push.values import KIND, Segment
from bot.rules.office import Office
from bot.rules.push import News
from bot.rules.reach import Reach, WhyNot
from bot.rules.reach_many import reach_many
from bot.store import lesson_push as rows
from bot.store.lesson_push import LessonPush, LessonPushMass, NotTold, Standing
from bot.store.outbox import State, Via

PORTION = 500  # people of a preview who are counted in one transaction


class Fate(StrEnum):
    """How one person is reached, or what became of it."""

    CUSTOMER = "customer"
    TEMPLATE = "template"
    SUBSCRIPTION = "subscription"
    MASS = "mass"
    HELD = "held"
    LEFT = "left"
    REFUSED = "refused"
    UNBOUND = "unbound"
    WAITING = "waiting"
    DELIVERED = "delivered"
    UNSURE = "unsure"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Meant:
    """Somebody a push is for, and how they would be reached now."""

    resident_id: UUID | None
    member_id: UUID | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class Preview:
    """How many would be reached how, and `people`: those who were counted last.

    `after`: the last resident counted, behind whom the count goes on; None where everybody is in it.
    """

    people: Sequence[Meant]
    counts: Mapping[Fate, int]
    after: UUID | None = None

    @property
    def reached(self) -> int:
        """How many would hear of it without writing to us first."""
        return sum(self.counts.get(one, 0) for one in (Fate.CUSTOMER, Fate.TEMPLATE, Fate.SUBSCRIPTION, Fate.MASS))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come. `enrolled`: how many of those told have a place in its lesson."""

    counts: Mapping[Fate, int]
    ways: Mapping[Via, int]
    made: int
    opened: int
    answered: int
    enrolled: int
    groups: Mapping[UUID, Posted | None]
    masses: Sequence[LessonPushMass]


def preview(office: Office, push: LessonPush, *, most: int = PORTION) -> Preview:
    """Who would be reached how, if it went now; so many that whoever waits for an answer does not notice it."""
    return go_on_counting(office, push, after=None, so_far={}, most=most)


def go_on_counting(
    office: Office, push: LessonPush, *, after: UUID | None, so_far: Mapping[Fate, int], most: int = PORTION
) -> Preview:
    """The preview with those counted behind that resident, beside what was counted `so_far`."""
    segment = Segment.of(push.audience)
    found = list(islice(people(office, segment, push.area_id, after=after), most))
    ids = [person for person, _ in found]
    wanting = set(news.wanting(office.session, ids, News.COURSE))
    reached = reach_many(office, ids, KIND, mass=push.by_mass)
    meant = [Meant(person, member, _before(reached[person], person in wanting)) for person, member in found]
    is_last = len(found) < most
    if is_last:
        meant += [Meant(None, member_id, Fate.UNBOUND) for member_id in unbound(office, segment, push.area_id)]
    counts = Counter(so_far) + Counter(one.fate for one in meant)
    if is_last and counts[Fate.MASS] == 1:  # a list has two at least
        counts = counts - Counter({Fate.MASS: 1}) + Counter({Fate.HELD: 1})
        meant = [replace(one, fate=Fate.HELD) if one.fate is Fate.MASS else one for one in meant]
    return Preview(meant, counts, None if is_last else ids[-1])


def _before(reach: Reach, wants: bool) -> Fate:
    if reach.why_not in (WhyNot.LEFT, WhyNot.UNKNOWN):
        return Fate.LEFT
    if not wants:
        return Fate.REFUSED
    return Fate(reach.via.value) if reach.via is not None else Fate.HELD


def progress(office: Office, push: LessonPush) -> Progress:
    """What became of it so far."""
    counts, ways = Counter[Fate](), Counter[Via]()
    for (why, state, via, sent), many in rows.counts(office.session, push.id).items():
        fate = after(why, state, sent=sent, reason="")
        counts[fate] += many
        if fate is Fate.DELIVERED and via:
            ways[Via(via)] += many
    withdrawn = rows.withdrawn(office.session, push.id)
    if withdrawn:
        counts[Fate.FAILED] -= withdrawn
        counts[Fate.WITHDRAWN] += withdrawn
    opened, answered, enrolled = rows.echoes(office.session, push)
    return Progress(
        counts={fate: many for fate, many in counts.items() if many},
        ways=ways,
        made=sum(counts.values()),
        opened=opened + push.opened,
        answered=answered,
        enrolled=enrolled,
        groups={UUID(one): group.outgoing(office, group_key(push.id, one)) for one in push.groups},
        masses=rows.masses_of(office.session, push.id),
    )


def after(why: str, state: str, *, sent: bool, reason: str) -> Fate:
    """What became of one notice; without one, or where it was dropped, they want no news of courses."""
    if why in (NotTold.LEFT, NotTold.FORGOTTEN):
        return Fate.LEFT if why == NotTold.LEFT else Fate.DELIVERED
    if why or not state:
        return Fate.REFUSED
    if sent or state == State.SENT:
        return Fate.DELIVERED
    if state == State.FAILED and reason in rows.NOBODYS_FAULT:
        return Fate.WITHDRAWN
    return {
        State.WAITING.value: Fate.WAITING,
        State.SENDING.value: Fate.WAITING,
        State.HELD.value: Fate.HELD,
        State.UNSURE.value: Fate.UNSURE,
        State.FAILED.value: Fate.FAILED,
    }[state]


def fate_of(one: Standing) -> Fate:
    """What became of it with one person."""
    return after(one.why, one.state, sent=one.sent_at is not None, reason=one.reason)
