"""Groups of the operator's own: a gateway hands in what was said to the assistant, and takes the reply back with it."""

import asyncio
import re
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, Field, ValidationError

from bot.channels import Rejected
from bot.desk import Desk
from bot.messages import Kind, Message, Reply
from bot.rules import group
from bot.rules.group import CHANNELS
from bot.rules.group.gateway import MessageReused, NotProven, Proof, answered, gateway, once, prove
from bot.rules.office import Office
from bot.store import Session, resident, savepoint
from bot.store.group import GroupKind
from bot.web.api.openapi import ROOT, Problem
from bot.web.api.operation import Access, Call, Operations, Shape
from bot.web.bucket import Buckets
from bot.web.webhooks import whole_body
from bot.wording import api as say
from bot.wording import explain

operations = Operations("groups")
T = TypeVar("T")
CHANNEL = CHANNELS[GroupKind.GATEWAY]
PATH = "/groups/{id}/messages"
TIMESTAMP, SIGNATURE = "X-Weizhan-Timestamp", "X-Weizhan-Signature"
BODY_SECONDS, REPLY_SECONDS = 5.0, 8.0
A_GROUP = Buckets(size=20, a_second=0.5)  # messages at once, then one every two seconds
_MENTION = re.compile(r"^\s*@\S+\s*")


class GroupMessage(Shape):
    """One message of the group. What is not said to the assistant need not be handed in, and is not kept if it is."""

    id: str = Field(min_length=1, max_length=64, description="the same for every delivery of the same message")
    sender: str = Field(min_length=1, max_length=64, description="who said it: the same for the same person")
    text: str = Field(min_length=1, max_length=2000)
    at_bot: bool = Field(default=False, description="the assistant was named with @")
    quoted: bool = Field(default=False, description="words of the assistant were quoted")


class GroupChoice(BaseModel):
    """Something to go on with: a link that leads into private with it."""

    label: str
    url: str


class GroupReply(BaseModel):
    """What the assistant says in the group; an empty `text` is silence on purpose."""

    text: str
    choices: list[GroupChoice] = []


class _Refused(Exception):
    """The answer is no, with that status."""

    def __init__(self, status: int, code: str, message: str, wait: int = 0) -> None:
        super().__init__(code)
        self.status, self.problem, self.wait = status, Problem(code=code, message=message), wait


@operations.post(
    PATH,
    access=Access.GROUP,
    summary="Hand in what was said in a group; signed with the group's secret",
    answer=GroupReply,
    body=GroupMessage,
)
def messages(call: Call) -> GroupReply:
    """The reply as the gateway takes it; the call's query is what the desk said, and where our pages are."""
    reply, public_url = call.query
    who = call.resident
    if who is None or not public_url:
        return GroupReply(text=reply.text)
    links = []
    for label in reply.choices:
        token = group.carry(call.office, who, label, group_id=UUID(call.path["id"]))
        links.append(GroupChoice(label=label, url=f"{public_url.rstrip('/')}/h5/go/{token}"))
    return GroupReply(text=reply.text, choices=links)


class GroupGateway:
    """`POST /api/v1/groups/{id}/messages`. The desk answers; the manners are those of every group."""

    def __init__(
        self, desk: Desk, office: Callable[[Session], Office], public_url: str, buckets: Buckets | None = None
    ) -> None:
        self._desk = desk
        self._office = office
        self._public_url = public_url
        self._buckets = buckets or Buckets(size=A_GROUP.size, a_second=A_GROUP.a_second)

    def routes(self) -> list[web.RouteDef]:
        return [web.post(ROOT + PATH, self.serve)]

    async def serve(self, request: web.Request) -> web.Response:
        """A message in, the reply out."""
        try:
            said = await self._served(request)
        except _Refused as refused:
            headers = {"Retry-After": str(refused.wait)} if refused.wait else {}
            return _json(refused.problem, refused.status, headers)
        except Rejected as rejected:
            return _json(Problem(code="bad_body", message=say.BAD_FIELDS), rejected.status, {})
        return _json(said, 200, {})

    async def _served(self, request: web.Request) -> GroupReply:
        raw = await whole_body(request, BODY_SECONDS)
        group_id = _group_id(request.match_info["id"])
        proof = Proof(request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, ""))
        chat_id = await self._do(lambda office: _proven(office, group_id, proof, raw))
        wait = self._buckets.wait(str(group_id), asyncio.get_running_loop().time())
        if wait:
            raise _Refused(429, "too_often", say.TOO_OFTEN, wait)
        body = _read(raw)
        if not body.at_bot and not body.quoted:
            return GroupReply(text="")
        before = await self._do(lambda office: _first(office, group_id, body, raw))
        if before:
            return GroupReply.model_validate_json(before)
        message = await self._do(lambda office: _message(office, chat_id, body))
        reply = await self._asked(message)
        return await self._do(lambda office: self._kept(self._call(office, group_id, message, body, reply)))

    async def _asked(self, message: Message) -> Reply:
        """What the desk says. Raises _Refused where that takes too long: a retry finds the answer."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        slip = self._desk.ask(message, extra=waiter)
        try:
            await asyncio.wait_for(asyncio.shield(waiter), REPLY_SECONDS)
        except TimeoutError:
            raise _Refused(503, "busy", say.TOO_SLOW, 2) from None
        if slip.answered is None:
            raise _Refused(503, "busy", say.TOO_SLOW, 2)
        return slip.answered.reply

    def _kept(self, call: Call) -> GroupReply:
        """The reply, kept for a retry: its links are made once."""
        said = messages(call)
        answered(call.office, UUID(call.path["id"]), call.body.id, said.model_dump_json())
        return said

    def _call(self, office: Office, group_id: UUID, message: Message, body: GroupMessage, reply: Reply) -> Call:
        sender = group.one_of(message.sender, message.group)
        who = resident.person(office.session, channel=CHANNEL, sender=sender)
        return Call(office, None, who, {"id": str(group_id)}, (reply, self._public_url), body)

    async def _do(self, work: Callable[[Office], T]) -> T:
        def doing(session: Session) -> T | _Refused:
            try:
                with savepoint(session):
                    return work(self._office(session))
            except _Refused as refused:
                return refused

        done = await asyncio.wrap_future(self._desk.run(doing))
        if isinstance(done, _Refused):
            raise done
        return done


def _proven(office: Office, group_id: UUID, proof: Proof, raw: bytes) -> str:
    """The channel's name of the group. Raises _Refused for a request that is nobody's we know."""
    row = gateway(office, group_id)
    if row is None or not row.can_receive_at:
        raise _Refused(404, "not_found", say.NOT_FOUND)
    try:
        prove(office, row, proof, raw)
    except NotProven as no:
        raise _Refused(401, "not_proven", explain(no)) from None
    return row.chat_id or str(row.id)


def _first(office: Office, group_id: UUID, body: GroupMessage, raw: bytes) -> str:
    """What was answered to it before, "" where it is new."""
    row = gateway(office, group_id)
    try:
        return once(office, row, body.id, raw) if row is not None else ""
    except MessageReused as no:
        raise _Refused(409, "message_reused", explain(no)) from None


def _message(office: Office, chat_id: str, body: GroupMessage) -> Message:
    """As the desk takes it, without the assistant's name in front."""
    text = _MENTION.sub("", body.text).strip() or body.text.strip()
    return Message(CHANNEL, body.sender, body.id, Kind.TEXT, office.now, text=text, group=chat_id)


def _read(raw: bytes) -> GroupMessage:
    try:
        return GroupMessage.model_validate_json(raw)
    except ValidationError as error:
        refused = _Refused(422, "bad_fields", say.BAD_FIELDS)
        fields = {".".join(map(str, one["loc"])) or "body": one["msg"] for one in error.errors()}
        refused.problem = refused.problem.model_copy(update={"fields": fields})
        raise refused from None


def _group_id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        raise _Refused(404, "not_found", say.NOT_FOUND) from None


def _json(value: BaseModel, status: int, headers: dict[str, Any]) -> web.Response:
    raw = value.model_dump_json().encode()
    return web.Response(body=raw, status=status, content_type="application/json", headers=headers)
