"""Followers: what the platform still tells of them, and the tags they wear."""

from __future__ import annotations

from bot.simulator.api.call import OK, Answer, Call, Endpoint
from bot.simulator.errors import PlatformError
from bot.simulator.jsons import Body, Json, JsonValue
from bot.simulator.people import Person
from bot.simulator.tags import MOST_A_PERSON, Tag

BATCH = 100
TAG_BATCH = 50
REMARK_LENGTH = 30


def info(call: Call) -> Answer:
    """Name and picture have been empty since 2021."""
    return _told(call.world.people.with_openid(call.query.get("openid", "")))


def info_batch(call: Call) -> Answer:
    rows = call.body.rows("user_list", 40003)
    if not 1 <= len(rows) <= BATCH:
        raise PlatformError(40032)
    people = [call.world.people.with_openid(row.text("openid", 40003)) for row in rows]
    told: list[JsonValue] = [_told(person) for person in people]
    return {"user_info_list": told}


def followers(call: Call) -> Answer:
    """All of them on one page."""
    return _page([person for person in call.world.people if person.following], total=True)


def remark(call: Call) -> Answer:
    person = call.world.people.with_openid(call.body.text("openid", 40003))
    text = call.body.text_or("remark")
    if len(text) > REMARK_LENGTH:
        raise PlatformError(45002)
    person.remark = text
    return OK


def create_tag(call: Call) -> Answer:
    tag = call.world.tags.create(call.body.table("tag").text("name", 45157))
    return {"tag": {"id": tag.id, "name": tag.name}}


def tags(call: Call) -> Answer:
    listed: list[JsonValue] = [_listed(call, tag) for tag in call.world.tags.all()]
    return {"tags": listed}


def rename_tag(call: Call) -> Answer:
    tag = call.body.table("tag")
    call.world.tags.rename(_tag_id(tag, "id"), tag.text("name", 45157))
    return OK


def delete_tag(call: Call) -> Answer:
    """Takes it off everybody who wears it."""
    tag_id = _tag_id(call.body.table("tag"), "id")
    call.world.tags.delete(tag_id)
    for person in call.world.people:
        if tag_id in person.tag_ids:
            person.tag_ids.remove(tag_id)
    return OK


def tag_people(call: Call) -> Answer:
    tag_id, people = _batch(call)
    if any(len(one.tag_ids) >= MOST_A_PERSON and tag_id not in one.tag_ids for one in people):
        raise PlatformError(45059)
    for person in people:
        if tag_id not in person.tag_ids:
            person.tag_ids.append(tag_id)
    return OK


def untag_people(call: Call) -> Answer:
    tag_id, people = _batch(call)
    for person in people:
        if tag_id in person.tag_ids:
            person.tag_ids.remove(tag_id)
    return OK


def tags_of(call: Call) -> Answer:
    person = call.world.people.with_openid(call.body.text("openid", 40003))
    return {"tagid_list": list(person.tag_ids)}


def tagged(call: Call) -> Answer:
    """Who wears a tag."""
    tag_id = _tag_id(call.body, "tagid")
    call.world.tags.get(tag_id)
    return _page([person for person in call.world.people if tag_id in person.tag_ids], total=False)


def _told(person: Person) -> Json:
    if not person.following:
        return {"subscribe": 0, "openid": person.openid, "tagid_list": []}
    return {
        "subscribe": 1,
        "openid": person.openid,
        "nickname": "",
        "sex": 0,
        "language": "zh_CN",
        "city": "",
        "province": "",
        "country": "",
        "headimgurl": "",
        "subscribe_time": int(person.followed_at.timestamp()) if person.followed_at else 0,
        "remark": person.remark,
        "groupid": person.tag_ids[0] if person.tag_ids else 0,
        "tagid_list": list(person.tag_ids),
        "subscribe_scene": "ADD_SCENE_SEARCH" if person.came_by in ("", "search") else "ADD_SCENE_QR_CODE",
        "qr_scene": int(person.came_by) if person.came_by.isdigit() else 0,
        "qr_scene_str": "" if person.came_by in ("", "search") or person.came_by.isdigit() else person.came_by,
    }


def _page(people: list[Person], *, total: bool) -> Json:
    openids: list[JsonValue] = [person.openid for person in people]
    page: Json = {"count": len(openids), "data": {"openid": openids}, "next_openid": openids[-1] if openids else ""}
    return {"total": len(openids), **page} if total else page


def _listed(call: Call, tag: Tag) -> Json:
    return {"id": tag.id, "name": tag.name, "count": sum(tag.id in person.tag_ids for person in call.world.people)}


def _batch(call: Call) -> tuple[int, list[Person]]:
    tag_id = _tag_id(call.body, "tagid")
    call.world.tags.get(tag_id)
    openids = call.body.texts("openid_list", 40032)
    if not 1 <= len(openids) <= TAG_BATCH:
        raise PlatformError(40032)
    try:
        return tag_id, [call.world.people.with_openid(openid) for openid in openids]
    except PlatformError as error:
        raise PlatformError(49003) from error


def _tag_id(body: Body, name: str) -> int:
    return int(body.number(name, 45159))


ENDPOINTS = {
    "/cgi-bin/user/info": Endpoint(info, "GET", quota="user_info", needs_verified=True),
    "/cgi-bin/user/info/batchget": Endpoint(info_batch, quota="user_info", needs_verified=True),
    "/cgi-bin/user/get": Endpoint(followers, "GET", quota="followers", needs_verified=True),
    "/cgi-bin/user/info/updateremark": Endpoint(remark, quota="remark", needs_verified=True),
    "/cgi-bin/tags/create": Endpoint(create_tag, quota="tag", needs_verified=True),
    "/cgi-bin/tags/get": Endpoint(tags, "GET", quota="tag", needs_verified=True),
    "/cgi-bin/tags/update": Endpoint(rename_tag, quota="tag", needs_verified=True),
    "/cgi-bin/tags/delete": Endpoint(delete_tag, quota="tag", needs_verified=True),
    "/cgi-bin/tags/members/batchtagging": Endpoint(tag_people, quota="tagging", needs_verified=True),
    "/cgi-bin/tags/members/batchuntagging": Endpoint(untag_people, quota="tagging", needs_verified=True),
    "/cgi-bin/tags/getidlist": Endpoint(tags_of, needs_verified=True),
    "/cgi-bin/user/tag/get": Endpoint(tagged, quota="followers", needs_verified=True),
}
