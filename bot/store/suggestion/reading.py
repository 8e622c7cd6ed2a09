"""Which suggestions there are: a person's own, what everybody may read, and the desk of the staff."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlmodel import Session, col

from bot.store import connection
from bot.store.scope import Scope, within_areas
from bot.store.suggestion.tables import SHOWN, State, Suggestion, SuggestionEvent, SuggestionSupport


class View(StrEnum):
    """The views of the desk."""

    WAITING = "waiting"  # nobody has answered; the oldest first
    OPEN = "open"  # answered or adopted, and not done
    OVER = "over"
    PUBLISHED = "published"


_OPEN_STATES = (State.ANSWERED.value, State.ADOPTED.value)
_SHOWN = [one.value for one in SHOWN]


def suggestion(session: Session, suggestion_id: UUID) -> Suggestion | None:
    return session.get(Suggestion, suggestion_id)


def of(session: Session, resident_id: UUID, number: str) -> Suggestion | None:
    """The person's own of that number."""
    mine = select(Suggestion).where(col(Suggestion.number) == number, col(Suggestion.resident_id) == resident_id)
    return session.scalars(mine).first()


def latest_of(session: Session, resident_id: UUID, limit: int) -> Sequence[Suggestion]:
    """The person's own, newest first."""
    mine = select(Suggestion).where(col(Suggestion.resident_id) == resident_id)
    return session.scalars(mine.order_by(col(Suggestion.created_at).desc()).limit(limit)).all()


def published(
    session: Session, *, areas: Collection[UUID] | None, state: State | None, limit: int
) -> Sequence[Suggestion]:
    """What everybody may read, newest first."""
    found = select(Suggestion).where(_public(), _here(areas))
    if state is not None:
        found = found.where(col(Suggestion.state) == state.value)
    return session.scalars(found.order_by(col(Suggestion.published_at).desc()).limit(limit)).all()


def public(session: Session, number: str) -> Suggestion | None:
    """The one of that number, where everybody may read it."""
    return session.scalars(select(Suggestion).where(_public(), col(Suggestion.number) == number)).first()


def public_counts(session: Session, *, areas: Collection[UUID] | None) -> Mapping[State, int]:
    """How many of what everybody may read stand where."""
    found = select(col(Suggestion.state), func.count()).where(_public(), _here(areas)).group_by(col(Suggestion.state))
    return {State(state): int(number) for state, number in connection(session).execute(found)}


def supports(session: Session, suggestions: Collection[UUID]) -> Mapping[UUID, int]:
    """How many support each."""
    its = col(SuggestionSupport.suggestion_id)
    found = select(its, func.count()).where(its.in_(suggestions)).group_by(its)
    return {one: int(number) for one, number in connection(session).execute(found)}


def supporters(session: Session, suggestion_id: UUID) -> Sequence[SuggestionSupport]:
    found = select(SuggestionSupport).where(col(SuggestionSupport.suggestion_id) == suggestion_id)
    return session.scalars(found.order_by(col(SuggestionSupport.since))).all()


def is_supported_by(session: Session, suggestion_id: UUID, resident_id: UUID) -> bool:
    return session.get(SuggestionSupport, (suggestion_id, resident_id)) is not None


def history(session: Session, suggestion_id: UUID) -> Sequence[SuggestionEvent]:
    found = select(SuggestionEvent).where(col(SuggestionEvent.suggestion_id) == suggestion_id)
    return session.scalars(found.order_by(col(SuggestionEvent.step))).all()


def within(session: Session, scope: Scope, number: str) -> Suggestion | None:
    """The suggestion of that number, where they may see it."""
    return session.scalars(select(Suggestion).where(col(Suggestion.number) == number, _seen_by(scope))).first()


def waiting(session: Session, scope: Scope) -> int:
    """How many nobody has answered."""
    found = select(func.count()).where(_seen_by(scope), _in(View.WAITING))
    return connection(session).scalar(found) or 0


def page(
    session: Session,
    scope: Scope,
    view: View,
    *,
    words: str,
    kinds: Collection[str],
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[Suggestion]:
    """So many of a view behind that one: what waits with the oldest first, the others with the newest."""
    at, key = col(Suggestion.created_at), col(Suggestion.id)
    oldest_first = view is View.WAITING
    found = select(Suggestion).where(_seen_by(scope), _in(view))
    if words:
        named = [col(one).contains(words, autoescape=True) for one in (Suggestion.number, Suggestion.heard)]
        found = found.where(or_(*named, col(Suggestion.kind).in_(kinds)))
    if after is not None:
        moment, last = after
        behind = (at > moment, key > last) if oldest_first else (at < moment, key < last)
        found = found.where(or_(behind[0], and_(at == moment, behind[1])))
    order = (at, key) if oldest_first else (at.desc(), key.desc())
    return session.scalars(found.order_by(*order).limit(limit)).all()


def _in(view: View) -> ColumnElement[bool]:
    state = col(Suggestion.state)
    if view is View.WAITING:
        return state == State.RECEIVED.value
    if view is View.OPEN:
        return state.in_(_OPEN_STATES)
    if view is View.PUBLISHED:
        return col(Suggestion.published_at).is_not(None)
    return state.not_in([State.RECEIVED.value, *_OPEN_STATES])


def _public() -> ColumnElement[bool]:
    return and_(col(Suggestion.published_at).is_not(None), col(Suggestion.state).in_(_SHOWN))


def _here(areas: Collection[UUID] | None) -> ColumnElement[bool]:
    if areas is None:
        return true()
    return or_(col(Suggestion.area_id).in_(areas), col(Suggestion.area_id).is_(None))


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    return within_areas(col(Suggestion.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
