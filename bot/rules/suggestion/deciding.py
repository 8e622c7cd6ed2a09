"""What the staff do with a suggestion: answer it, adopt it or say why not, say what became of it, publish it."""

from collections.abc import Callable, Mapping
from uuid import UUID

from bot.nlu import wishes
from bot.rules.office import Office
from bot.rules.suggestion.parts import (
    AlreadyDecided,
    NoSuchOutcome,
    NothingSaid,
    StillPersonal,
    noted,
    open_one,
    tell,
)
from bot.store import activity, bulletin, course, ticket
from bot.store import suggestion as rows
from bot.store.suggestion import SHOWN, Outcome, State, Suggestion, What

LEADS = {  # from where a step may be taken, and where it leads; an answer leaves what is adopted as it is
    What.ANSWERED: ((State.RECEIVED, State.ANSWERED, State.ADOPTED), State.ANSWERED),
    What.ADOPTED: ((State.RECEIVED, State.ANSWERED, State.NOT_ADOPTED), State.ADOPTED),
    What.NOT_ADOPTED: ((State.RECEIVED, State.ANSWERED, State.ADOPTED), State.NOT_ADOPTED),
    What.DONE: ((State.ADOPTED,), State.DONE),
}
MOST_HEARD, MOST_REPLY = 200, 300


def decide(office: Office, suggestion_id: UUID, what: What, *, by: str, note: str) -> Suggestion:
    """ANSWERED, ADOPTED or NOT_ADOPTED; its author reads `note`. Raises AlreadyDecided, NothingSaid."""
    allowed, leads_to = LEADS[what]
    row = open_one(office, suggestion_id, *allowed)
    if not note.strip():
        raise NothingSaid
    if not (what is What.ANSWERED and row.state == State.ADOPTED):
        row.state = leads_to.value
    row.answered_at = row.answered_at or office.now
    if what is What.ADOPTED:
        row.adopted_at = row.adopted_at or office.now
    noted(office, row, what, by=by, facts={"note": note.strip()})
    tell(office, row, what, note=note.strip())
    return row


def done(office: Office, suggestion_id: UUID, outcome: Outcome, ref: str, *, by: str, note: str) -> Suggestion:
    """It came true, as what: an activity, course or ticket by its code, a notice by its title, or in words.

    Everybody may read those words. Raises AlreadyDecided, NothingSaid, NoSuchOutcome, StillPersonal.
    """
    row = open_one(office, suggestion_id, *LEADS[What.DONE][0])
    if outcome is Outcome.WORDS and wishes.points_to_somebody(ref):
        raise StillPersonal
    became = called(office, outcome, ref.strip())
    if not (note.strip() or became):
        raise NothingSaid
    row.state, row.done_at = State.DONE.value, office.now
    row.outcome, row.outcome_ref = outcome.value, ref.strip()[:120]
    noted(office, row, What.DONE, by=by, facts={"note": note.strip(), "became": became})
    tell(office, row, What.DONE, note=note.strip(), became=became)
    return row


def called(office: Office, outcome: Outcome, ref: str) -> str:
    """What it became, by the name residents know; "" for words that were left out. Raises NoSuchOutcome."""
    if outcome is Outcome.WORDS:
        return ref
    found = _NAMED[outcome](office, ref)
    if not found:
        raise NoSuchOutcome
    return found


def suggested(office: Office, row: Suggestion) -> str:
    """What everybody might read of it, without what may point to a person; for the staff to mend."""
    return (
        row.heard or (wishes.unnamed(" ".join(office.seal.open(row.words).split())) if row.words else "")[:MOST_HEARD]
    )


def publish(office: Office, suggestion_id: UUID, *, heard: str, reply: str, by: str) -> Suggestion:
    """Everybody reads these words from now on, which a person has looked at; its author hears so, the first time.

    Raises AlreadyDecided, NothingSaid, StillPersonal.
    """
    row = open_one(office, suggestion_id, *SHOWN)
    if not heard.strip():
        raise NothingSaid
    if wishes.points_to_somebody(heard) or wishes.points_to_somebody(reply):
        raise StillPersonal
    is_new = not row.heard
    row.heard, row.reply = heard.strip()[:MOST_HEARD], reply.strip()[:MOST_REPLY]
    row.published_at = row.published_at or office.now
    noted(office, row, What.PUBLISHED, by=by, facts={"heard": row.heard, "reply": row.reply})
    if is_new:
        tell(office, row, What.PUBLISHED)
    return row


def unpublish(office: Office, suggestion_id: UUID, *, by: str) -> Suggestion:
    """Nobody reads it any more; the words stay for another time. Raises AlreadyDecided where nobody does."""
    row = rows.locked(office.session, suggestion_id)
    if row.published_at is None:
        raise AlreadyDecided(row.number, row.state)
    row.published_at = None
    noted(office, row, What.UNPUBLISHED, by=by)
    return row


def _activity(office: Office, ref: str) -> str:
    found = activity.coded(office.session, ref)
    return found.title if found and found.state != activity.State.DRAFT else ""


def _course(office: Office, ref: str) -> str:
    found = course.coded(office.session, ref)
    return found.title if found and found.state != course.CourseState.DRAFT else ""


def _notice(office: Office, ref: str) -> str:
    """One that holds now, by its title or a part of it."""
    return next((one.title for one in bulletin.valid(office.session, office.now) if ref and ref in one.title), "")


def _ticket(office: Office, ref: str) -> str:
    found = ticket.numbered(office.session, ref.upper())
    return found.number if found else ""


_NAMED: Mapping[Outcome, Callable[[Office, str], str]] = {
    Outcome.ACTIVITY: _activity,
    Outcome.COURSE: _course,
    Outcome.NOTICE: _notice,
    Outcome.TICKET: _ticket,
}
