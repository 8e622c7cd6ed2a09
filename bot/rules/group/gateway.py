"""What a gateway hands in from a group of the operator's own: proven to be theirs, fresh, and the same message once."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.rules.office import Office
from bot.store import api_answer, group
from bot.store.group import GroupChat, GroupKind

WINDOW = timedelta(minutes=5)  # how old a request may be, or ahead of us
VERSION = "v1="


class NotProven(Refusal):
    """The signature is not the group's, or the moment it was made at is too far from now."""


class MessageReused(Refusal):
    """The id of a message came before, with other words."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came with the request: seconds since 1970, and `v1=` with the HMAC-SHA256 of `TIMESTAMP.BODY`."""

    timestamp: str
    signature: str


def signed(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a body made at that moment."""
    return VERSION + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def gateway(office: Office, group_id: UUID) -> GroupChat | None:
    """The group in use that a gateway speaks for."""
    found = group.chat(office.session, group_id)
    usable = found is not None and found.active and found.kind == GroupKind.GATEWAY and found.secret is not None
    return found if usable else None


def prove(office: Office, row: GroupChat, proof: Proof, body: bytes) -> None:
    """Raises NotProven."""
    known = proof.timestamp.isascii() and proof.timestamp.isdigit() and len(proof.timestamp) <= 12
    secret = office.seal.open(row.secret) if row.secret else ""
    right = signed(secret, proof.timestamp, body)
    if not known or not hmac.compare_digest(right.encode(), proof.signature.encode("utf-8", "surrogateescape")):
        raise NotProven
    if abs(office.now.timestamp() - int(proof.timestamp)) > WINDOW.total_seconds():
        raise NotProven


def once(office: Office, row: GroupChat, message_id: str, body: bytes) -> str:
    """The same id is the same message: what was answered, "" while it was not. Raises MessageReused for other words."""
    caller, print_ = _caller(office, row.id), hashlib.sha256(body).hexdigest()
    if api_answer.claim(office.session, caller=caller, key=message_id, request=print_, now=office.now):
        return ""
    before = api_answer.kept(office.session, caller=caller, key=message_id)
    if before is None or before.request != print_:
        raise MessageReused
    return office.seal.open(before.body) if before.body else ""


def answered(office: Office, group_id: UUID, message_id: str, said: str) -> None:
    """Keep what was answered, links and all, for a retry."""
    caller = _caller(office, group_id)
    api_answer.keep(office.session, caller=caller, key=message_id, status=200, body=office.seal.close(said))


def _caller(office: Office, group_id: UUID) -> str:
    return office.seal.keyed_hash(f"group {group_id}", "api callers")
