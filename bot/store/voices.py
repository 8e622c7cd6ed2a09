"""Where the figures of residents' voices come from: suggestions, polls and contests, in one part of the area tree."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, or_, select, true
from sqlalchemy.orm import Mapped
from sqlmodel import col

from bot.store.contest import Contest, ContestEntry, ContestState, EntryState
from bot.store.figures import Part
from bot.store.poll import Poll, PollState, PollVote
from bot.store.suggestion import State, Suggestion

Area = ColumnElement[Any] | Mapped[Any]


def suggestions(part: Part) -> Select[Any]:
    """Suggestions that came in."""
    return _of_suggestions(part, Suggestion.created_at)


def answered(part: Part) -> Select[Any]:
    """Suggestions that were answered, at their first answer."""
    return _of_suggestions(part, Suggestion.answered_at)


def adopted(part: Part) -> Select[Any]:
    """Suggestions that stand as adopted or done, at the moment of adopting."""
    stands = col(Suggestion.state).in_([State.ADOPTED.value, State.DONE.value])
    return _of_suggestions(part, Suggestion.adopted_at).where(stands)


def published(part: Part) -> Select[Any]:
    """Suggestions that everybody may read."""
    return _of_suggestions(part, Suggestion.published_at)


def polls(part: Part) -> Select[Any]:
    """Questions that were put to residents, at their beginning."""
    return _of_polls(part, literal(1))


def votes(part: Part) -> Select[Any]:
    """Votes, at the beginning of the question: when each came nobody knows."""
    cast_in = select(func.count()).where(col(PollVote.poll_id) == col(Poll.id)).correlate(Poll).scalar_subquery()
    return _of_polls(part, cast_in)


def contests(part: Part) -> Select[Any]:
    """Contests that were published, at their beginning."""
    found = _rows(Contest.opens_at, Contest.title, Contest.title, Contest.id, literal(1))
    return found.where(col(Contest.state) == ContestState.PUBLISHED.value, _inside(part, col(Contest.area_id)))


def entries(part: Part) -> Select[Any]:
    """What was sent in for contests and not taken back."""
    ref = Contest.title + literal(" ") + cast(col(ContestEntry.number), String)
    found = _rows(ContestEntry.created_at, ref, Contest.title, ContestEntry.resident_id, literal(1))
    found = found.join(Contest, col(Contest.id) == col(ContestEntry.contest_id))
    return found.where(col(ContestEntry.state) != EntryState.WITHDRAWN.value, _inside(part, col(Contest.area_id)))


def _of_suggestions(part: Part, at: object) -> Select[Any]:
    """Those that were not taken back and did not turn out to be complaints."""
    found = _rows(at, Suggestion.number, Suggestion.kind, Suggestion.resident_id, literal(1))
    counts = col(Suggestion.state).not_in([State.WITHDRAWN.value, State.PASSED_ON.value])
    return found.where(col(at).is_not(None), counts, _inside(part, col(Suggestion.area_id)))


def _of_polls(part: Part, many: object) -> Select[Any]:
    found = _rows(Poll.opens_at, Poll.question, Poll.segment, Poll.id, many)
    return found.where(col(Poll.state) == PollState.PUBLISHED.value, _inside(part, col(Poll.area_id)))


def _rows(at: object, ref: object, what: object, who: object, many: object) -> Select[Any]:
    """The columns that `bot.store.figures` counts by."""
    columns = [(at, "at"), (ref, "ref"), (what, "what"), (who, "who"), (many, "many")]
    return select(*(one.label(name) for one, name in columns))  # type: ignore[attr-defined] # columns of a model


def _inside(part: Part, area: Area) -> ColumnElement[bool]:
    if part.everything:
        return true()
    inside = area.in_(part.areas)
    return or_(inside, area.is_(None)) if part.unplaced else inside
