"""Other systems: who calls, for whom, and the same answer for the same key."""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from bot.errors import Refusal
from bot.rules import link
from bot.rules.forwarding.destinations import digest
from bot.rules.link import LinkNotOurs, LinkOver, Purpose
from bot.rules.office import Office
from bot.store import api_answer, forwarding, resident


class KeyReused(Refusal):
    """The same Idempotency-Key came with another request."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A client with its key, or one that holds a resident's token. `name` is the same each time, and no secret."""

    name: str
    client_id: UUID | None = None
    resident_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered under this key before."""

    status: int
    body: bytes


def caller(office: Office, secret: str) -> Caller | None:
    """Whose key or token that is; None for neither."""
    client = forwarding.key(office.session, digest(office.seal, secret))
    if client is not None and client.may_post:
        return Caller(f"client {client.id}", client_id=client.id)
    try:
        named = link.read(office.seal, Purpose.API, secret, office.now)
    except (LinkOver, LinkNotOurs):
        return None
    if not resident.is_known(office.session, named.resident_id):
        return None
    return Caller(f"resident {named.resident_id}", resident_id=named.resident_id)


def token_for(office: Office, *, channel: str, sender: str) -> str:
    """A token for the person of that name in a channel, who is registered where they are new."""
    person = resident.person(office.session, channel=channel, sender=sender)
    if person is None:
        person = resident.register(office.session, channel=channel, sender=sender, now=office.now)
    return link.sign(office.seal, Purpose.API, person, office.now)


def begin(office: Office, who: Caller, key: str, request: bytes) -> Before | None:
    """Claim a key for a request; what was answered where it was claimed before. Raises KeyReused."""
    mine, print_ = _hashed(office, who.name), hashlib.sha256(request).hexdigest()
    if api_answer.claim(office.session, caller=mine, key=key, request=print_, now=office.now):
        return None
    before = api_answer.kept(office.session, caller=mine, key=key)
    if before is None or before.request != print_ or before.body is None:
        raise KeyReused
    return Before(before.status, office.seal.open_bytes(before.body))


def done(office: Office, who: Caller, key: str, status: int, body: bytes) -> None:
    """Keep the answer, sealed."""
    sealed = office.seal.close_bytes(body)
    api_answer.keep(office.session, caller=_hashed(office, who.name), key=key, status=status, body=sealed)


def _hashed(office: Office, name: str) -> str:
    return hmac.new(office.seal.key("api callers"), name.encode(), hashlib.sha256).hexdigest()
