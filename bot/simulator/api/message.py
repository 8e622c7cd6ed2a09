"""Customer messages and the typing line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.simulator.api.call import OK, Answer, Call, Endpoint
from bot.simulator.bubbles import Content, Sender, Via
from bot.simulator.errors import PlatformError
from bot.simulator.jsons import Body, JsonValue
from bot.simulator.people import Person
from bot.simulator.replies import TEXT_BYTES, media_path
from bot.simulator.words import sentence

TYPING_LASTS = timedelta(seconds=15)
TYPING_AFTER = timedelta(seconds=30)


def send(call: Call) -> Answer:
    """Put a message on the person's phone, against the allowance."""
    person = call.follower(call.body.text("touser", 40003), otherwise=45015)
    if person.blocks:
        raise PlatformError(48002)
    content = _content(call)
    call.world.ledger.spend(person.openid, call.now)
    call.world.show(person, Sender.ACCOUNT, Via.CUSTOMER, content)
    call.world.person_changed(person)
    return OK


def typing(call: Call) -> Answer:
    """Show or end the typing line."""
    command = call.body.text("command", 45072)
    person = call.follower(call.body.text("touser", 40003), otherwise=45080)
    if command == "CancelTyping":
        call.world.typing(person, None)
        return OK
    if command != "Typing":
        raise PlatformError(45072)
    _may_type(call, person)
    call.world.typing(person, call.now + TYPING_LASTS)
    return OK


def _may_type(call: Call, person: Person) -> None:
    if person.last_contact is None or call.now - person.last_contact > TYPING_AFTER:
        raise PlatformError(45080)
    if person.typing_until is not None and person.typing_until > call.now:
        raise PlatformError(45081)


def _content(call: Call) -> Content:
    kind = call.body.text("msgtype", 40008)
    reader = _READERS.get(kind)
    if reader is None:
        raise PlatformError(40008)
    content = reader(call, call.body.table(kind))
    context = call.body.table_or_none("aimsgcontext")
    made_by_ai = context is not None and context.number_or("is_ai_msg", 0) == 1
    note = sentence("ai_note") if made_by_ai else None
    return Content(content.kind, content.text, content.detail, note)


def _text(_: Call, body: Body) -> Content:
    text = body.text("content", 44004)
    if len(text.encode()) > TEXT_BYTES:
        raise PlatformError(45002)
    return Content("text", text)


def _media(kind: str) -> Callable[[Call, Body], Content]:
    def read(call: Call, body: Body) -> Content:
        media = call.world.media.get(body.text("media_id", 40007), call.now)
        detail: dict[str, JsonValue] = {"src": media_path(media.id)}
        if kind == "video":
            detail |= {name: body.text_or(name) for name in ("title", "description")}
        return Content(kind, detail=detail)

    return read


def _music(_: Call, body: Body) -> Content:
    body.text("thumb_media_id", 40007)
    title = body.text_or("title")
    detail = {"title": title, "description": body.text_or("description"), "url": body.text_or("musicurl")}
    return Content("music", title, detail)


def _news(_: Call, body: Body) -> Content:
    """One card, no more."""
    articles = body.rows("articles", 44003)
    if len(articles) != 1:
        raise PlatformError(45008 if articles else 44003)
    row = articles[0]
    card = {"title": row.text("title", 44003), "description": row.text_or("description")}
    card |= {"url": row.text_or("url"), "picture": row.text_or("picurl")}
    return Content("news", card["title"], {"articles": [card]})


def _article(field: str) -> Callable[[Call, Body], Content]:
    """A published article; the simulator knows it by its id alone."""

    def read(_: Call, body: Body) -> Content:
        card: dict[str, JsonValue] = {"title": body.text(field, 40007), "description": "", "url": "", "picture": ""}
        return Content("news", str(card["title"]), {"articles": [card]})

    return read


def _menu(call: Call, body: Body) -> Content:
    if not call.world.account.formal:
        raise PlatformError(40200)
    rows = body.rows("list")
    entries: list[JsonValue] = [{"id": _menu_id(row), "label": row.text("content")} for row in rows]
    if not entries:
        raise PlatformError(44004)
    head, tail = body.text_or("head_content"), body.text_or("tail_content")
    return Content("menu", head, {"head": head, "entries": entries, "tail": tail})


def _menu_id(row: Body) -> str:
    """A number or a text, as people send either."""
    value = row.values.get("id")
    return str(value) if isinstance(value, int) else row.text("id")


def _program(_: Call, body: Body) -> Content:
    title = body.text("title")
    body.text("appid", 40013)
    body.text("thumb_media_id", 40007)
    return Content("miniprogram", title, {"title": title, "description": "", "url": body.text("pagepath")})


_READERS: dict[str, Callable[[Call, Body], Content]] = {
    "text": _text,
    "image": _media("image"),
    "voice": _media("voice"),
    "video": _media("video"),
    "music": _music,
    "news": _news,
    "mpnews": _article("media_id"),
    "mpnewsarticle": _article("article_id"),
    "msgmenu": _menu,
    "miniprogrampage": _program,
}

ENDPOINTS = {
    "/cgi-bin/message/custom/send": Endpoint(send, quota="customer", needs_verified=True),
    "/cgi-bin/message/custom/typing": Endpoint(typing, needs_verified=True),
}
