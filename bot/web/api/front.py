"""The interface's front: HTTP to values, values to HTTP, and one shape for whatever goes wrong."""

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from aiohttp import web
from pydantic import ValidationError

from bot.errors import Refusal
from bot.rules import api
from bot.rules.api import Caller
from bot.rules.office import Office
from bot.store import Session, savepoint
from bot.store.runs import Runs
from bot.web.api.openapi import ROOT, Problem, described
from bot.web.api.operation import Access, Call, NotFound, Operation, Operations, Otherwise, WrongFields
from bot.web.bucket import Buckets
from bot.wording import api as say
from bot.wording import explain

T = TypeVar("T")
BODY_SECONDS = 5.0
MOST_KEY = 120
JSON = "application/json"
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Wrong(Exception):
    """The request cannot be served; the answer says why."""

    def __init__(self, status: int, problem: Problem, *, wait: int = 0) -> None:
        super().__init__(problem.code)
        self.status, self.problem, self.wait = status, problem, wait


@dataclass(frozen=True, slots=True)
class Answered:
    """The bytes of an answer."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A request whose parts were read, before anybody knows whose it is."""

    secret: str
    path: dict[str, str]
    query: Any
    body: Any
    key: str
    raw: bytes


class Front:
    """Serves operations under `/api/v1`, each in a transaction of its own."""

    def __init__(
        self,
        nouns: Sequence[Operations],
        *,
        desk: Runs,
        office: Callable[[Session], Office],
        now: Callable[[], datetime],
        version: str,
        buckets: Buckets | None = None,
    ) -> None:
        self._nouns = nouns
        self._desk = desk
        self._office = office
        self._now = now
        self._version = version
        self._buckets = buckets or Buckets(size=60, a_second=20)

    def routes(self) -> list[web.RouteDef]:
        found = [web.get(f"{ROOT}/openapi.json", self._openapi)]
        for operation in (one for noun in self._nouns for one in noun.all if one.access is not Access.GROUP):
            found.append(web.route(operation.verb, ROOT + operation.path, self._served(operation)))
        return found

    async def _openapi(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._document, content_type=JSON)

    @cached_property
    def _document(self) -> bytes:
        return json.dumps(described(self._nouns, version=self._version), ensure_ascii=False).encode()

    def _served(self, operation: Operation) -> Callable[[web.Request], Any]:
        async def serve(request: web.Request) -> web.Response:
            try:
                asked = await _read(operation, request)
                self._hold_back(asked, request)
                answered = await asyncio.wrap_future(
                    self._desk.run(lambda session: _settled(operation, asked, self._office(session)))
                )
            except Wrong as wrong:
                return _problem(wrong)
            if isinstance(answered, Wrong):
                return _problem(answered)
            return web.Response(body=answered.body, status=answered.status, content_type=JSON)

        return serve

    def _hold_back(self, asked: Asked, request: web.Request) -> None:
        """Raises Wrong for somebody who asks too often."""
        wait = self._buckets.wait(asked.secret or (request.remote or ""), self._now().timestamp())
        if wait:
            raise Wrong(429, Problem(code="too_often", message=say.TOO_OFTEN), wait=wait)


def _settled(operation: Operation, asked: Asked, office: Office) -> Answered | Wrong:
    """The answer, decided in the transaction; whatever is refused leaves nothing behind."""
    try:
        with savepoint(office.session):
            return _answered(operation, asked, office)
    except Wrong as wrong:
        return wrong
    except NotFound:
        return Wrong(404, Problem(code="not_found", message=say.NOT_FOUND))
    except WrongFields as wrong_fields:
        return Wrong(422, Problem(code="bad_fields", message=say.BAD_FIELDS, fields=dict(wrong_fields.fields)))
    except Otherwise as no:
        times = list(no.alternatives)
        return Wrong(409, Problem(code=_code(no.refusal), message=explain(no.refusal), alternatives=times))
    except Refusal as refusal:
        return Wrong(409, Problem(code=_code(refusal), message=explain(refusal)))


def _answered(operation: Operation, asked: Asked, office: Office) -> Answered:
    who = _caller(operation, asked, office)
    if asked.key:
        before = api.begin(office, who, asked.key, asked.raw)
        if before is not None:
            return Answered(before.status, before.body)
    call = Call(office, who.client_id, who.resident_id, asked.path, asked.query, asked.body)
    body = operation.run(call).model_dump_json(by_alias=True).encode()
    if asked.key:
        api.done(office, who, asked.key, operation.status, body)
    return Answered(operation.status, body)


def _caller(operation: Operation, asked: Asked, office: Office) -> Caller:
    if operation.access is Access.ANYBODY and not asked.secret:
        return Caller("anybody")
    who = api.caller(office, asked.secret) if asked.secret else None
    if who is None:
        raise Wrong(401, Problem(code="no_right_key", message=say.NO_KEY))
    wants_resident = operation.access is Access.RESIDENT
    if operation.access is not Access.ANYBODY and wants_resident != (who.resident_id is not None):
        raise Wrong(
            403, Problem(code="other_key_needed", message=say.NEEDS_RESIDENT if wants_resident else say.NEEDS_CLIENT)
        )
    return who


async def _read(operation: Operation, request: web.Request) -> Asked:
    """The parts of a request as values. Raises Wrong."""
    key = request.headers.get("Idempotency-Key", "") if operation.verb == "POST" else ""
    if len(key) > MOST_KEY:
        raise Wrong(422, Problem(code="bad_key", message=say.KEY_TOO_LONG))
    raw = b""
    if operation.body is not None:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                raw = await request.read()
        except TimeoutError:
            raise Wrong(408, Problem(code="too_slow", message=say.TOO_SLOW)) from None
        except web.HTTPRequestEntityTooLarge:
            raise Wrong(413, Problem(code="too_long", message=say.TOO_LONG)) from None
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    try:
        return Asked(
            secret=secret.strip()[:200] if scheme.lower() == "bearer" else "",
            path=dict(request.match_info),
            query=operation.query.model_validate(dict(request.query)),
            body=operation.body.model_validate_json(raw or b"{}") if operation.body is not None else None,
            key=key,
            raw=f"{operation.verb} {request.path}\n".encode() + raw,
        )
    except ValidationError as error:
        fields = {".".join(map(str, one["loc"])) or "body": one["msg"] for one in error.errors()}
        raise Wrong(422, Problem(code="bad_fields", message=say.BAD_FIELDS, fields=fields)) from None


def _problem(wrong: Wrong) -> web.Response:
    headers = {"Retry-After": str(wrong.wait)} if wrong.wait else {}
    if wrong.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return web.Response(
        body=wrong.problem.model_dump_json().encode(), status=wrong.status, content_type=JSON, headers=headers
    )


def _code(refusal: Refusal) -> str:
    """SlotTaken is `slot_taken`."""
    return _WORDS.sub("_", type(refusal).__name__).lower()
