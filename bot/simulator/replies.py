"""Judges what a webhook answered, as the platform and the phone would: is it a reply, and what does it show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree

from bot.simulator import crypto, wire
from bot.simulator.account import Account, Mode
from bot.simulator.bubbles import Content
from bot.simulator.exchange import Outcome
from bot.simulator.jsons import JsonValue
from bot.simulator.pushes import Push

TEXT_BYTES = 2048


class BadReply(Exception):
    """The platform does not take this answer."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Reply:
    """A passive reply. `content` is None where the phone shows nothing (a hand-over to the agents' desk)."""

    kind: str
    content: Content | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer comes to."""

    outcome: Outcome
    reply_xml: str | None = None
    reply: Reply | None = None
    detail: str = ""


def judge(account: Account, push: Push, status: int, raw: bytes) -> Verdict:
    """The verdict on a complete HTTP answer."""
    if status != 200:
        return Verdict(Outcome.HTTP_ERROR, detail=f"HTTP {status}")
    if raw == b"":
        return Verdict(Outcome.EMPTY)
    if raw == b"success":
        return Verdict(Outcome.SUCCESS)
    clear: str | None = None
    try:
        clear = _clear_xml(account, raw)
        return Verdict(Outcome.REPLIED, clear, read_reply(clear, account.original_id, push))
    except BadReply as bad:
        return Verdict(bad.outcome, clear, detail=bad.detail)


def _clear_xml(account: Account, raw: bytes) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise BadReply(Outcome.MALFORMED, "not UTF-8") from error
    root = _root(text)
    encrypted = root.find("Encrypt") is not None
    if not encrypted and account.mode is Mode.SECURE:
        raise BadReply(Outcome.MALFORMED, "not encrypted, in secure mode")
    if encrypted and account.mode is Mode.PLAIN:
        raise BadReply(Outcome.MALFORMED, "encrypted, in plain mode")
    return _opened(account, root) if encrypted else text


def _opened(account: Account, root: ElementTree.Element) -> str:
    """What the envelope holds, its signature checked."""
    ciphertext, stamp, nonce = (wire.content(root, name) for name in ("Encrypt", "TimeStamp", "Nonce"))
    if not stamp.isdigit() or not nonce:
        raise BadReply(Outcome.MALFORMED, "the envelope lacks TimeStamp or Nonce")
    if not crypto.same(crypto.signature(account.token, stamp, nonce, ciphertext), wire.content(root, "MsgSignature")):
        raise BadReply(Outcome.BAD_SIGNATURE, "MsgSignature is wrong")
    try:
        return crypto.decrypt(ciphertext, account.aes_key or "", account.app_id)
    except crypto.Undecryptable as error:
        raise BadReply(Outcome.UNDECRYPTABLE, str(error)) from error


def _root(text: str) -> ElementTree.Element:
    try:
        return wire.read(text)
    except ValueError as error:
        raise BadReply(Outcome.MALFORMED, str(error)) from error


def read_reply(clear: str, original_id: str, push: Push) -> Reply:
    """The reply in an XML. Raises BadReply."""
    root = _root(clear)
    if wire.content(root, "ToUserName") != push.person.openid or wire.content(root, "FromUserName") != original_id:
        raise BadReply(Outcome.WRONG_ADDRESS, "ToUserName and FromUserName are not the push's, exchanged")
    if not wire.content(root, "CreateTime").isdigit():
        raise BadReply(Outcome.MALFORMED, "CreateTime is not a number")
    kind = wire.content(root, "MsgType")
    reader = _READERS.get(kind)
    if reader is None:
        raise BadReply(Outcome.MALFORMED, f"MsgType {kind or 'missing'}")
    return Reply(kind, reader(root, push))


def _text(root: ElementTree.Element, _: Push) -> Content:
    text = _required(root, "Content")
    if len(text.encode()) > TEXT_BYTES:
        raise BadReply(Outcome.TOO_LONG, f"{len(text.encode())} bytes of text, {TEXT_BYTES} at most")
    return Content("text", text)


def _media(kind: str) -> Callable[[ElementTree.Element, Push], Content]:
    def read(root: ElementTree.Element, _: Push) -> Content:
        path = kind.capitalize()
        detail: dict[str, JsonValue] = {"src": media_path(_required(root, f"{path}/MediaId"))}
        if kind == "video":
            detail |= {name.lower(): wire.content(root, f"{path}/{name}") for name in ("Title", "Description")}
        return Content(kind, detail=detail)

    return read


def _music(root: ElementTree.Element, _: Push) -> Content:
    _required(root, "Music/ThumbMediaId")
    title, description, url = (wire.content(root, f"Music/{name}") for name in ("Title", "Description", "MusicUrl"))
    return Content("music", title, {"title": title, "description": description, "url": url})


def _news(root: ElementTree.Element, push: Push) -> Content:
    """Surplus articles are cut without a word."""
    items = root.findall("Articles/item")
    count = wire.content(root, "ArticleCount")
    if not items or count != str(len(items)):
        raise BadReply(Outcome.MALFORMED, f"ArticleCount {count or 'missing'} for {len(items)} articles")
    articles = [_article(item) for item in items[: push.articles]]
    return Content("news", str(articles[0]["title"]), {"articles": articles})


def _article(item: ElementTree.Element) -> dict[str, JsonValue]:
    if not wire.content(item, "Title"):
        raise BadReply(Outcome.MALFORMED, "an article without a title")
    names = {"title": "Title", "description": "Description", "url": "Url", "picture": "PicUrl"}
    return {name: wire.content(item, tag) for name, tag in names.items()}


def _hand_over(_: ElementTree.Element, __: Push) -> None:
    return None


def _required(root: ElementTree.Element, path: str) -> str:
    found = wire.content(root, path)
    if not found:
        raise BadReply(Outcome.MALFORMED, f"{path} is missing or empty")
    return found


def media_path(media_id: str) -> str:
    """Where the page finds a media file, relative to the simulator's root."""
    return f"/_sim/media/{media_id}"


_READERS: dict[str, Callable[[ElementTree.Element, Push], Content | None]] = {
    "text": _text,
    "image": _media("image"),
    "voice": _media("voice"),
    "video": _media("video"),
    "music": _music,
    "news": _news,
    "transfer_customer_service": _hand_over,
}
