"""The forms of a group, and the place it belongs to."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.store import forwarding, station
from bot.store.group import Audience, GroupChat, GroupKind
from bot.store.place import area
from bot.store.station import Station
from bot.web.console.form import Form
from bot.web.console.page import Visit
from bot.wording import groups as say


class Terms(BaseModel):
    """What can be changed of a group."""

    name: str = About(title=say.NAME, description=say.NAME_HINT, min_length=2, max_length=80)
    audience: Audience = About(title=say.AUDIENCE)
    within: str = About(default="", title=say.WITHIN, description=say.WITHIN_HINT, max_length=100)
    chat: str = About(default="", title=say.CHAT, description=say.CHAT_HINT, max_length=128)
    hook: str = About(default="", title=say.HOOK, description=say.HOOK_HINT, max_length=300)


class Allowed(Terms):
    """The same with what may be done there, never more than the platform allows."""

    receives: bool = About(default=False, title=say.RECEIVES)
    pushes: bool = About(default=False, title=say.PUSHES)
    cards: bool = About(default=False, title=say.CARDS)
    per_minute: int = About(default=0, title=say.A_MINUTE, ge=0, le=1000)
    per_day: int = About(default=0, title=say.A_DAY, ge=0, le=100_000)


class Naming(BaseModel):
    """What stays of it."""

    code: str = About(title=say.CODE, description=say.CODE_HINT, max_length=32)
    kind: GroupKind = About(title=say.KIND)


class New(Terms, Naming):
    """A new group."""


_AUDIENCES = [(one.value, label) for one, label in say.AUDIENCES.items()]
_CHOICES = {"audience": _AUDIENCES, "kind": [(one.value, label) for one, label in say.KINDS.items()]}
_KINDS = {"hook": "password", "chat": "text", "within": "text"}
ADD = Form(New, choices=_CHOICES, kinds=_KINDS)
TERMS = Form(Allowed, choices={"audience": _AUDIENCES}, kinds=_KINDS)


def place(visit: Visit, code: str) -> tuple[UUID | None, UUID | None, str]:
    """The counter or the community of that code, where it is theirs; else the reason why not."""
    if not code:
        return None, None, "" if visit.scope.everything or visit.scope.unplaced else say.BAD_PLACE
    counter = station.row_of(visit.office.session, code)
    area_id = counter.area_id if counter else forwarding.area_coded(visit.office.session, code)
    theirs = visit.scope.everything or area_id in visit.scope.areas
    theirs = theirs or (counter is not None and counter.id in visit.scope.stations)
    if area_id is None or not theirs:
        return None, None, say.BAD_PLACE
    return (counter.id if counter else None), area_id, ""


def _place_of(visit: Visit, row: GroupChat) -> str:
    """The code of the counter or community."""
    session = visit.office.session
    counter = session.get(Station, row.station_id) if row.station_id else None
    if counter is not None:
        return counter.code
    found = area(session, row.area_id) if row.area_id else None
    return found.code if found else ""


def saved(visit: Visit, row: GroupChat) -> Mapping[str, object]:
    return {
        "name": row.name,
        "audience": row.audience,
        "within": _place_of(visit, row),
        "chat": row.chat_id or "",
        "hook": "",
        "receives": row.can_receive_at,
        "pushes": row.can_push,
        "cards": row.can_card,
        "per_minute": row.per_minute,
        "per_day": row.per_day,
    }
