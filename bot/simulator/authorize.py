"""The page `open.weixin.qq.com/connect/oauth2/authorize`: whoever holds the phone agrees, and goes on with a code."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aiohttp import web

from bot.simulator.people import Person
from bot.simulator.world import World

PATH = "/connect/oauth2/authorize"
ORDER = ["appid", "redirect_uri", "response_type", "scope", "state"]
LONGEST_STATE = 128
NEVER = datetime.min.replace(tzinfo=UTC)


def routes(world: World) -> list[web.RouteDef]:
    """One page."""

    async def authorize(request: web.Request) -> web.Response:
        wrong = _wrong(world, request)
        if wrong:
            return web.Response(text=wrong, status=200)
        code = world.web_codes.give(holder(world).openid, world.now())
        return web.Response(status=302, headers={"Location": _with(request.query["redirect_uri"], code, request)})

    return [web.get(PATH, authorize)]


def holder(world: World) -> Person:
    """Whose phone it is that was opened last: who wrote last, else the first who follows."""
    following = [person for person in world.people if person.following] or list(world.people)
    return max(following, key=lambda person: person.last_contact or NEVER)


def _wrong(world: World, request: web.Request) -> str:
    """What the error page says, in English here; empty where it goes on. The order of the parameters matters."""
    query, state = request.query, request.query.get("state", "")
    if query.get("appid") != world.account.app_id:
        return "AppID is wrong"
    if [name for name in query if name in ORDER] != ORDER[: 5 if "state" in query else 4]:
        return "the parameters are wrong, or not in their order"
    if not world.account.verified or query["scope"] not in ("snsapi_base", "snsapi_userinfo"):
        return "10005: the account has no right to this scope"
    if query["response_type"] != "code" or not urlsplit(query["redirect_uri"]).hostname:
        return "10003: redirect_uri is not of the account's domain"
    return "state is wrong" if len(state) > LONGEST_STATE or (state and not state.isalnum()) else ""


def _with(address: str, code: str, request: web.Request) -> str:
    """The page's own address with the code and its state behind whatever it had."""
    parts = urlsplit(address)
    query = [*parse_qsl(parts.query), ("code", code), ("state", request.query.get("state", ""))]
    return urlunsplit(parts._replace(query=urlencode(query)))
