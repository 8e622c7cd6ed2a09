"""Personal data: sealed where it is stored, masked where it is shown or logged."""

import hashlib
import hmac
import json
import os
import re
from collections.abc import Mapping
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import OperatorError

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_DIGITS = re.compile(r"\d{4,}")
_OPENID = re.compile(r"(?<![\w-])o[\w-]{27}(?![\w-])", re.ASCII)
_ROOM = re.compile(r"\d+\s*(栋|幢|号楼|单元)\s*(\d+\s*单元)?\s*\d*|\d+-\d+-\d+")

_LETTERS = str.maketrans("0123456789", "ghijklmnop")


class Seal:
    """Encrypts what the database may not read. AES-256-GCM under a key drawn from WEIZHAN_SECRET_KEY."""

    def __init__(self, secret_key: str) -> None:
        self._secret = secret_key.encode()

    @cached_property
    def _box(self) -> AESGCM:
        return AESGCM(self.key("personal data"))

    def key(self, purpose: str) -> bytes:
        """32 bytes for one purpose, drawn from the secret."""
        return HKDF(algorithm=SHA256(), length=32, salt=b"weizhan", info=purpose.encode()).derive(self._secret)

    def close(self, text: str) -> bytes:
        """Sealed form of the text; different at each call."""
        return self.close_bytes(text.encode())

    def open(self, sealed: bytes) -> str:
        """Raises OperatorError when it was sealed with another key."""
        return self.open_bytes(sealed).decode()

    def close_bytes(self, data: bytes) -> bytes:
        """Sealed form of what is no text, such as a picture."""
        nonce = os.urandom(12)
        return nonce + self._box.encrypt(nonce, data, None)

    def open_bytes(self, sealed: bytes) -> bytes:
        """Raises OperatorError when it was sealed with another key."""
        try:
            return self._box.decrypt(sealed[:12], sealed[12:], None)
        except InvalidTag as error:
            raise OperatorError(
                "WEIZHAN_SECRET_KEY is not the one this database was written with; put the old one back"
            ) from error

    def keyed_hash(self, data: str | bytes, purpose: str) -> str:
        """64 characters by which the same is found again, and that tell nothing without the secret."""
        raw = data.encode() if isinstance(data, str) else data
        return hmac.new(self.key(purpose), raw, hashlib.sha256).hexdigest()

    def close_json(self, value: Mapping[str, object]) -> bytes:
        """Sealed form of a JSON object."""
        return self.close(_ENCODE(value))

    def open_json(self, sealed: bytes) -> dict[str, object]:
        """The object that `close_json` sealed."""
        value: dict[str, object] = json.loads(self.open(sealed))
        return value


def masked(text: str) -> str:
    """The text without what points to a person: long numbers, openids, doors.

    >>> masked("我是13800000000，3栋2单元501")
    '我是138****00，*栋*'
    """
    text = _OPENID.sub(lambda m: m[0][:4] + "…", text)
    text = _ROOM.sub(lambda m: "*" + (m[1] or "-") + "*", text)
    return _DIGITS.sub(lambda m: masked_number(m[0]), text)


def masked_number(number: str) -> str:
    """A phone number or code with its middle hidden."""
    return number[:3] + "****" + number[-2:] if len(number) >= 7 else "*" * len(number)


def fingerprint(sender: str) -> str:
    """A short name for a person in logs, the same each time; letters only, as digits are masked."""
    return hashlib.sha256(sender.encode()).hexdigest()[:8].translate(_LETTERS)
