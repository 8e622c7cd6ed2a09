"""From a group into private: what was said travels behind a link that is good once, so that nobody says it twice."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.rules.office import Office
from bot.store import group
from bot.store.group import Carried

PURPOSE = "carry"  # the scene of the code is `carry-TOKEN`
LASTS = timedelta(hours=24)
RANDOM_BYTES = 20


class CarriedUnknown(Refusal):
    """Nobody made this link, or what it led to is forgotten."""


class CarriedOver(Refusal):
    """It was to be used earlier."""


class CarriedUsed(Refusal):
    """It is good once."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, what it was about (a target, "" where nobody knew), and in which group."""

    id: UUID
    words: str
    about: str
    group: str
    code: str
    until: datetime


def carry(office: Office, resident_id: UUID, words: str, *, about: str = "", group_id: UUID | None = None) -> str:
    """Keep what a person said in a group for a day; returns the link's token."""
    token = secrets.token_hex(RANDOM_BYTES)
    row = Carried(
        digest=_digest(office, token),
        resident_id=resident_id,
        group_id=group_id,
        content=office.seal.close_json({"words": words, "about": about}),
        made_at=office.now,
        expires_at=office.now + LASTS,
    )
    group.add(office.session, row)
    return token


def said(office: Office, token: str) -> Said:
    """What the link carries, without using it up. Raises CarriedUnknown, CarriedOver, CarriedUsed."""
    row = group.carried(office.session, _digest(office, token))
    if row is None:
        raise CarriedUnknown
    if row.used_at is not None:
        raise CarriedUsed
    if row.expires_at <= office.now:
        raise CarriedOver
    content: Mapping[str, object] = office.seal.open_json(row.content)
    where = group.chat(office.session, row.group_id) if row.group_id else None
    name = where.name if where else ""
    return Said(row.id, str(content["words"]), str(content["about"]), name, row.code, row.expires_at)


def take(office: Office, scene: str) -> Said:
    """What `carry-TOKEN` carries, used up with it. Raises as `said`; of two at once one is refused."""
    found = said(office, scene.partition("-")[2])
    if not group.use_carried(office.session, found.id, office.now):
        raise CarriedUsed
    return found


def scene_of(token: str) -> str:
    """The scene of the code that stands for the link."""
    return f"{PURPOSE}-{token}"


def keep_code(office: Office, token: str, address: str) -> None:
    """Where the platform's code for the link is to be seen."""
    row = group.carried(office.session, _digest(office, token))
    if row is not None:
        row.code = address


def _digest(office: Office, token: str) -> str:
    return office.seal.keyed_hash(token, "carried out of a group")
