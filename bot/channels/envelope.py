"""The platforms' encryption, with the platform's own library and our own checks. Source: docs/wechat.md §1."""

import hashlib
import hmac
import json
from base64 import b64decode

from wechatpy.crypto import PrpCrypto

_REPLY = (  # none of the four can hold a bracket
    "<xml><Encrypt><![CDATA[{}]]></Encrypt><MsgSignature><![CDATA[{}]]></MsgSignature>"
    "<TimeStamp>{}</TimeStamp><Nonce><![CDATA[{}]]></Nonce></xml>"
)


class _Crypto(PrpCrypto):  # type: ignore[misc]
    """PrpCrypto whose 16 leading bytes are given, so that a retry gets the same bytes."""

    def close(self, text: bytes, app_id: str, prefix: bytes) -> str:
        self._prefix = prefix
        return str(self.encrypt(text, app_id), "ascii")

    def get_random_string(self) -> bytes:
        return self._prefix


class Envelope:
    """Opens and closes messages with one EncodingAESKey."""

    def __init__(self, aes_key: str, *, token: str, app_id: str) -> None:
        self._key = b64decode(aes_key + "=")
        self._crypto = _Crypto(self._key)
        self._token = token
        self._app_id = app_id

    def open(self, cipher: str) -> bytes | None:
        """The clear XML, or None when this key does not open it or it is not for our account."""
        try:
            return str(self._crypto.decrypt(cipher, self._app_id)).encode()
        except Exception:  # the library raises whatever bad ciphertext happens to cause
            return None

    def close(self, clear: bytes, created: int) -> bytes:
        """The reply's envelope; what is elsewhere left to chance is drawn from text and key."""
        drawn = hmac.digest(self._key, clear, "sha256")
        cipher = self._crypto.close(clear, self._app_id, drawn[:16])
        timestamp, nonce = str(created), drawn[16:24].hex()
        return _REPLY.format(cipher, self._signed(timestamp, nonce, cipher), timestamp, nonce).encode()

    def close_json(self, clear: bytes, timestamp: str, nonce: str) -> bytes:
        """The reply's envelope where the platform speaks JSON; time and nonce are the request's own."""
        prefix = hmac.digest(self._key, clear, "sha256")[:16]
        cipher = self._crypto.close(clear, self._app_id, prefix)
        signed = self._signed(timestamp, nonce, cipher)
        body = {"encrypt": cipher, "msgsignature": signed, "timestamp": int(timestamp), "nonce": nonce}
        return json.dumps(body).encode()

    def _signed(self, timestamp: str, nonce: str, cipher: str) -> str:
        parts = "".join(sorted((self._token, timestamp, nonce, cipher)))
        return hashlib.sha1(parts.encode(), usedforsecurity=False).hexdigest()
