"""Mass messages: to a list, to a tag, to everybody, and a preview to one."""

from __future__ import annotations

from bot.simulator import pushes
from bot.simulator.api.call import Answer, Call, Endpoint, ok
from bot.simulator.bubbles import Content, Sender, Via
from bot.simulator.delivery import deliver
from bot.simulator.errors import PlatformError
from bot.simulator.people import Person
from bot.simulator.replies import media_path
from bot.simulator.wire import XmlFields

FEWEST = 2
MOST = 10_000


def send(call: Call) -> Answer:
    """To a list of openids; those who do not follow are filtered out."""
    openids = call.body.texts("touser", 40003)
    if not FEWEST <= len(openids) <= MOST:
        raise PlatformError(40130 if len(openids) < FEWEST else 40032)
    return _queued(call, [call.world.people.with_openid(openid) for openid in openids])


def send_all(call: Call) -> Answer:
    """To the wearers of a tag, or to everybody."""
    wanted = call.body.table("filter")
    if wanted.flag("is_to_all"):
        call.world.mass.take_for_all(call.now)
        return _queued(call, list(call.world.people))
    tag_id = int(wanted.number("tag_id", 45159))
    call.world.tags.get(tag_id)
    return _queued(call, [person for person in call.world.people if tag_id in person.tag_ids])


def preview(call: Call) -> Answer:
    """To one person's phone, uncounted."""
    person = call.follower(call.body.text("touser", 40003), otherwise=43004)
    call.world.show(person, Sender.ACCOUNT, Via.MASS, _content(call))
    return ok(msg_id=call.world.next_job_id())


def _queued(call: Call, people: list[Person]) -> Answer:
    content, job = _content(call), call.world.next_job_id()
    if client_id := call.body.text_or("clientmsgid"):
        call.world.mass.once(client_id, job, call.now)
    chosen = [person for person in people if person.following]
    reached = [person for person in chosen if call.world.mass.receive(person.openid, call.now)]
    for person in reached:
        call.world.show(person, Sender.ACCOUNT, Via.MASS, content)
    if people:
        _report(call, people, chosen, reached, job)
    return ok(msg_id=job, msg_data_id=job % 2**32)


def _report(call: Call, people: list[Person], chosen: list[Person], reached: list[Person], job: int) -> None:
    """Tell the outcome, in the name of one of the people, as the platform does."""
    fields: XmlFields = {
        "MsgID": job,
        "Status": "send success" if reached else "send fail",
        "TotalCount": len(people),
        "FilterCount": len(chosen),
        "SentCount": len(reached),
        "ErrorCount": len(chosen) - len(reached),
    }
    call.world.spawn(deliver(call.world, pushes.event(people[0], "MASSSENDJOBFINISH", fields)))


def _content(call: Call) -> Content:
    kind = call.body.text("msgtype", 40008)
    body = call.body.table(kind, 40008)
    if kind == "text":
        return Content("text", body.text("content", 44004))
    if kind == "image":
        media = call.world.media.get(body.text("media_id", 40007), call.now)
        return Content("image", detail={"src": media_path(media.id)})
    if kind in ("mpnews", "mpnewsarticle"):
        name = body.text("media_id" if kind == "mpnews" else "article_id", 40007)
        card = {"title": name, "description": "", "url": "", "picture": ""}
        return Content("news", name, {"articles": [card]})
    raise PlatformError(40008)


ENDPOINTS = {
    "/cgi-bin/message/mass/send": Endpoint(send, quota="mass", needs_verified=True),
    "/cgi-bin/message/mass/sendall": Endpoint(send_all, quota="mass", needs_verified=True),
    "/cgi-bin/message/mass/preview": Endpoint(preview, quota="mass", needs_verified=True),
}
