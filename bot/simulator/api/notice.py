"""Template messages and subscription notices, with the reports the platform sends afterwards."""

from __future__ import annotations

from bot.simulator import pushes
from bot.simulator.api.call import OK, Answer, Call, Endpoint, ok
from bot.simulator.bubbles import Content, Sender, Via
from bot.simulator.delivery import deliver
from bot.simulator.jsons import JsonValue
from bot.simulator.notices import Template, shown
from bot.simulator.people import Person
from bot.simulator.wire import XmlFields, XmlValue


def send_template(call: Call) -> Answer:
    """One notice; the same client_msg_id within ten minutes is answered but not sent again."""
    person = call.follower(call.body.text("touser", 40003), otherwise=43004)
    template = call.world.templates.get(call.body.text("template_id", 40037))
    client_id = call.body.text_or("client_msg_id")
    before = call.world.templates.sent_before(person.openid, client_id, call.now) if client_id else None
    if before is not None:
        return ok(msgid=before)
    content = _content(call, template)
    job = call.world.next_job_id()
    if client_id:
        call.world.templates.remember(person.openid, client_id, job, call.now)
    _finish_template(call, person, content, job)
    return ok(msgid=job)


def _finish_template(call: Call, person: Person, content: Content, job: int) -> None:
    if not person.blocks:
        call.world.show(person, Sender.ACCOUNT, Via.TEMPLATE, content)
    fields: XmlFields = {"MsgID": job, "Status": "failed:user block" if person.blocks else "success"}
    report = pushes.event(person, "TEMPLATESENDJOBFINISH", fields)
    call.world.spawn(deliver(call.world, report))


def send_subscription(call: Call) -> Answer:
    """One notice against a consent; its message id is told only by the event that follows."""
    person = call.world.people.with_openid(call.body.text("touser", 40003))
    template = call.world.templates.get(call.body.text("template_id", 40037))
    content = _content(call, template)
    call.world.consents.use(person.openid, template.id)
    call.world.show(person, Sender.ACCOUNT, Via.SUBSCRIPTION, content)
    row: dict[str, XmlValue] = {
        "TemplateId": template.id,
        "MsgID": str(call.world.next_job_id()),
        "ErrorCode": "0",
        "ErrorStatus": "success",
    }
    fields = pushes.subscription("SubscribeMsgSentEvent", [row])
    call.world.spawn(deliver(call.world, pushes.event(person, "subscribe_msg_sent_event", fields)))
    return OK


def private_templates(call: Call) -> Answer:
    """The list for template messages."""
    templates: list[JsonValue] = [one.as_json() for one in call.world.templates.all()]
    return {"template_list": templates}


def subscription_templates(call: Call) -> Answer:
    """The list for subscription notices, in its own shape."""
    rows: list[JsonValue] = [
        {"priTmplId": one.id, "title": one.title, "content": one.content, "example": "", "type": 2}
        for one in call.world.templates.all()
    ]
    return {**OK, "data": rows}


def _content(call: Call, template: Template) -> Content:
    rows = template.filled(call.body.table("data", 47003))
    url = call.body.text_or("url") or call.body.text_or("page") or None
    return shown(template, rows, url)


ENDPOINTS = {
    "/cgi-bin/message/template/send": Endpoint(send_template, quota="template", needs_verified=True),
    "/cgi-bin/template/get_all_private_template": Endpoint(private_templates, "GET", needs_verified=True),
    "/cgi-bin/message/subscribe/bizsend": Endpoint(send_subscription, quota="subscription", needs_verified=True),
    "/wxaapi/newtmpl/gettemplate": Endpoint(subscription_templates, "GET", needs_verified=True),
}
