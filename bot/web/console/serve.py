"""Between aiohttp and the pages: the guards, the transaction, and the answer as bytes."""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import structlog
from aiohttp import BodyPartReader, web
from jinja2 import Environment

from bot.errors import Refusal
from bot.nlu.current import Current
from bot.rules import access
from bot.rules.access import Me
from bot.rules.office import Office
from bot.store import Session, savepoint
from bot.web import guards
from bot.web.code import CodeFor
from bot.web.console import frame
from bot.web.console.page import (
    Answer,
    Asked,
    Asking,
    Beside,
    File,
    Go,
    Handler,
    NotThere,
    Place,
    Route,
    Upload,
    Verb,
    View,
    Visit,
)
from bot.web.guards import Gate
from bot.wording import console as say
from bot.wording import explain

log = structlog.get_logger()
T = TypeVar("T")
SIGN_IN, PASSWORD = f"{guards.PATH}/sign-in", f"{guards.PATH}/password"


class Run(Protocol):
    """The desk's way of doing something in a transaction."""

    def __call__(self, work: Callable[[Session], T], /) -> "Future[T]": ...


@dataclass(frozen=True, slots=True)
class Back:
    """The back office of a running product. `wall` is the clock by which sessions end, not the product's own."""

    run: Run
    office: Callable[[Session], Office]
    wall: Callable[[], datetime]
    gate: Gate
    jinja: Environment
    places: Sequence[Place] = field(default_factory=tuple)
    known: Current | None = None
    code_for: CodeFor | None = None
    one_at_a_time: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))  # of what is done beside

    def doors(self, session: Session) -> Office:
        """The office in which people come and go."""
        return replace(self.office(session), now=self.wall())

    async def do(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self.run(work))

    def handler(self, route: Route) -> Callable[[web.Request], "asyncio.Future[web.StreamResponse]"]:
        """What aiohttp calls for that route."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                return await self._handle(route, request)
            except web.HTTPException:
                raise
            except Exception:  # a bug spoils its own page: the reader gets a number that stands in the log as well
                number = secrets.token_hex(3)
                log.exception("page failed", number=number, path=route.path)
                return self.page(View("error.html", {"kind": "bug", "words": "", "number": number}, status=500), None)

        return handle  # type: ignore[return-value] # a coroutine function, as aiohttp wants it

    async def _handle(self, route: Route, request: web.Request) -> web.StreamResponse:
        secret, ip = self.gate.secret(request), self.gate.ip(request)
        try:
            asked = await read(request, route.most_bytes if secret else 0)
        except web.HTTPRequestEntityTooLarge:
            return self.page(View("error.html", {"kind": "refused", "words": say.TOO_LARGE, "number": ""}, 413), None)
        if route.verb is Verb.POST and not self.is_ours(request, asked, secret):
            return await self._not_ours(secret, ip)

        def work(session: Session, step: Route) -> tuple[Answer, Me | None, Mapping[str, object]]:
            me = access.who_is(self.doors(session), secret, ip, there=not route.by_itself)
            if me is None:
                return Go(SIGN_IN), None, {}
            visit = Visit(self.office(session), me, asked, self.wall(), self.known, self.gate.public_url, self.code_for)
            answer = answered(step, visit)
            return answer, me, frame.around(visit, self.places) if isinstance(answer, View) else {}

        answer, me, around = await self.do(lambda session: work(session, route))
        while isinstance(answer, Beside | Asking):
            step = replace(route, run=await self._next(answer))
            answer, me, around = await self.do(partial(work, step=step))
        if me is None:
            return self.to_sign_in(request, asked)
        return self.respond(answer, asked, {**around, "token": self.gate.token(secret)})

    async def _next(self, answer: Beside | Asking) -> Handler:
        if isinstance(answer, Asking):
            return await answer.ask()
        async with self.one_at_a_time:
            return await asyncio.to_thread(answer.work)

    def is_ours(self, request: web.Request, asked: Asked, secret: str) -> bool:
        """Whether a form comes from a page of ours; whoever is not signed in is sent to sign in instead."""
        told = request.headers.get("Sec-Fetch-Site") is not None or request.headers.get("Origin") is not None
        if told and not self.gate.is_from_here(request):
            return False
        given = asked.form.get(guards.TOKEN_FIELD, "") or request.headers.get(guards.TOKEN_HEADER, "")
        return not secret or self.gate.has_token(given, secret)

    async def _not_ours(self, secret: str, ip: str) -> web.StreamResponse:
        """Written down where it happened to somebody, and refused."""

        def work(session: Session) -> None:
            me = access.who_is(self.doors(session), secret, ip)
            if me is not None:
                Visit(self.office(session), me, Asked(""), self.wall()).noted("form.refused", me.login)

        await self.do(work)
        return self.page(View("error.html", {"kind": "forged", "words": "", "number": ""}, status=403), None)

    def to_sign_in(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        """To the sign-in, and from there back to where they wanted to go."""
        had_one = bool(self.gate.secret(request))
        wanted = request.path_qs if request.method == "GET" and not asked.part else _came_from(request)
        query = {"next": guards.path_inside(wanted)} | ({"said": "timed_out"} if had_one else {})
        to = f"{SIGN_IN}?{urlencode(query)}"
        if asked.part:  # htmx would put the sign-in into a corner of the page
            return web.Response(status=401, headers={**self.gate.headers(), "HX-Redirect": to})
        return web.Response(status=303, headers={**self.gate.headers(), "Location": to})

    def respond(self, answer: Answer, asked: Asked, facts: Mapping[str, object]) -> web.StreamResponse:
        if isinstance(answer, Go):
            joint = "&" if "?" in answer.to else "?"
            to = f"{answer.to}{joint}said={answer.said}" if answer.said else answer.to
            location = {"HX-Redirect": to} if asked.part else {"Location": to}
            return web.Response(status=204 if asked.part else 303, headers={**self.gate.headers(), **location})
        if isinstance(answer, Beside | Asking):
            raise TypeError("done before anybody is answered")
        if isinstance(answer, File):
            headers = self.gate.headers()
            if answer.name:
                headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(answer.name)}"
            return web.Response(body=answer.body, content_type=answer.content_type, headers=headers)
        return self.page(answer, facts)

    def page(self, view: View, facts: Mapping[str, object] | None) -> web.Response:
        """The page as bytes; `facts` are those around it, None outside of any session."""
        known = facts if facts is not None else {**frame.outside(self.wall()), "token": ""}
        text = self.jinja.get_template(view.template).render({**known, **view.facts})
        return web.Response(
            text=text, status=view.status, content_type="text/html", charset="utf-8", headers=self.gate.headers()
        )


def answered(route: Route, visit: Visit) -> Answer:
    """What a page answers to whoever is there; who may not be is told who may. A refused step is undone."""
    me = visit.me
    if me.must_change and not route.even_unchanged:
        return Go(PASSWORD)
    if me.role not in route.roles:
        visit.noted("page.refused", route.path)
        return View("error.html", {"kind": "no_right", "words": "", "number": "", "who": route.roles}, status=403)
    try:
        with savepoint(visit.office.session):
            return route.run(visit)
    except NotThere:
        return View("error.html", {"kind": "not_there", "words": "", "number": ""}, status=404)
    except Refusal as refusal:
        if route.refused is not None:
            return route.refused(visit, refusal)
        return View("error.html", {"kind": "refused", "words": explain(refusal), "number": ""}, status=409)


async def read(request: web.Request, most_bytes: int = 0) -> Asked:
    """The request as values, with its files where so many bytes are allowed.

    Raises HTTPRequestEntityTooLarge.
    """
    form: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    files: dict[str, Upload] = {}
    if request.method == "POST":
        large = most_bytes > 0 and request.content_type == "multipart/form-data"
        for name, value in await _parts(request, most_bytes) if large else (await request.post()).items():
            if isinstance(value, Upload):
                files[name] = value
            elif isinstance(value, str):
                form.setdefault(name, value.replace("\r\n", "\n"))
                lists[name] = (*lists.get(name, ()), value)
    return Asked(
        at=request.path,
        path=dict(request.match_info),
        query=dict(request.query),
        form=form,
        lists=lists,
        part=request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true",
        files=files,
    )


async def _parts(request: web.Request, most_bytes: int) -> list[tuple[str, str | Upload]]:
    """The fields and files of a form, counted while they come in. Raises HTTPRequestEntityTooLarge."""
    found: list[tuple[str, str | Upload]] = []
    so_far = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        body = bytearray()
        while chunk := await part.read_chunk():
            so_far += len(chunk)
            if so_far > most_bytes:
                raise web.HTTPRequestEntityTooLarge(most_bytes, so_far)
            body += chunk
        given = bytes(body)
        found.append(
            (part.name, given.decode(errors="replace") if part.filename is None else Upload(part.filename, given))
        )
    return found


def _came_from(request: web.Request) -> str:
    """The page on which a form stood."""
    parts = urlsplit(request.headers.get("Referer", ""))
    return parts.path + (f"?{parts.query}" if parts.query else "")
