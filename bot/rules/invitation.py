"""Scenes of QR codes that stand for one permission, used once: to be bound, to check in, to be a party member."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.rules.office import Office
from bot.store import invitation
from bot.store.invitation import Invitation

MOST_SCENE = 64  # characters. Source: docs/wechat.md §8
CODE_LASTS = timedelta(days=30)  # of a temporary code at most
RANDOM_BYTES = 20


class UnknownInvitation(Refusal):
    """A scene that we never made, or that is forgotten."""


class InvitationOver(Refusal):
    """It was to be used earlier."""


class InvitationUsed(Refusal):
    """Somebody, perhaps the same person, has used it."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A valid invitation: what it is for, for whom if it is for one person, and what its maker left to know."""

    id: UUID
    scene: str
    resident_id: UUID | None
    payload: Mapping[str, object]


def invite(
    office: Office,
    purpose: str,
    *,
    payload: Mapping[str, object] | None = None,
    resident_id: UUID | None = None,
    lasts: timedelta = CODE_LASTS,
) -> str:
    """Make an invitation; returns the scene for its QR code: `purpose-…`, as `Router.scene` takes it."""
    scene = f"{purpose}-{secrets.token_hex(RANDOM_BYTES)}"
    if len(scene) > MOST_SCENE or "-" in purpose:
        raise ValueError(f"no purpose for a scene: {purpose}")
    row = Invitation(
        scene=scene,
        purpose=purpose,
        payload=office.seal.close_json(payload) if payload else None,
        resident_id=resident_id,
        made_at=office.now,
        expires_at=office.now + lasts,
    )
    office.session.add(row)
    office.session.flush()
    return scene


def valid(office: Office, scene: str, purpose: str) -> Invited:
    """Raises UnknownInvitation, InvitationOver, InvitationUsed."""
    found = invitation.by_scene(office.session, scene)
    if found is None or found.purpose != purpose:
        raise UnknownInvitation
    if found.used_at is not None:
        raise InvitationUsed
    if found.expires_at <= office.now:
        raise InvitationOver
    payload = office.seal.open_json(found.payload) if found.payload else {}
    return Invited(found.id, found.scene, found.resident_id, payload)


def has_used(office: Office, purpose: str, *, by: UUID) -> bool:
    """Whether that person has used an invitation for it that is not forgotten yet."""
    return invitation.has_used(office.session, purpose, by=by)


def use(office: Office, scene: str, purpose: str, *, by: UUID) -> Invited:
    """Use it up. Raises as `valid`; of two at once one is refused."""
    invited = valid(office, scene, purpose)
    if not invitation.use(office.session, invited.id, by=by, now=office.now):
        raise InvitationUsed
    return invited
