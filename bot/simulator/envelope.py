"""Wraps a push for its journey: query, signature, and the body in the account's mode."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from bot.simulator import crypto, wire
from bot.simulator.account import Account, Mode
from bot.simulator.wire import XmlFields


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is sent over HTTP."""

    query: Mapping[str, str]
    body: str


def new_nonce() -> str:
    return str(secrets.randbelow(9_000_000_000) + 1_000_000_000)


def sealed(account: Account, fields: XmlFields, *, openid: str, timestamp: int, nonce: str) -> Envelope:
    """The push in the account's mode, signed with its token."""
    stamp = str(timestamp)
    signed = crypto.signature(account.token, stamp, nonce)
    query = {"signature": signed, "timestamp": stamp, "nonce": nonce, "openid": openid}
    if account.mode is Mode.PLAIN or account.aes_key is None:
        return Envelope(query, wire.write(fields))
    ciphertext = crypto.encrypt(wire.write(fields), account.aes_key, account.app_id)
    query |= {
        "encrypt_type": "aes",
        "msg_signature": crypto.signature(account.token, stamp, nonce, ciphertext),
    }
    if account.mode is Mode.COMPAT:
        return Envelope(query, wire.write({**fields, "Encrypt": ciphertext}))
    return Envelope(query, wire.write({"ToUserName": fields["ToUserName"], "Encrypt": ciphertext}))
