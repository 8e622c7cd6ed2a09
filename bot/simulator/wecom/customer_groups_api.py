"""The calls about residents' groups and reports, with the platform's limits. Source: docs/customer-groups.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.simulator.jsons import Body, Json, JsonValue
from bot.simulator.wecom.customer_groups import NOT_YET, REMINDERS_A_DAY, CustomerGroups, Group, Task
from bot.simulator.wecom.errors import Refusal

if TYPE_CHECKING:
    from bot.simulator.wecom.world import World

OK: Json = {"errcode": 0, "errmsg": "ok"}
MOST_TEXT, MOST_WELCOME, MOST_WELCOMES, MOST_CHATS, MOST_REPORTS = 4000, 3000, 100, 2000, 50
MOST_JOIN, MOST_STATE = 5, 30


def _list(world: World, body: Body) -> Json:
    owners = body.table("owner_filter", 81017).texts("userid_list", 81017)
    limit = int(body.number_or("limit", 100))
    if not 1 <= limit <= 1000:
        raise Refusal(40058, "limit")
    found = [one for one in _groups(world).groups.values() if one.owner in owners and not one.dismissed]
    begins = _begins(body)
    page: list[JsonValue] = [{"chat_id": one.chat_id, "status": 0} for one in found[begins : begins + limit]]
    more = begins + limit < len(found)
    return {**OK, "group_chat_list": page, "next_cursor": str(begins + limit) if more else ""}


def _get(world: World, body: Body) -> Json:
    group = _group(world, body.text("chat_id", 40050))
    members: list[JsonValue] = [{"userid": group.owner, "type": 1, "join_scene": 1}]
    members += [{"userid": one, "type": 2, "join_scene": 3} for one in group.members]
    told: Json = {
        "chat_id": group.chat_id,
        "name": group.name,
        "owner": group.owner,
        "create_time": int(group.created_at.timestamp()),
        "member_list": members,
    }
    return {**OK, "group_chat": told}


def _write(world: World, body: Body) -> Json:
    """add_msg_template: only a task comes of it."""
    if body.text("chat_type", 40058) != "group":
        raise Refusal(40058, "chat_type")
    sender, chat_ids = body.text("sender", 40058), body.texts("chat_id_list", 40058)
    text = body.table("text", 40058).text("content", 44004)
    if not 1 <= len(chat_ids) <= MOST_CHATS:
        raise Refusal(40058, "chat_id_list")
    if len(text.encode()) > MOST_TEXT:
        raise Refusal(45002)
    groups = _groups(world)
    theirs = {one for one in chat_ids if one in groups.groups and groups.groups[one].owner == sender}
    if not theirs:
        raise Refusal(41048)
    task = Task(f"msgGCAAAX{world.next_msg_id()}", sender, text, dict.fromkeys(sorted(theirs), 0))
    groups.tasks[task.msgid] = task
    failed: list[JsonValue] = [one for one in chat_ids if one not in theirs]
    return {**OK, "fail_list": failed, "msgid": task.msgid}


def _result(world: World, body: Body) -> Json:
    task = _task(world, body)
    if body.text("userid", 40058) != task.sender:
        raise Refusal(40058, "userid")
    rows: list[JsonValue] = [
        {"chat_id": chat_id, "userid": task.sender, "status": state, "send_time": world.clock.timestamp()}
        for chat_id, state in task.states.items()
    ]
    return {**OK, "next_cursor": "", "send_list": rows}


def _remind(world: World, body: Body) -> Json:
    task = _task(world, body)
    if sum(at > world.now() - timedelta(days=1) for at in task.reminded) >= REMINDERS_A_DAY or task.cancelled:
        raise Refusal(40058, "reminded too often")
    task.reminded.append(world.now())
    return dict(OK)


def _cancel(world: World, body: Body) -> Json:
    task = _task(world, body)
    if all(state != NOT_YET for state in task.states.values()):
        raise Refusal(40058, "sent already")
    task.cancelled = True
    return dict(OK)


def _welcome_add(world: World, body: Body) -> Json:
    groups = _groups(world)
    if len(groups.welcomes) >= MOST_WELCOMES:
        raise Refusal(40058, "a hundred welcome texts")
    template_id = f"msgXXXX{world.next_msg_id()}"
    groups.welcomes[template_id] = _welcome_text(body)
    return {**OK, "template_id": template_id}


def _welcome_edit(world: World, body: Body) -> Json:
    groups, template_id = _groups(world), body.text("template_id", 40058)
    if template_id not in groups.welcomes:
        raise Refusal(40058, "template_id")
    groups.welcomes[template_id] = _welcome_text(body)
    return dict(OK)


def _add_way(world: World, body: Body) -> Json:
    chat_ids, state = body.texts("chat_id_list", 40058), body.text_or("state")
    if not 1 <= len(chat_ids) <= MOST_JOIN or len(state) > MOST_STATE:
        raise Refusal(40058, "chat_id_list or state")
    for one in chat_ids:
        _group(world, one)
    config_id = f"way{world.next_msg_id()}"
    listed: list[JsonValue] = list(chat_ids)
    code = f"https://p.qpic.cn/wwhead/{config_id}/0"
    way: Json = {"config_id": config_id, "scene": 2, "chat_id_list": listed, "state": state, "qr_code": code}
    _groups(world).ways[config_id] = way
    return {**OK, "config_id": config_id}


def _get_way(world: World, body: Body) -> Json:
    way = _groups(world).ways.get(body.text("config_id", 40058))
    if way is None:
        raise Refusal(40058, "config_id")
    return {**OK, "join_way": way}


def _reports(world: World, body: Body) -> Json:
    since = datetime.fromtimestamp(body.number("begin_modify_time", 40058), UTC)
    limit = int(body.number_or("limit", MOST_REPORTS))
    if not 1 <= limit <= MOST_REPORTS:
        raise Refusal(40058, "limit")
    found = [order for changed, order in _groups(world).orders if changed >= since]
    begins = _begins(body)
    page: list[JsonValue] = list(found[begins : begins + limit])
    more = begins + limit < len(found)
    return {**OK, "order_list": page, "next_cursor": str(begins + limit) if more else ""}


def _begins(body: Body) -> int:
    """Where a page begins. Raises Refusal 40058 for a cursor that this platform did not give."""
    cursor = body.text_or("cursor") or "0"
    if not cursor.isdigit():
        raise Refusal(40058, "cursor")
    return int(cursor)


def _welcome_text(body: Body) -> str:
    text = body.table("text", 40058).text("content", 44004)
    if len(text.encode()) > MOST_WELCOME:
        raise Refusal(45002)
    return text


def _groups(world: World) -> CustomerGroups:
    return world.customer_groups


def _group(world: World, chat_id: str) -> Group:
    found = _groups(world).groups.get(chat_id)
    if found is None or found.dismissed:
        raise Refusal(40050)
    return found


def _task(world: World, body: Body) -> Task:
    found = _groups(world).tasks.get(body.text("msgid", 40058))
    if found is None:
        raise Refusal(40058, "msgid")
    return found


_CHAT = "/cgi-bin/externalcontact/groupchat"
_WELCOME = "/cgi-bin/externalcontact/group_welcome_template"
CALLS: Mapping[str, Callable[[World, Body], Json]] = {
    f"{_CHAT}/list": _list,
    f"{_CHAT}/get": _get,
    f"{_CHAT}/add_join_way": _add_way,
    f"{_CHAT}/get_join_way": _get_way,
    f"{_WELCOME}/add": _welcome_add,
    f"{_WELCOME}/edit": _welcome_edit,
    "/cgi-bin/externalcontact/add_msg_template": _write,
    "/cgi-bin/externalcontact/get_groupmsg_send_result": _result,
    "/cgi-bin/externalcontact/remind_groupmsg_send": _remind,
    "/cgi-bin/externalcontact/cancel_groupmsg_send": _cancel,
    "/cgi-bin/report/resident/get_order_list": _reports,
}
