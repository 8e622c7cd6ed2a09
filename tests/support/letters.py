"""Deliveries as the platform signs and seals them, made with the simulator's own encryption and not with ours."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

from bot.channels.official_account import OfficialAccount
from bot.messages import Message
from bot.settings import Settings
from bot.simulator import crypto, wire
from tests.support.town import SUNDAY_MORNING

TOKEN = "tokenofthetests"
APP_ID = "wx0000000000000000"
ACCOUNT_ID = "gh_000000000000"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OLD_KEY = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba"
GRANNY = "oAAAAAAAAAAAAAAAAAAAAAAAAAAA"
PARENT = "oBBBBBBBBBBBBBBBBBBBBBBBBBBB"
RECORDED = Path(__file__).parent.parent / "recorded"


@dataclass(frozen=True, slots=True)
class Letter:
    """One delivery: what stands in the address and what in the body."""

    query: Mapping[str, str]
    body: bytes

    def with_query(self, **changed: str) -> "Letter":
        return replace(self, query={**self.query, **changed})

    def with_body(self, body: bytes) -> "Letter":
        return replace(self, body=body)


def account(*aes_keys: str) -> OfficialAccount:
    """The account as the product reads it; without a key in plain mode."""
    return OfficialAccount(token=TOKEN, app_id=APP_ID, aes_keys=aes_keys)


def read(letter: Letter, *aes_keys: str) -> Message:
    """The message in a delivery. Raises Rejected."""
    return account(*aes_keys).read(letter.body, letter.query, SUNDAY_MORNING).message


def recorded(name: str) -> bytes:
    """A payload of the platform's, from the file of that name."""
    return (RECORDED / f"{name}.xml").read_bytes()


def text_xml(text: str, *, sender: str = GRANNY, msg_id: int = 7, created: datetime = SUNDAY_MORNING) -> bytes:
    """A text message in clear."""
    fields: dict[str, wire.XmlValue] = {
        "ToUserName": ACCOUNT_ID,
        "FromUserName": sender,
        "CreateTime": int(created.timestamp()),
        "MsgType": "text",
        "Content": text,
        "MsgId": msg_id,
    }
    return wire.write(fields).encode()


def plain(clear: bytes, *, at: datetime = SUNDAY_MORNING, nonce: str = "1", token: str = TOKEN) -> Letter:
    """The delivery of a clear payload in plain mode."""
    stamp = str(int(at.timestamp()))
    signed = crypto.signature(token, stamp, nonce)
    return Letter({"signature": signed, "timestamp": stamp, "nonce": nonce, "openid": GRANNY}, clear)


def sealed(
    clear: bytes,
    *,
    at: datetime = SUNDAY_MORNING,
    nonce: str = "1",
    token: str = TOKEN,
    key: str = KEY,
    app_id: str = APP_ID,
    compat: bool = False,
) -> Letter:
    """The delivery of a clear payload in secure mode, or in compat mode, where it also stands in clear."""
    cipher = crypto.encrypt(clear.decode(), key, app_id)
    shown = f"<ToUserName><![CDATA[{ACCOUNT_ID}]]></ToUserName>"
    if compat:
        shown = clear.decode().strip().removeprefix("<xml>").removesuffix("</xml>")
    body = f"<xml>{shown}<Encrypt><![CDATA[{cipher}]]></Encrypt></xml>"
    return enclosed(body.encode(), cipher, at=at, nonce=nonce, token=token)


def enclosed(
    body: bytes, cipher: str, *, at: datetime = SUNDAY_MORNING, nonce: str = "1", token: str = TOKEN
) -> Letter:
    """Any body with the address that secure mode gives to this ciphertext."""
    letter = plain(body, at=at, nonce=nonce, token=token)
    signed = crypto.signature(token, letter.query["timestamp"], nonce, cipher)
    return letter.with_query(encrypt_type="aes", msg_signature=signed)


def opened(reply: bytes, *, key: str = KEY) -> bytes:
    """The clear XML in a secure reply, its signature checked."""
    root = wire.read(reply.decode())
    cipher, stamp, nonce = (wire.content(root, name) for name in ("Encrypt", "TimeStamp", "Nonce"))
    assert wire.content(root, "MsgSignature") == crypto.signature(TOKEN, stamp, nonce, cipher)
    return crypto.decrypt(cipher, key, APP_ID).encode()


def fields(clear: bytes) -> dict[str, str]:
    """The elements of a clear reply with their texts."""
    return {child.tag: child.text or "" for child in ElementTree.fromstring(clear)}  # noqa: S314 - our own reply


def settings(database_url: str, **changed: object) -> Settings:
    """Settings of an account in secure mode; nothing comes from the environment's file."""
    chosen: dict[str, object] = {
        "database_url": database_url,
        "secret_key": "a secret of the tests, long enough to be one",
        "wechat_token": TOKEN,
        "wechat_app_id": APP_ID,
        "wechat_app_secret": "0" * 32,
        "wechat_aes_key": KEY,
        "wechat_api_base": "http://127.0.0.1:9",
    }
    return Settings(_env_file=None, **{**chosen, **changed})  # type: ignore[arg-type,call-arg]
