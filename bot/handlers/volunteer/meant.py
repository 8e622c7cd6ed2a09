"""Who speaks, and which of their shifts, or of those that can be claimed, they mean."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from bot.form.draft import KEY
from bot.nlu import enrolment
from bot.nlu import shifts as words
from bot.nlu.wanted import Wanted, wanted
from bot.router import Turn
from bot.rules import activity, volunteer
from bot.rules.volunteer import ShiftShown
from bot.store.activity import Activity, Kind, Mine
from bot.store.volunteer import Volunteer, VolunteerState, people

T = TypeVar("T")
OWN = "volunteer."
OTHERS = frozenset({"service", "activity", "venue"})  # slots that name something else


def is_free(turn: Turn) -> bool:
    """Whether no other form waits for an answer."""
    return KEY not in turn.memo or (turn.asked or "").startswith(OWN)


def whoever(turn: Turn) -> Volunteer | None:
    """The one who speaks, as a volunteer."""
    return people.of(turn.session, turn.resident_id)


def is_approved(turn: Turn) -> bool:
    found = whoever(turn)
    return found is not None and found.state == VolunteerState.APPROVED


def may_be_shift(turn: Turn, targets: Collection[str | None]) -> bool:
    """Whether coming, or not coming, may be to a shift: nothing else is spoken of, by its kind or by its name."""
    text = turn.message.text
    if words.speaks_of_shifts(text):
        return True
    if turn.heard.target not in targets or words.speaks_of_others(text) or turn.heard.slots.keys() & OTHERS:
        return False
    kinds = (Kind.ACTIVITY, Kind.LESSON)
    named = (name for kind in kinds for one in activity.ahead(turn.office, kind=kind) for name in one.activity.names)
    return not any(enrolment.names_part(text, name) for name in named)


def local(turn: Turn) -> datetime:
    return turn.now.astimezone(turn.zone)


def said(turn: Turn) -> Wanted | None:
    """The time that was said, unless it is over."""
    found = wanted(turn.message.text, local(turn))
    return found if found is not None and not found.past else None


def days(turn: Turn) -> Sequence[date]:
    found = said(turn)
    return found.days if found is not None else ()


def fits(turn: Turn, its: Activity, time: Wanted | None) -> bool:
    """Whether a shift is on the day and at the hour that was said."""
    start, end = its.starts_at.astimezone(turn.zone), its.ends_at.astimezone(turn.zone)
    if time is not None and time.days and start.date() not in time.days:
        return False
    return words.fits(time, start.hour * 60 + start.minute, end.hour * 60 + end.minute)


def ahead(turn: Turn, time: Wanted | None) -> list[ShiftShown]:
    """What can be claimed at the time that was said."""
    return [one for one in volunteer.ahead(turn.office) if fits(turn, one.activity, time)]


def live(turn: Turn) -> list[Mine]:
    """The shifts before the one who speaks, and those they wait for."""
    found = volunteer.mine(turn.office, turn.resident_id)
    return [(mine, its) for mine, its in found if mine.is_live and its.starts_at > turn.now]


def of_value(turn: Turn, value: str) -> ShiftShown | None:
    """The shift of a choice, where it can still be claimed."""
    return next((one for one in volunteer.ahead(turn.office) if str(one.activity.id) == value), None)


def the_only(found: Iterable[T]) -> T | None:
    """The only one there is."""
    several = list(found)
    return several[0] if len(several) == 1 else None


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
