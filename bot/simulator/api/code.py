"""Scene codes: made by the account, shown as a picture."""

from __future__ import annotations

from datetime import timedelta

from bot.simulator import codes
from bot.simulator.api.call import Answer, Blob, Call, Endpoint
from bot.simulator.errors import PlatformError
from bot.simulator.jsons import Json


def create(call: Call) -> Answer:
    """A ticket; a temporary one lives a minute unless told otherwise."""
    scene_body = call.body.table("action_info", 40053).table("scene", 40053)
    number = scene_body.number_or("scene_id", 0) or None
    text = scene_body.text_or("scene_str") or None
    scene, permanent = codes.asked_scene(call.body.text("action_name", 40052), number, text)
    seconds = min(int(call.body.number_or("expire_seconds", codes.DEFAULT_LIFE)), codes.LONGEST)
    life = None if permanent else timedelta(seconds=seconds)
    code = call.world.codes.make(scene, call.now, life)
    answer: Json = {"ticket": code.ticket, "url": code.url}
    return answer if permanent else {**answer, "expire_seconds": seconds}


def show(call: Call) -> Answer:
    """The picture of a ticket's code."""
    code = call.world.codes.with_ticket(call.query.get("ticket", ""))
    if code is None:
        raise PlatformError(40066, "no such ticket")
    return Blob(codes.picture(code), "image/png")


ENDPOINTS = {
    "/cgi-bin/qrcode/create": Endpoint(create, quota="qrcode", needs_verified=True),
    "/cgi-bin/showqrcode": Endpoint(show, "GET", needs_token=False),
}
