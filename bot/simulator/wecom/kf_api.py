"""Customer service's calls: what is pulled, sent, handed over, with the platform's limits. Source: docs/wecom-kf.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.simulator.jsons import Body, Json, JsonValue
from bot.simulator.wecom.errors import Refusal
from bot.simulator.wecom.kf import (
    ASSISTANT,
    ENDED,
    MOST_IN_WINDOW,
    NEW,
    PERSON,
    QUEUE,
    WINDOW,
    CustomerService,
    Resident,
)

if TYPE_CHECKING:
    from bot.simulator.wecom.world import World

OK: Json = {"errcode": 0, "errmsg": "ok"}
MOST_PAGE, MOST_TEXT, MOST_HEAD, MOST_MENU, MOST_ITEM = 1000, 2048, 1024, 10, 128
WITHOUT_TOKEN = 3  # a minute
GOES = {NEW: (1, 2, 3), ASSISTANT: (2, 3, 4), QUEUE: (3, 4), PERSON: (2, 3, 4), ENDED: ()}
_NAME = re.compile(r"[0-9A-Za-z_-]{1,32}")


def _pull(world: World, body: Body) -> Json:
    """kf/sync_msg: from the cursor on; our own messages are not among them."""
    kf = _account(world, body)
    _check_token(world, kf, body.text_or("token"))
    limit = int(body.number_or("limit", MOST_PAGE))
    if not 1 <= limit <= MOST_PAGE:
        raise Refusal(40058, "limit")
    begins = _cursor(body.text_or("cursor"))
    page = kf.items[begins : begins + limit]
    ends = begins + len(page)
    listed: list[JsonValue] = list(page)
    return {**OK, "next_cursor": f"c{ends}", "has_more": int(ends < len(kf.items)), "msg_list": listed}


def _send(world: World, body: Body) -> Json:
    kf = _account(world, body)
    person = _resident(kf, body.text("touser", 40058))
    if person.state not in (NEW, ASSISTANT):
        raise Refusal(95018)
    if person.last_said is None or person.last_said + WINDOW <= world.now():
        raise Refusal(95002)
    if person.sent >= MOST_IN_WINDOW:
        raise Refusal(95001)
    text, menu = _content(body)
    name = _named(kf, body)
    person.sent += 1
    kf.shows(person, text, menu, name)
    return {**OK, "msgid": name}


def _send_on_event(world: World, body: Body) -> Json:
    kf = _kf(world)
    code = kf.codes.get(body.text("code", 40058))
    if code is None or code.used or code.until <= world.now():
        raise Refusal(40058, "code")
    text, menu = _content(body)
    name = _named(kf, body)
    code.used = True
    kf.shows(kf.residents[code.external_userid], text, menu, name)
    return {**OK, "msgid": name}


def _state(world: World, body: Body) -> Json:
    kf = _account(world, body)
    person = _resident(kf, body.text("external_userid", 40058))
    return {**OK, "service_state": person.state, "servicer_userid": person.servicer}


def _bring(world: World, body: Body) -> Json:
    kf = _account(world, body)
    person = _resident(kf, body.text("external_userid", 40058))
    state = int(body.number("service_state", 40058))
    if state not in GOES[person.state]:
        raise Refusal(95016)
    servicer = body.text_or("servicer_userid")
    if state == PERSON and servicer not in kf.on_duty:
        raise Refusal(95014)
    person.state, person.servicer = state, servicer if state == PERSON else ""
    answer: Json = {**OK}
    if state in (QUEUE, ENDED):
        answer["msg_code"] = kf.new_code(person.external_userid)
    return answer


def _contact_way(world: World, body: Body) -> Json:
    kf = _account(world, body)
    scene = body.text_or("scene")
    if scene and not _NAME.fullmatch(scene):
        raise Refusal(40058, "scene")
    return {**OK, "url": kf.way(scene)}


def _people(world: World, body: Body) -> Json:
    kf = _kf(world)
    asked = body.texts("external_userid_list", 40058)
    if not 1 <= len(asked) <= 100:
        raise Refusal(40058, "external_userid_list")
    found = [kf.residents[one] for one in asked if one in kf.residents]
    listed: list[JsonValue] = [_told(one) for one in found]
    unknown: list[JsonValue] = [one for one in asked if one not in kf.residents]
    return {**OK, "customer_list": listed, "invalid_external_userid": unknown}


def _told(person: Resident) -> Json:
    told: Json = {"external_userid": person.external_userid, "nickname": person.name, "avatar": "", "gender": 0}
    return {**told, "unionid": person.unionid} if person.unionid else told


def _content(body: Body) -> tuple[str, dict[str, str]]:
    """The words, and what can be tapped below them."""
    kind = body.text("msgtype", 40008)
    if kind == "text":
        content = body.table("text", 44004).text("content", 44004)
        if len(content.encode()) > MOST_TEXT:
            raise Refusal(45002)
        return content, {}
    if kind != "msgmenu":
        raise Refusal(40008)
    menu = body.table("msgmenu", 40058)
    head = menu.text_or("head_content")
    if len(head.encode()) > MOST_HEAD:
        raise Refusal(45002)
    rows = menu.rows("list", 40058)
    if len(rows) > MOST_MENU:
        raise Refusal(95008)
    return head, dict(_item(row) for row in rows)


def _item(row: Body) -> tuple[str, str]:
    if row.text("type", 40058) != "click":
        raise Refusal(95009)
    click = row.table("click", 40058)
    key, content = click.text_or("id"), click.text("content", 40058)
    if len(key.encode()) > MOST_ITEM or len(content.encode()) > MOST_ITEM:
        raise Refusal(40058, "click")
    return key, content


def _named(kf: CustomerService, body: Body) -> str:
    """Our own name of the message; the same one twice is refused."""
    name = body.text_or("msgid") or f"kfsent-{kf.world.next_msg_id()}"
    if not _NAME.fullmatch(name) or name in kf.names:
        raise Refusal(40058, "msgid")
    kf.names.add(name)
    return name


def _check_token(world: World, kf: CustomerService, token: str) -> None:
    """Without a callback's token one may pull rarely; with one too old not at all."""
    if token:
        if kf.tokens.get(token, world.now()) <= world.now():
            raise Refusal(95007)
        return
    lately = [at for at in kf.pulled_without if at > world.now() - timedelta(minutes=1)]
    kf.pulled_without = [*lately, world.now()]
    if len(lately) >= WITHOUT_TOKEN:
        raise Refusal(45009)


def _cursor(said: str) -> int:
    if not said:
        return 0
    if not re.fullmatch(r"c\d+", said):
        raise Refusal(40058, "cursor")
    return int(said[1:])


def _kf(world: World) -> CustomerService:
    if world.kf is None:
        raise Refusal(95012)
    return world.kf


def _account(world: World, body: Body) -> CustomerService:
    kf = _kf(world)
    if body.text_or("open_kfid") != kf.open_kfid:
        raise Refusal(95000)
    return kf


def _resident(kf: CustomerService, external_userid: str) -> Resident:
    found = kf.residents.get(external_userid)
    if found is None:
        raise Refusal(40096)
    return found


CALLS: Mapping[str, Callable[[World, Body], Json]] = {
    "/cgi-bin/kf/sync_msg": _pull,
    "/cgi-bin/kf/send_msg": _send,
    "/cgi-bin/kf/send_msg_on_event": _send_on_event,
    "/cgi-bin/kf/service_state/get": _state,
    "/cgi-bin/kf/service_state/trans": _bring,
    "/cgi-bin/kf/add_contact_way": _contact_way,
    "/cgi-bin/kf/customer/batchget": _people,
}
