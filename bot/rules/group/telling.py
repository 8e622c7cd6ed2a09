"""What the staff hear of a group: a post that waits for a tap, a group closed to us, danger somebody cried out."""

from collections.abc import Mapping
from uuid import UUID

from bot.rules import post
from bot.rules.office import Office
from bot.store import group, outbox
from bot.store.group import GroupChat, GroupPost

WAITS, TROUBLE, DANGER = "group_waits", "group_trouble", "group_danger"


def tell_what_waits(office: Office, row: GroupPost) -> int:
    """Somebody has to let it go, or to look whether it arrived; returns how many accounts hear of it."""
    chat = group.chat(office.session, row.group_id)
    return _tell(office, chat, WAITS, {"state": row.state}) if chat is not None else 0


def tell_of_trouble(office: Office, chat: GroupChat) -> int:
    """Nothing can be written in the group until somebody mends it."""
    return _tell(office, chat, TROUBLE, {"kind": chat.kind})


def tell_of_danger(office: Office, chat: GroupChat | None, danger: str) -> int:
    """Somebody in the group speaks of danger to life: the grid workers of its area hear of it, too."""
    at = office.now.astimezone(office.zone).isoformat()
    return _tell(office, chat, DANGER, {"danger": danger, "at": at}, grids=True)


def _tell(
    office: Office, chat: GroupChat | None, kind: str, facts: Mapping[str, object], *, grids: bool = False
) -> int:
    told = 0
    name = {"group": chat.name if chat else ""}
    for person_id in _people(office, chat, grids=grids):
        outbox.put(
            office.session,
            resident_id=person_id,
            channel=post.WECOM,
            kind=kind,
            facts=office.seal.close_json({**name, **facts}),
            now=office.now,
            due_at=office.now,
        )
        told += 1
    return told


def _people(office: Office, chat: GroupChat | None, *, grids: bool) -> list[UUID]:
    """Whoever looks after the group and is in WeCom."""
    station_id, area_id = (chat.station_id, chat.area_id) if chat else (None, None)
    if station_id is not None and area_id is None:
        area_id = group.area_of(office.session, station_id)
    accounts = group.keepers(office.session, station_id=station_id, area_id=area_id, grids=grids)
    found = (post.person_of(office, one) for one in accounts)
    return [person for person in found if person is not None]
