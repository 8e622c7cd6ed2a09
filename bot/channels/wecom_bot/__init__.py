"""The group assistant (智能机器人) in WeCom: encrypted JSON in, the same out. Source: docs/wecom-bot.md."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels import Rejected
from bot.channels.envelope import Envelope
from bot.channels.signed import check_moment, signature
from bot.channels.wecom_bot.incoming import CARD_EVENT, ENTER_EVENT, FEEDBACK_EVENT, NAME, Incoming, to_incoming
from bot.channels.wecom_bot.replays import Seen

STALE_SECONDS = 300
NOTHING = b""

__all__ = [
    "CARD_EVENT",
    "ENTER_EVENT",
    "FEEDBACK_EVENT",
    "NAME",
    "NOTHING",
    "Delivery",
    "GroupAssistant",
    "Incoming",
]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One push of WeCom, and what its answer has to repeat."""

    incoming: Incoming
    timestamp: str
    nonce: str


class GroupAssistant:
    """Reads and writes for one bot. The receiver in the clear text is empty: a bot belongs to no app."""

    def __init__(self, *, token: str, aes_key: str, bot_id: str = "", name: str = "") -> None:
        self._token = token
        self._bot_id = bot_id
        self._name = name
        self._envelope = Envelope(aes_key, token=token, app_id="")
        self._seen = Seen()

    def verify(self, query: Mapping[str, str], now: datetime) -> str:
        """The clear echo for WeCom's check of our address. Raises Rejected."""
        return self._opened(query.get("echostr", ""), query, now).decode()

    def read(self, body: bytes, query: Mapping[str, str], now: datetime) -> Delivery:
        """What a push says. Raises Rejected for whatever is malformed, too old, repeated or not from WeCom."""
        clear = self._opened(_cipher(body), query, now)
        self._seen.check(query.get("msg_signature", ""), now)
        incoming = to_incoming(_json(clear), received=now, bot=self._bot_id, name=self._name)
        return Delivery(incoming, query.get("timestamp", ""), query.get("nonce", ""))

    def write(self, delivery: Delivery, body: Mapping[str, Any] | None) -> bytes:
        """The answer as WeCom wants it: the same bytes for the same request."""
        if body is None:
            return NOTHING
        clear = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        return self._envelope.close_json(clear, delivery.timestamp, delivery.nonce)

    def _opened(self, cipher: str, query: Mapping[str, str], now: datetime) -> bytes:
        signed = signature(self._token, query.get("timestamp", ""), query.get("nonce", ""), cipher)
        if not self._token or not hmac.compare_digest(signed, query.get("msg_signature", "").encode()):
            raise Rejected(403, "wrong signature")
        check_moment(query, now, STALE_SECONDS)
        clear = self._envelope.open(cipher)
        if clear is None:
            raise Rejected(403, "cannot be decrypted")
        return clear


def _cipher(body: bytes) -> str:
    """What stands in `encrypt`. Raises Rejected(400) for a body that is no such JSON."""
    found = _json(body)
    cipher = found.get("encrypt") if isinstance(found, dict) else None
    if not isinstance(cipher, str) or not cipher:
        raise Rejected(400, "no encrypt")
    return cipher


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Rejected(400, "not JSON") from error
