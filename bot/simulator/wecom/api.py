"""The API side: tokens, messages and cards to members, changes to cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web

from bot.simulator.errors import PlatformError
from bot.simulator.events import EventName
from bot.simulator.jsons import Body, Json, JsonValue, dumps
from bot.simulator.wecom import cards, customer_groups_api, files, kf_api, robots
from bot.simulator.wecom.errors import Refusal
from bot.simulator.wecom.mishaps import Mishap
from bot.simulator.wecom.world import Member, World

OK: Json = {"errcode": 0, "errmsg": "ok"}
MOST_BYTES = 2048


async def answer(world: World, request: web.Request) -> web.StreamResponse:
    """Answer one call as WeCom does: errors too are HTTP 200."""
    if world.mishaps.strikes(Mishap.API_DOWN):
        return _cut_off(request)
    if request.path == files.PATH:
        return files.answer(world, request)
    body: Mapping[str, JsonValue] = {}
    try:
        raw = await request.read()
        said = _posted(world, request, raw) if request.path == robots.PATH else _said(world, request, raw)
        body = Body.read(raw).values if raw.strip() else {}
    except Refusal as refusal:
        said = {"errcode": refusal.code, "errmsg": refusal.message}
    except PlatformError as error:
        said = {"errcode": error.code, "errmsg": "data format error"}
    _log(world, request.path, body, said)
    if request.path != "/cgi-bin/gettoken" and world.mishaps.strikes(Mishap.HANGS):
        return _cut_off(request)
    return web.Response(body=dumps(said).encode(), content_type="application/json")


def _cut_off(request: web.Request) -> web.StreamResponse:
    """The line breaks; what was asked may have been done."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)


def _posted(world: World, request: web.Request, raw: bytes) -> Json:
    """To a push robot's address, which needs no token."""
    return robots.posted(world, request.query.get("key", ""), Body.read(raw))


def _said(world: World, request: web.Request, raw: bytes) -> Json:
    if world.mishaps.strikes(Mishap.STRANGE_ADDRESS):
        raise Refusal(60020)
    if request.path == "/cgi-bin/gettoken":
        return _token(world, request.query)
    handler = CALLS.get(request.path)
    other = kf_api.CALLS.get(request.path) or customer_groups_api.CALLS.get(request.path)
    if handler is None and other is None:
        raise Refusal(40058, "no such interface")
    if request.method != "POST":
        raise Refusal(43004)
    world.check_token(request.query.get("access_token", ""))
    if world.mishaps.strikes(Mishap.DEAD_TOKEN):
        world.revoke_tokens()
        raise Refusal(40014)
    if world.mishaps.strikes(Mishap.RATE):
        raise Refusal(45009)
    if not raw.strip():
        raise Refusal(44001)
    body = Body.read(raw)
    if handler is None:
        return other(world, body) if other else {}
    if int(body.number("agentid", 41011)) != world.corp.agent_id:
        raise Refusal(40056)
    return handler(world, body)


def _token(world: World, query: Mapping[str, str]) -> Json:
    if query.get("corpid") != world.corp.corp_id:
        raise Refusal(40013)
    if query.get("corpsecret") != world.corp.secret:
        raise Refusal(40001)
    token, seconds = world.token()
    return {**OK, "access_token": token, "expires_in": seconds}


def _send(world: World, body: Body) -> Json:
    """message/send to members by their userids; parties and tags are not simulated."""
    named = [one for one in body.text("touser", 40058).split("|") if one]
    there = [world.members[one] for one in named if one in world.members and not world.members[one].left]
    if not there:
        raise Refusal(81013)
    said: Json = {
        **OK,
        "invaliduser": "|".join(one for one in named if one not in {member.userid for member in there}),
        "unlicenseduser": "|".join(one.userid for one in there if not one.licensed),
        "msgid": f"msg-{world.next_msg_id()}",
    }
    reached = [one for one in there if one.licensed]
    kind = body.text("msgtype", 40008)
    if kind == "text":
        _text(world, reached, body.table("text", 44004).text("content", 44004))
    elif kind == "template_card":
        said["response_code"] = _card(world, reached, body.table("template_card"))
    else:
        raise Refusal(40008)
    return said


def _text(world: World, members: list[Member], content: str) -> None:
    shown = content.encode()[:MOST_BYTES].decode(errors="ignore")
    for member in members:
        world.count_send(member.userid)
        world.show(world.chats.add(member.userid, "app", "text", world.now(), text=shown))


def _card(world: World, members: list[Member], card: Body) -> str:
    if world.mishaps.strikes(Mishap.NO_CARDS):
        raise Refusal(40058, "template_card")
    checked = cards.checked(card)
    for member in members:
        world.count_send(member.userid)
    world.new_task(card.text("task_id"))
    for member in members:
        world.show(world.chats.add(member.userid, "app", "card", world.now(), card=checked))
    return world.new_code(card.text("task_id"))


def _change(world: World, body: Body) -> Json:
    """message/update_template_card."""
    if world.mishaps.strikes(Mishap.NO_CHANGES):
        raise Refusal(40058, "invalid response_code")
    checked = cards.checked(body.table("template_card", 40058))
    task_id = world.use_code(body.text("response_code", 40058))
    invalid: list[JsonValue] = []
    for userid in body.texts("userids", 40058):
        changed = world.chats.change(userid, task_id, {**checked, "task_id": task_id})
        if changed is None:
            invalid.append(userid)
        else:
            world.show(changed)
    return {**OK, "invaliduser": invalid}


def _log(world: World, path: str, body: Mapping[str, JsonValue], said: Json) -> None:
    """Without tokens and codes."""
    hidden = ("access_token", "response_code")
    call: Json = {
        "at": world.now().isoformat(),
        "path": path,
        "request": {name: value for name, value in body.items() if name not in hidden},
        "response": {name: value for name, value in said.items() if name not in hidden},
    }
    world.api_calls.append(call)
    world.events.emit(EventName.API, call)


CALLS: Mapping[str, Callable[[World, Body], Json]] = {
    "/cgi-bin/message/send": _send,
    "/cgi-bin/message/update_template_card": _change,
}
