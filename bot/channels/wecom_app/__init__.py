"""The staff app's callback in WeCom: encrypted XML in, the same out. Source: docs/wecom.md, "What is exchanged"."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.channels import Rejected
from bot.channels.envelope import Envelope
from bot.channels.signed import check_moment, signature
from bot.channels.wecom_app.incoming import CARD_EVENT, Incoming, to_incoming
from bot.channels.wecom_app.outgoing import reply_xml
from bot.channels.xml import cipher_of, read_xml
from bot.messages import Message, Reply
from bot.rules.post import WECOM

NAME = WECOM
NOTHING = b""

__all__ = ["CARD_EVENT", "NAME", "NOTHING", "Delivery", "StaffApp"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One push of WeCom: the message, and what is needed to answer in kind."""

    message: Message
    incoming: Incoming

    @property
    def later(self) -> bool:
        """Whether the answer goes as a message of its own: beside a tap there is no room for words."""
        return bool(self.incoming.task_id)


class StaffApp:
    """Reads and writes for one app of one corporation."""

    acknowledgement = NOTHING

    def __init__(self, *, token: str, corp_id: str, agent_id: str, aes_key: str) -> None:
        self._token = token
        self._corp_id = corp_id
        self._agent_id = agent_id
        self._envelope = Envelope(aes_key, token=token, app_id=corp_id)

    def verify(self, query: Mapping[str, str], now: datetime) -> str:
        """The clear echo for WeCom's check of our address. Raises Rejected."""
        return self._opened(query.get("echostr", ""), query, now).decode()

    def read(self, body: bytes, query: Mapping[str, str], now: datetime) -> Delivery:
        """The message in a push. Raises Rejected for whatever is malformed or not from WeCom."""
        incoming = to_incoming(read_xml(self._opened(cipher_of(body), query, now)))
        if incoming.corp != self._corp_id or incoming.agent not in ("", self._agent_id):
            raise Rejected(403, "for another app")
        return Delivery(incoming.message(NAME), incoming)

    def write(self, delivery: Delivery, reply: Reply) -> bytes:
        """The reply as WeCom wants it: the same bytes for every delivery of the same message."""
        if not reply.text or delivery.later:
            return NOTHING
        return self._envelope.close(reply_xml(reply, to=delivery.incoming), delivery.incoming.created)

    def _opened(self, cipher: str, query: Mapping[str, str], now: datetime) -> bytes:
        signed = signature(self._token, query.get("timestamp", ""), query.get("nonce", ""), cipher)
        if not self._token or not hmac.compare_digest(signed, query.get("msg_signature", "").encode()):
            raise Rejected(403, "wrong signature")
        check_moment(query, now)
        clear = self._envelope.open(cipher)
        if clear is None:
            raise Rejected(403, "cannot be decrypted")
        return clear
