"""Coming in and going: the only pages for whoever is not signed in."""

import asyncio
from typing import Final

from aiohttp import web

from bot.errors import Refusal
from bot.rules import access, staff
from bot.rules.access import WrongLogin
from bot.store import Session, savepoint
from bot.web import guards
from bot.web.console.page import Asked, View
from bot.web.console.serve import SIGN_IN, Back, read
from bot.wording import console as say
from bot.wording import explain

AT_ONCE: Final = 2  # each comparison takes 20 MB and a while
MOST_LOGIN = 32


def add_sign_in(app: web.Application, back: Back) -> None:
    """Register the pages that need no session. They are declared here and nowhere else."""
    comparing = asyncio.Semaphore(AT_ONCE)

    async def show(request: web.Request) -> web.StreamResponse:
        return back.page(_form(await read(request)), None)

    async def come_in(request: web.Request) -> web.StreamResponse:
        asked = await read(request)
        if not back.gate.is_from_here(request):
            return back.page(View("error.html", {"kind": "forged", "words": "", "number": ""}, status=403), None)
        login, password = asked.form.get("login", "").strip().lower()[:MOST_LOGIN], asked.form.get("password", "")
        ip, device = back.gate.ip(request), guards.device(request)
        stored = await back.do(lambda session: _stored(back, session, login, ip))
        if isinstance(stored, Refusal):
            return back.page(_form(asked, stored), None)
        async with comparing:
            right = await asyncio.to_thread(staff.matches, stored, password[: staff.MOST_PASSWORD])
        secret = await back.do(
            lambda session: access.come_in(back.doors(session), login, right=right, ip=ip, device=device)
        )
        if secret is None:
            return back.page(_form(asked, WrongLogin()), None)
        to = guards.path_inside(asked.form.get("next", ""))
        if to == f"{guards.PATH}/":  # the inbox, which not everybody has
            to = await back.do(lambda session: _home(back, session, secret, ip))
        response = web.Response(status=303, headers={**back.gate.headers(), "Location": to})
        back.gate.give(response, secret)
        return response

    async def go(request: web.Request) -> web.StreamResponse:
        asked = await read(request)
        secret = back.gate.secret(request)
        if not back.is_ours(request, asked, secret):
            return back.page(View("error.html", {"kind": "forged", "words": "", "number": ""}, status=403), None)
        await back.do(lambda session: _end(back, session, secret, back.gate.ip(request)))
        response = web.Response(status=303, headers={**back.gate.headers(), "Location": f"{SIGN_IN}?said=signed_out"})
        response.headers["Clear-Site-Data"] = '"cache"'
        back.gate.take(response)
        return response

    app.router.add_get(SIGN_IN, show)
    app.router.add_post(SIGN_IN, come_in)
    app.router.add_post(f"{guards.PATH}/sign-out", go)


def _form(asked: Asked, refusal: Refusal | None = None) -> View:
    facts = {
        "login": asked.form.get("login", ""),
        "next": asked.form.get("next") or asked.query.get("next", ""),
        "error": explain(refusal) if refusal else "",
        "said": say.SAID.get(asked.query.get("said", ""), ""),
    }
    return View("sign_in.html", facts, status=200 if refusal is None else 422)


def _stored(back: Back, session: Session, login: str, ip: str) -> str | Refusal:
    try:
        with savepoint(session):
            return access.stored_password(back.doors(session), login, ip)
    except Refusal as refusal:
        return refusal


def _home(back: Back, session: Session, secret: str, ip: str) -> str:
    """The first place on the rail that the role has."""
    me = access.who_is(back.doors(session), secret, ip)
    return next((one.path for one in back.places if me is not None and me.role in one.roles), f"{guards.PATH}/")


def _end(back: Back, session: Session, secret: str, ip: str) -> None:
    office = back.doors(session)
    me = access.who_is(office, secret, ip)
    if me is not None:
        access.leave(office, me, me.session_id)
