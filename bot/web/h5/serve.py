"""Between aiohttp and the residents' pages: who it is, the transaction, and the answer as bytes."""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import structlog
from aiohttp import web
from jinja2 import Environment

from bot.errors import Refusal
from bot.privacy import Seal
from bot.rules import link
from bot.rules.link import LASTS, LinkNotOurs, LinkOver, Purpose
from bot.rules.office import Office
from bot.rules.reach import RESIDENTS
from bot.store import Session, resident, savepoint
from bot.store.runs import Runs
from bot.web.guards import HEADERS
from bot.web.h5.oauth import OAuth
from bot.web.h5.page import Answer, File, Go, NobodyKnown, NotThere, Route, Verb, View, Visit
from bot.wording import explain

log = structlog.get_logger()
T = TypeVar("T")
PATH = "/h5"
COOKIE, LARGE = "weizhan_resident", "weizhan_large"
TOKEN_FIELD = "_token"  # noqa: S105 - a name, no secret
NOT_KEPT = {**HEADERS, "Cache-Control": "no-store"}
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Front:
    """The residents' pages of a running product. `https`: residents reach us by it."""

    desk: Runs
    office: Callable[[Session], Office]
    now: Callable[[], datetime]
    seal: Seal
    jinja: Environment
    https: bool
    oauth: OAuth | None = None
    public_url: str = ""

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """A link of the chat: whoever follows it is known to this browser from now on."""
        to = path_inside(request.query.get("to", ""))
        try:
            named = link.read(self.seal, Purpose.ENTRY, request.match_info["name"], self.now())
        except (LinkOver, LinkNotOurs) as refusal:
            if self.whose(request) is not None:  # an old link in a browser that is known still
                return _go(to)
            return self.page(View("error.html", {"kind": "link", "words": explain(refusal)}, status=403), request)
        return self.known_from_now(named.resident_id, to)

    async def arrive(self, request: web.Request) -> web.StreamResponse:
        """Back from the platform: whoever it says it is, is known to this browser from now on."""
        to = path_inside(request.query.get("to", ""))
        if self.oauth is None or self.whose(request) is not None:  # known already: the page was loaded again
            return _go(to)
        came = await self.oauth.back(request)
        if came.openid:
            return self.known_from_now(await asyncio.wrap_future(self.desk.run(self._person(came.openid))), to)
        if came.again and "again" not in request.query:
            return self.oauth.away(to, again=True)
        return self.page(View("error.html", {"kind": "entry", "words": ""}, status=403), request)

    def _person(self, openid: str) -> Callable[[Session], UUID]:
        """The resident of that openid, who is registered where they are new."""

        def find(session: Session) -> UUID:
            known = resident.person(session, channel=RESIDENTS, sender=openid)
            return known or resident.register(session, channel=RESIDENTS, sender=openid, now=self.now())

        return find

    def known_from_now(self, resident_id: UUID, to: str) -> web.StreamResponse:
        """Let the browser keep whose pages it shows."""
        answer = _go(to)
        name = link.sign(self.seal, Purpose.PAGE, resident_id, self.now())
        seconds = int(LASTS[Purpose.PAGE].total_seconds())
        answer.set_cookie(COOKIE, name, path=PATH, max_age=seconds, httponly=True, samesite="Lax", secure=self.https)
        return answer

    async def size(self, request: web.Request) -> web.StreamResponse:
        """The switch for large letters."""
        answer = _go(path_inside(request.query.get("to", "")))
        if request.query.get("large") == "1":
            answer.set_cookie(LARGE, "1", path=PATH, max_age=A_YEAR, samesite="Lax", secure=self.https)
        else:
            answer.del_cookie(LARGE, path=PATH)
        return answer

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
                return self.page(View("error.html", {"kind": "bug", "words": number}, status=500), request)

        return handle  # type: ignore[return-value] # a coroutine function, as aiohttp wants it

    async def _handle(self, route: Route, request: web.Request) -> web.StreamResponse:
        whose = self.whose(request)
        form: dict[str, str] = {}
        if route.verb is Verb.POST:
            given = await request.post()
            form = {name: value for name, value in given.items() if isinstance(value, str)}
            if not self._is_ours(form, request):
                return self.page(View("error.html", {"kind": "forged", "words": ""}, status=403), request)

        def work(session: Session) -> Answer | None:
            """The answer; None where the platform must say first who it is."""
            office = self.office(session)
            here = whose if whose is not None and resident.is_known(session, whose) else None
            if here is None and self.oauth is not None and route.verb is Verb.GET and (route.asks or not route.for_all):
                return None
            at, query = dict(request.match_info), dict(request.query)
            visit = Visit(office, here, request.path, at, query, form, self.public_url)
            return answered(route, visit)

        answer = await asyncio.wrap_future(self.desk.run(work))
        if answer is None and self.oauth is not None:
            return self.oauth.away(request.path_qs)
        return self.respond(answer or View("error.html", {"kind": "stranger", "words": ""}, status=403), request)

    def whose(self, request: web.Request) -> UUID | None:
        """Whose pages this browser shows; None for a stranger."""
        try:
            name = request.cookies.get(COOKIE, "")
            return link.read(self.seal, Purpose.PAGE, name, self.now()).resident_id
        except (LinkOver, LinkNotOurs):
            return None

    def respond(self, answer: Answer, request: web.Request) -> web.StreamResponse:
        if isinstance(answer, Go):
            joint = "&" if "?" in answer.to else "?"
            return _go(f"{answer.to}{joint}{urlencode({'said': answer.said})}" if answer.said else answer.to)
        if isinstance(answer, File):
            return web.Response(body=answer.body, content_type=answer.content_type, headers=NOT_KEPT)
        return self.page(answer, request)

    def page(self, view: View, request: web.Request) -> web.Response:
        text = self.jinja.get_template(view.template).render({**self._around(request), **view.facts})
        return web.Response(text=text, status=view.status, content_type="text/html", charset="utf-8", headers=NOT_KEPT)

    def _around(self, request: web.Request) -> Mapping[str, object]:
        """What every page shows beside its own."""
        return {
            "token": self._token(request),
            "large": request.cookies.get(LARGE) == "1",
            "at": request.path_qs,
            "said": request.query.get("said", ""),
            "now": self.now(),
            "may_enter": self.oauth is not None,
        }

    def _is_ours(self, form: Mapping[str, str], request: web.Request) -> bool:
        """Whether a form stood on a page of ours in this browser."""
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None and site not in ("same-origin", "none"):
            return False
        return hmac.compare_digest(form.get(TOKEN_FIELD, "").encode(), self._token(request).encode())

    def _token(self, request: web.Request) -> str:
        name = request.cookies.get(COOKIE, "")
        return hmac.new(self.seal.key("residents' forms"), name.encode(), hashlib.sha256).hexdigest()


def answered(route: Route, visit: Visit) -> Answer:
    """What a page answers; a refused step is undone and said in a sentence."""
    try:
        if not route.for_all and visit.resident is None:
            raise NobodyKnown
        with savepoint(visit.office.session):
            return route.run(visit)
    except NobodyKnown:
        return View("error.html", {"kind": "stranger", "words": ""}, status=403)
    except NotThere:
        return View("error.html", {"kind": "not_there", "words": ""}, status=404)
    except Refusal as refusal:
        return View("error.html", {"kind": "refused", "words": explain(refusal)}, status=409)


def path_inside(wanted: str) -> str:
    """Where to go: only a page of ours."""
    parts = urlsplit(wanted)
    inside = not parts.scheme and not parts.netloc and wanted.startswith(f"{PATH}/") and "\\" not in wanted
    return wanted if inside and wanted.isprintable() else f"{PATH}/"


def _go(to: str) -> web.Response:
    return web.Response(status=303, headers={**NOT_KEPT, "Location": to})
