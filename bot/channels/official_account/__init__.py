"""The official account's webhook: signed, perhaps encrypted XML in, the same out. Source: docs/wechat.md §1."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.channels import Rejected
from bot.channels.envelope import Envelope
from bot.channels.official_account.incoming import Incoming, to_incoming
from bot.channels.official_account.outgoing import reply_xml
from bot.channels.signed import check_moment, signature
from bot.channels.xml import cipher_of, read_xml
from bot.messages import Message, Reply

NAME = "official_account"
SUCCESS = b"success"

__all__ = ["NAME", "SUCCESS", "Delivery", "OfficialAccount"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One push of the platform: the message, and what is needed to answer in kind."""

    message: Message
    incoming: Incoming
    envelope: Envelope | None
    later: bool = False


class OfficialAccount:
    """Reads and writes for one account; `aes_keys` are the current and the previous key, none in plain mode."""

    acknowledgement = SUCCESS

    def __init__(self, *, token: str, app_id: str, aes_keys: tuple[str, ...] = ()) -> None:
        self._token = token
        self._envelopes = tuple(Envelope(key, token=token, app_id=app_id) for key in aes_keys if key)

    def verify(self, query: Mapping[str, str], now: datetime) -> str:
        """The echo for the platform's check of our address. Raises Rejected."""
        self._check(query, now)
        return query.get("echostr", "")

    def read(self, body: bytes, query: Mapping[str, str], now: datetime) -> Delivery:
        """The message in a push. Raises Rejected for whatever is malformed or not from the platform."""
        self._check(query, now)
        if not self._envelopes:
            incoming = to_incoming(read_xml(body))
            return Delivery(incoming.message(NAME), incoming, None)
        if query.get("encrypt_type") != "aes":
            raise Rejected(403, "not encrypted although an AES key is set")
        envelope, clear = self._opened(cipher_of(body), query)
        incoming = to_incoming(read_xml(clear))
        return Delivery(incoming.message(NAME), incoming, envelope)

    def write(self, delivery: Delivery, reply: Reply) -> bytes:
        """The reply as the platform wants it: the same bytes for every delivery of the same message."""
        if not reply.text:
            return SUCCESS
        clear = reply_xml(reply, to=delivery.incoming)
        if delivery.envelope is None:
            return clear
        return delivery.envelope.close(clear, delivery.incoming.created)

    def _check(self, query: Mapping[str, str], now: datetime) -> None:
        signed = signature(self._token, query.get("timestamp", ""), query.get("nonce", ""))
        if not self._token or not hmac.compare_digest(signed, query.get("signature", "").encode()):
            raise Rejected(403, "wrong signature")
        check_moment(query, now)

    def _opened(self, cipher: str, query: Mapping[str, str]) -> tuple[Envelope, bytes]:
        signed = signature(self._token, query.get("timestamp", ""), query.get("nonce", ""), cipher)
        if not hmac.compare_digest(signed, query.get("msg_signature", "").encode()):
            raise Rejected(403, "wrong message signature")
        for envelope in self._envelopes:
            clear = envelope.open(cipher)
            if clear is not None:
                return envelope, clear
        raise Rejected(403, "cannot be decrypted")
