"""Signatures and the message encryption of the platform, written anew so that it also checks the product's own."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK_BITS = 32 * 8  # the platform pads to 32 bytes, not to the 16 of AES
RANDOM_BYTES = 16
LENGTH_BYTES = 4


class Undecryptable(Exception):
    """The ciphertext is not one made with this key for this account."""


def signature(*parts: str) -> str:
    """SHA-1 of the sorted parts: token, timestamp, nonce, and for msg_signature the ciphertext too."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def encrypt(text: str, aes_key: str, app_id: str) -> str:
    """Base64 of AES-256-CBC over 16 random bytes, the length, the text and the app id."""
    message = text.encode()
    plain = secrets.token_bytes(RANDOM_BYTES) + len(message).to_bytes(LENGTH_BYTES) + message + app_id.encode()
    padder = padding.PKCS7(BLOCK_BITS).padder()
    padded = padder.update(plain) + padder.finalize()
    encryptor = _cipher(aes_key).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def decrypt(ciphertext: str, aes_key: str, app_id: str) -> str:
    """The text inside. Raises Undecryptable for a wrong key, padding, length, app id or character set."""
    try:
        raw = base64.b64decode(ciphertext, validate=True)
        decryptor = _cipher(aes_key).decryptor()
        padded = decryptor.update(raw) + decryptor.finalize()
        unpadder = padding.PKCS7(BLOCK_BITS).unpadder()
        plain = unpadder.update(padded) + unpadder.finalize()
        return _unwrap(plain, app_id)
    except (ValueError, binascii.Error) as error:
        raise Undecryptable(str(error) or "not a ciphertext of this key") from error


def _unwrap(plain: bytes, app_id: str) -> str:
    head = RANDOM_BYTES + LENGTH_BYTES
    if len(plain) < head:
        raise Undecryptable("shorter than its own head")
    end = head + int.from_bytes(plain[RANDOM_BYTES:head])
    if plain[end:] != app_id.encode():
        raise Undecryptable("made for another app id")
    return plain[head:end].decode()


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(aes_key + "=")
    return Cipher(algorithms.AES256(key), modes.CBC(key[:16]))
