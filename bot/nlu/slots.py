"""Collects what a message says beside its need: when, where, which service, who, which door, code, phone and number."""

from dataclasses import dataclass
from datetime import datetime

from bot.nlu import codes, places, times
from bot.nlu.numbers import plain
from bot.nlu.services import role_in, service_in
from bot.nlu.times import Moment, Precision


@dataclass(frozen=True, slots=True)
class Heard:
    """The slots in the shape of `weizhan ask --json`; a moment that is over is here and in no slot."""

    slots: dict[str, object]
    moment: Moment | None = None


_NUMBERS = (("number", codes.ticket), ("phone", codes.phone), ("code", codes.pickup_code))


def extract(text: str, now: datetime) -> Heard:
    """Return what the message says; `now` is aware. Never raises, whatever the text."""
    rest = plain(text)
    slots: dict[str, object] = {}
    service, role = service_in(rest), role_in(rest)
    if service:
        slots["service"] = service
    if role:
        slots["role"] = role
    for name, find in _NUMBERS:
        found = find(rest)
        if found:
            slots[name], rest = found.value, _without(rest, found.span)
    place = places.find(rest)
    if place:
        slots["address"], rest = place.as_slot(), _without(rest, place.span)
    door = codes.door(rest)
    if door:
        slots["door"], rest = door.value, _without(rest, door.span)
    moment = times.find(rest, now)
    if moment:
        slots |= _time_slots(moment, now)
    return Heard(slots, moment)


def _time_slots(moment: Moment, now: datetime) -> dict[str, str]:
    """`start` and `end`, each with its hour only where an hour was said."""
    start, end = moment.start, moment.end
    if (end or start).date() < now.date():
        return {}
    if moment.precision is Precision.MINUTE:
        return {"start": start.isoformat()} | ({"end": end.isoformat()} if end else {})
    last = end if end and moment.precision is Precision.DAY else None
    return {"start": start.date().isoformat()} | ({"end": last.date().isoformat()} if last else {})


def _without(text: str, span: tuple[int, int]) -> str:
    """Return the text at the same length, with a mark in the place of what was already read."""
    begin, end = span
    return text[:begin] + "…" * (end - begin) + text[end:]
