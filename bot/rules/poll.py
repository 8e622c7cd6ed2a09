"""Questions to the residents: who is asked, one person one vote, and who reads the result when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.rules.activity import areas_here
from bot.rules.ballot import voter
from bot.rules.member import is_member
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import poll as rows
from bot.store.activity.tables import HAS_PLACES
from bot.store.poll import Poll, PollState, Segment, Shows

LEAST_OPTIONS, MOST_OPTIONS, MOST_WORDS = 2, 8, 30
RESULTS_STAY = timedelta(days=60)  # on the residents' page, after the end


class PollOver(Refusal):
    """It is closed, or not open yet."""


class NotAsked(Refusal):
    """It is put to others."""


@dataclass(eq=False)
class WrongChoice(Refusal):
    """Nothing was chosen, or more than may be."""

    most: int


@dataclass(eq=False)
class WrongOptions(Refusal):
    """A question has so few and so many options, each once and short, and no more may be chosen than there are."""

    least: int
    most: int


class PollEndsTooSoon(Refusal):
    """Its end is over already, or before its beginning."""


class VotesCast(Refusal):
    """What was voted on cannot be changed any more."""


class WhoseActivity(Refusal):
    """Those who enrolled are asked, and nobody said in what."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A question as the staff put it."""

    question: str
    words: str
    options: tuple[str, ...]
    most: int
    segment: Segment
    activity_id: UUID | None
    area_id: UUID | None
    opens_at: datetime
    closes_at: datetime
    shows: Shows


@dataclass(frozen=True, slots=True)
class Totals:
    """How many voted, and how many of them for each option."""

    people: int
    options: tuple[tuple[str, int], ...]

    def share(self, count: int) -> int:
        """In hundredths of those who voted."""
        return round(100 * count / self.people) if self.people else 0


def draw_up(office: Office, plan: Plan) -> Poll:
    """A draft, which residents do not see. Raises WrongOptions, PollEndsTooSoon, WhoseActivity."""
    _check(office, plan)
    row = Poll(
        question=plan.question,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        created_at=office.now,
        changed_at=office.now,
    )
    _put(office, row, plan)
    rows.add(office.session, row)
    return row


def change(office: Office, poll_id: UUID, plan: Plan) -> Poll:
    """As it is put now; of a question with votes only the words and the end. Raises VotesCast, and as `draw_up`."""
    row = rows.locked(office.session, poll_id)
    _check(office, plan)
    kept = (row.question, tuple(row.options), row.most, row.segment, row.activity_id, row.shows)
    wanted = (plan.question, plan.options, plan.most, plan.segment.value, plan.activity_id, plan.shows.value)
    if kept != wanted and rows.counts(office.session, [row.id]).get(row.id):
        raise VotesCast
    _put(office, row, plan)
    return row


def publish(office: Office, poll_id: UUID) -> Poll:
    """Residents may vote from its beginning on. Raises PollEndsTooSoon."""
    row = rows.locked(office.session, poll_id)
    if row.closes_at <= office.now:
        raise PollEndsTooSoon
    row.state, row.changed_at = PollState.PUBLISHED.value, office.now
    return row


def close(office: Office, poll_id: UUID) -> Poll:
    """It ends now, and everybody who was asked may read the result. Raises PollOver."""
    row = rows.locked(office.session, poll_id)
    if not row.is_open(office.now):
        raise PollOver
    row.closes_at = row.changed_at = office.now
    return row


def is_asked(office: Office, row: Poll, resident_id: UUID | None) -> bool:
    """Whether the question is put to that person; a stranger sees what is put to everybody."""
    if row.segment == Segment.EVERYBODY:
        return True
    if resident_id is None:
        return False
    if row.segment == Segment.MEMBERS:
        return is_member(office, resident_id)
    mine = activities.of(office.session, row.activity_id, resident_id) if row.activity_id else None
    return mine is not None and mine.state in HAS_PLACES


def open_for(office: Office, resident_id: UUID | None) -> list[Poll]:
    """What that person may vote on now, the one that ends first first."""
    found = rows.open_now(office.session, office.now, areas=areas_here(office))
    return [one for one in found if is_asked(office, one, resident_id)]


def ended_for(office: Office, resident_id: UUID | None) -> list[Poll]:
    """What has ended lately, the latest first."""
    since = office.now - RESULTS_STAY
    found = rows.over(office.session, office.now, areas=areas_here(office), since=since)
    return [one for one in found if is_asked(office, one, resident_id)]


def one(office: Office, poll_id: UUID, resident_id: UUID | None) -> Poll | None:
    """A question that is or was open, where it is put to that person."""
    row = rows.poll(office.session, poll_id)
    is_seen = row is not None and (row.is_open(office.now) or row.is_over(office.now))
    return row if row is not None and is_seen and is_asked(office, row, resident_id) else None


def vote(office: Office, poll_id: UUID, resident_id: UUID, choices: Sequence[int]) -> Poll:
    """One person, one vote, which may be changed until the end. `choices`: places in the options.

    Raises PollOver, NotAsked, WrongChoice.
    """
    row = rows.locked(office.session, poll_id, shared=True)
    if not row.is_open(office.now):
        raise PollOver
    if not is_asked(office, row, resident_id):
        raise NotAsked
    chosen = sorted(set(choices))
    if not 1 <= len(chosen) <= row.most or not all(0 <= one < len(row.options) for one in chosen):
        raise WrongChoice(row.most)
    rows.vote(office.session, row.id, voter=voter(office, row.id, resident_id), choices=chosen, day=office.today)
    return row


def voted(office: Office, row: Poll, resident_id: UUID) -> list[str] | None:
    """What that person voted for; None where they have not."""
    choices = rows.vote_of(office.session, row.id, voter(office, row.id, resident_id))
    return None if choices is None else [row.options[one] for one in choices if one < len(row.options)]


def totals(office: Office, row: Poll) -> Totals:
    """The sums, in the order of the options."""
    votes = rows.sums(office.session, row.id)
    counted = (sum(many for choices, many in votes if place in choices) for place in range(len(row.options)))
    return Totals(sum(many for _, many in votes), tuple(zip(row.options, counted, strict=True)))


def shows_result(office: Office, row: Poll, *, has_voted: bool) -> bool:
    """Whether a resident reads the sums now: at the end everybody, before it who voted, if the question says so."""
    return row.is_over(office.now) or (has_voted and row.shows == Shows.AFTER_VOTE)


def _check(office: Office, plan: Plan) -> None:
    options = {option for option in plan.options if 0 < len(option) <= MOST_WORDS}
    is_right = len(options) == len(plan.options) and LEAST_OPTIONS <= len(options) <= MOST_OPTIONS
    if not is_right or not 1 <= plan.most <= len(options):
        raise WrongOptions(LEAST_OPTIONS, MOST_OPTIONS)
    if plan.closes_at <= max(plan.opens_at, office.now):
        raise PollEndsTooSoon
    if plan.segment is Segment.ENROLLED and plan.activity_id is None:
        raise WhoseActivity


def _put(office: Office, row: Poll, plan: Plan) -> None:
    row.question, row.words, row.options, row.most = plan.question, plan.words, list(plan.options), plan.most
    row.segment, row.activity_id, row.shows = plan.segment.value, plan.activity_id, plan.shows.value
    row.area_id, row.opens_at, row.closes_at = plan.area_id, plan.opens_at, plan.closes_at
    row.changed_at = office.now
    office.session.add(row)
