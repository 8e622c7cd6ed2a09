"""Which groups there are: taken up, changed, found; and what each kind of group can be asked for at most."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from bot.errors import Refusal
from bot.rules.group.values import Room
from bot.rules.office import Office
from bot.store import group, scope
from bot.store.group import Audience, GroupChat, GroupKind
from bot.store.scope import Scope

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_HOOK = re.compile(r"[A-Za-z0-9_-]{16,80}")
SECRET_BYTES = 32


class GroupNotThere(Refusal):
    """There is no such group, or it is not in use."""


class GroupCodeWrong(Refusal):
    """A code has lower-case letters, digits and hyphens, at most 32."""


class GroupCodeTaken(Refusal):
    """Another group has it."""


class GroupChatTaken(Refusal):
    """Another group is that chat."""


class GroupNameMissing(Refusal):
    """A group needs a name."""


class HookWrong(Refusal):
    """That is not the key of a push robot's address."""


class GroupCannot(Refusal):
    """The platform does not allow that in a group of this kind."""


@dataclass(frozen=True, slots=True)
class Can:
    """What may be done in a group. Limits count messages of ours; 0 per minute where nothing can be written."""

    receive_at: bool
    push: bool
    card: bool
    human_confirm: bool
    per_minute: int
    per_day: int


# Source: docs/groups.md, which names the platform's pages
CAN = {
    GroupKind.MEMBERS_INTERNAL: Can(True, True, True, human_confirm=False, per_minute=30, per_day=1000),
    GroupKind.CUSTOMER: Can(False, True, False, human_confirm=True, per_minute=1, per_day=1),
    GroupKind.WEBHOOK: Can(False, True, True, human_confirm=False, per_minute=20, per_day=1000),
    GroupKind.GATEWAY: Can(True, False, False, human_confirm=False, per_minute=0, per_day=0),
}
CHANNELS = {
    GroupKind.MEMBERS_INTERNAL: "wecom_bot",
    GroupKind.CUSTOMER: "wecom_customers",
    GroupKind.WEBHOOK: "wecom_webhook",
    GroupKind.GATEWAY: "gateway",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A group as somebody describes it; None among what can be done there is what its kind allows."""

    code: str
    name: str
    kind: GroupKind
    audience: Audience
    station_id: UUID | None = None
    area_id: UUID | None = None
    chat_id: str | None = None
    hook: str = field(default="", repr=False)
    can_receive_at: bool | None = None
    can_push: bool | None = None
    can_card: bool | None = None
    per_minute: int | None = None
    per_day: int | None = None


def add(office: Office, draft: Draft) -> GroupChat:
    """Take up a group. Raises the refusals above, but for GroupNotThere."""
    if not _CODE.fullmatch(draft.code):
        raise GroupCodeWrong
    if group.coded(office.session, draft.code) is not None:
        raise GroupCodeTaken
    if draft.kind is GroupKind.WEBHOOK and not draft.hook:
        raise HookWrong
    row = GroupChat(
        code=draft.code,
        name=draft.name,
        kind=draft.kind.value,
        audience=draft.audience.value,
        channel=CHANNELS[draft.kind],
        per_minute=0,
        per_day=0,
        created_at=office.now,
    )
    if draft.kind is GroupKind.GATEWAY:
        row.chat_id = str(row.id)
    _describe(office, row, draft)
    group.add(office.session, row)
    return row


def edit(office: Office, row: GroupChat, draft: Draft) -> None:
    """Change a group; its code and kind stay, a key that is not said stays too. Raises as `add`."""
    _describe(office, row, replace(draft, kind=GroupKind(row.kind)))
    office.session.flush()


def deactivate(office: Office, row: GroupChat) -> None:
    """Nothing is written or answered there any more, and what opened it is forgotten."""
    row.active, row.hook, row.secret, row.chat_id = False, None, None, None
    row.code = f"{row.code[:20]}~{row.id.hex[-8:]}"  # so that the code is free again
    office.session.flush()


def new_secret(office: Office, row: GroupChat) -> str:
    """A gateway's secret, the only time it can be read; an older one is worthless from now on. Raises GroupCannot."""
    if row.kind != GroupKind.GATEWAY:
        raise GroupCannot
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row.secret = office.seal.close(secret)
    return secret


def bind(office: Office, group_id: UUID, chat_id: str) -> None:
    """The channel's name of the group is known now. Raises GroupNotThere, GroupChatTaken."""
    row = group.chat(office.session, group_id)
    if row is None or not row.active:
        raise GroupNotThere
    _name(office, row, chat_id)


def register(office: Office, channel: str, chat: str, code: str) -> GroupChat:
    """Somebody says in a chat which group it is; a group that is another chat already stays that one.

    Raises GroupNotThere, GroupChatTaken.
    """
    row = group.coded(office.session, code)
    if row is None or not row.active or row.channel != channel:
        raise GroupNotThere
    if row.chat_id is not None and row.chat_id != chat:
        raise GroupChatTaken
    _name(office, row, chat)
    return row


def in_chat(office: Office, channel: str, chat_id: str) -> GroupChat | None:
    """The group in use that a channel knows by that name."""
    found = group.named(office.session, channel, chat_id)
    return found if found is not None and found.active else None


def reaching(
    office: Office, audience: Audience, *, station_id: UUID | None = None, area_id: UUID | None = None
) -> Sequence[GroupChat]:
    """The groups of these readers that may be written to, of a station's or an area's surroundings."""
    if station_id is not None and area_id is None:
        area_id = group.area_of(office.session, station_id)
    areas = scope.areas_above(office.session, area_id) if area_id else frozenset()
    return group.reaching(office.session, audience.value, areas, [station_id] if station_id else [])


def of(office: Office, sight: Scope, group_id: UUID) -> GroupChat:
    """The group, if they may see it. Raises GroupNotThere."""
    found = group.within(office.session, sight, group_id)
    if found is None:
        raise GroupNotThere
    return found


def room(office: Office, row: GroupChat) -> Room:
    """The group as whoever writes into it needs it."""
    return Room(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=GroupKind(row.kind),
        audience=Audience(row.audience),
        channel=row.channel,
        chat_id=row.chat_id,
        can_card=row.can_card,
        needs_human_confirm=row.needs_human_confirm,
        hook=office.seal.open(row.hook) if row.hook else "",
    )


def _describe(office: Office, row: GroupChat, draft: Draft) -> None:
    if not draft.name.strip():
        raise GroupNameMissing
    at_most = CAN[draft.kind]
    row.name, row.audience = draft.name.strip()[:80], draft.audience.value
    row.station_id, row.area_id = draft.station_id, draft.area_id
    row.can_receive_at = _within(draft.can_receive_at, at_most.receive_at)
    row.can_push = _within(draft.can_push, at_most.push)
    row.can_card = _within(draft.can_card, at_most.card)
    row.needs_human_confirm = at_most.human_confirm
    row.per_minute = _fewer(draft.per_minute, at_most.per_minute)
    row.per_day = _fewer(draft.per_day, at_most.per_day)
    if draft.chat_id:
        _name(office, row, draft.chat_id.strip())
    if draft.hook:
        row.hook, row.trouble = office.seal.close(hook_in(draft)), ""


def hook_in(draft: Draft) -> str:
    """The key in what was pasted: the whole address of the robot, or the key alone. Raises HookWrong, GroupCannot."""
    if draft.kind is not GroupKind.WEBHOOK:
        raise GroupCannot
    key = draft.hook.strip().rpartition("key=")[2].partition("&")[0]
    if not _HOOK.fullmatch(key):
        raise HookWrong
    return key


def _within(wanted: bool | None, allowed: bool) -> bool:
    """What somebody wants, where the platform can do it. Raises GroupCannot."""
    if wanted and not allowed:
        raise GroupCannot
    return allowed if wanted is None else wanted


def _fewer(wanted: int | None, allowed: int) -> int:
    if wanted is not None and not 0 <= wanted <= allowed:
        raise GroupCannot
    return allowed if wanted is None else wanted


def _name(office: Office, row: GroupChat, chat_id: str) -> None:
    taken = group.named(office.session, row.channel, chat_id)
    if taken is not None and taken.id != row.id:
        raise GroupChatTaken
    row.trouble = row.trouble if row.chat_id == chat_id else ""
    row.chat_id = chat_id
