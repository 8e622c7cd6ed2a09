"""A suggestion as it is read: by its author, by everybody, and by the staff."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.nlu import wishes
from bot.nlu.wishes import Wish
from bot.privacy import masked
from bot.rules import place
from bot.rules.activity import areas_here
from bot.rules.office import Office
from bot.rules.place import Address, Door
from bot.rules.suggestion.deciding import called
from bot.rules.suggestion.parts import NoSuchOutcome, excerpt
from bot.store import activity
from bot.store import suggestion as rows
from bot.store.suggestion import Outcome, State, Suggestion, What

MOST_PUBLIC = 100
TOLD = frozenset({What.ANSWERED, What.ADOPTED, What.NOT_ADOPTED, What.DONE, What.PASSED_ON})


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; `at` is local, `by` a post of the staff or "", `note` what was said with it."""

    at: datetime
    what: What
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A suggestion as everybody reads it. `href`: where what became of it can be seen."""

    number: str
    wish: Wish
    state: State
    words: str
    reply: str
    became: str
    href: str
    at: datetime
    supports: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A suggestion as the staff read it."""

    row: Suggestion
    words: str
    address: Address | None
    said_place: str
    spot: str
    pictures: Sequence[UUID]
    history: Sequence[Line]
    supports: int


def lines(office: Office, row: Suggestion) -> list[Line]:
    """Its history."""
    found = []
    for one in rows.history(office.session, row.id):
        facts = office.seal.open_json(one.facts) if one.facts else {}
        note = next((str(facts[name]) for name in ("note", "said", "became", "from") if facts.get(name)), "")
        found.append(Line(one.at.astimezone(office.zone), What(one.what), one.by_title, note))
    return found


def answer_of(office: Office, row: Suggestion) -> str:
    """The last words that its author was told."""
    return next((line.note for line in reversed(lines(office, row)) if line.what in TOLD and line.note), "")


def suggested_reply(office: Office, row: Suggestion) -> str:
    """What everybody might read as the answer: as it stands, else what the author was told, without people in it."""
    return row.reply if row.published_at else row.reply or wishes.unnamed(answer_of(office, row))


def heard(office: Office, state: State | None = None, *, limit: int = MOST_PUBLIC) -> list[Heard]:
    """What everybody may read here, newest first; what became of each stands with the one alone."""
    found = rows.published(office.session, areas=areas_here(office), state=state, limit=limit)
    supports = rows.supports(office.session, [one.id for one in found])
    return [_public(office, one, supports.get(one.id, 0)) for one in found]


def heard_one(office: Office, number: str) -> Heard | None:
    """The one of that number, where everybody may read it."""
    row = rows.public(office.session, number)
    if row is None:
        return None
    found = _public(office, row, rows.supports(office.session, [row.id]).get(row.id, 0))
    became, href = _became(office, row)
    return replace(found, became=became, href=href)


def public_row(office: Office, number: str) -> Suggestion | None:
    """The row of a suggestion that everybody may read."""
    return rows.public(office.session, number)


def heard_counts(office: Office) -> tuple[int, int, int]:
    """How many are public, answered and done."""
    counted = rows.public_counts(office.session, areas=areas_here(office))
    total, unanswered = sum(counted.values()), counted.get(State.RECEIVED, 0)
    return total, total - unanswered, counted.get(State.DONE, 0)


def on_desk(office: Office, row: Suggestion) -> OnDesk:
    """All of it, opened."""
    kept = office.seal.open_json(row.place) if row.place else {}
    spot = kept.get("spot")
    return OnDesk(
        row=row,
        words=office.seal.open(row.words) if row.words else "",
        address=place.address(office.session, Door(row.compound_id, row.building_id)),
        said_place=str(kept.get("said", "")),
        spot=", ".join(str(part) for part in spot if part) if isinstance(spot, list) else "",
        pictures=rows.ALBUM.ids(office.session, row.id),
        history=lines(office, row),
        supports=rows.supports(office.session, [row.id]).get(row.id, 0),
    )


def in_a_list(office: Office, row: Suggestion) -> str:
    """Its first words as a line of a list shows them, masked."""
    return masked(excerpt(office, row))


def _became(office: Office, row: Suggestion) -> tuple[str, str]:
    """What it became, by its name, and where that can be seen; "" where nothing did."""
    if row.state != State.DONE or not row.outcome:
        return "", ""
    outcome = Outcome(row.outcome)
    its = activity.coded(office.session, row.outcome_ref) if outcome is Outcome.ACTIVITY else None
    href = f"/h5/activities/{its.id}" if its and its.is_published and its.ends_at > office.now else ""
    return _still_called(office, outcome, row.outcome_ref), href


def _public(office: Office, row: Suggestion, supports: int) -> Heard:
    return Heard(
        number=row.number,
        wish=Wish(row.kind),
        state=State(row.state),
        words=row.heard,
        reply=row.reply,
        became="",
        href="",
        at=row.created_at.astimezone(office.zone),
        supports=supports,
        is_open=row.is_open,
    )


def _still_called(office: Office, outcome: Outcome, ref: str) -> str:
    """By its name today, or as it was written where it is gone by now."""
    try:
        return called(office, outcome, ref)
    except NoSuchOutcome:
        return ref
