"""Access tokens, quotas and the platform's addresses."""

from __future__ import annotations

from bot.simulator.api.call import OK, Answer, Call, Endpoint
from bot.simulator.crypto import same
from bot.simulator.errors import PlatformError
from bot.simulator.jsons import Json
from bot.simulator.tokens import Token


def ordinary(call: Call) -> Answer:
    """A new token each time; the one before dies within five minutes."""
    _check(call, call.query.get("grant_type", ""), call.query.get("appid", ""), call.query.get("secret", ""))
    call.world.quotas.use("token", call.now)
    return _handed(call, call.world.tokens.ordinary(call.now))


def stable(call: Call) -> Answer:
    """The same token until shortly before its end, unless a refresh is forced."""
    body = call.body
    _check(call, body.text_or("grant_type"), body.text_or("appid"), body.text_or("secret"))
    call.world.quotas.use("stable_token", call.now)
    if not body.flag("force_refresh"):
        return _handed(call, call.world.tokens.stable(call.now))
    call.world.quotas.use("forced_token", call.now)
    return _handed(call, call.world.tokens.forced(call.now))


def clear_quota(call: Call) -> Answer:
    if call.body.text_or("appid") != call.world.account.app_id:
        raise PlatformError(40013)
    call.world.quotas.clear(call.now)
    return OK


def clear_quota_by_secret(call: Call) -> Answer:
    """The way that needs no token."""
    _check(call, "client_credential", call.body.text_or("appid"), call.body.text_or("appsecret"))
    call.world.quotas.clear(call.now)
    return OK


def addresses(_: Call) -> Answer:
    return {"ip_list": ["127.0.0.1"]}


def _check(call: Call, grant: str, app_id: str, secret: str) -> None:
    account = call.world.account
    if grant != "client_credential":
        raise PlatformError(40002)
    if not app_id or not secret:
        raise PlatformError(41004 if app_id else 41002)
    if app_id != account.app_id:
        raise PlatformError(40013)
    if not same(secret, account.app_secret):
        raise PlatformError(40125)


def _handed(call: Call, token: Token) -> Json:
    return {"access_token": token.value, "expires_in": token.seconds_left(call.now)}


ENDPOINTS = {
    "/cgi-bin/token": Endpoint(ordinary, "GET", needs_token=False),
    "/cgi-bin/stable_token": Endpoint(stable, needs_token=False),
    "/cgi-bin/clear_quota": Endpoint(clear_quota),
    "/cgi-bin/clear_quota/v2": Endpoint(clear_quota_by_secret, needs_token=False),
    "/cgi-bin/getcallbackip": Endpoint(addresses, "GET"),
    "/cgi-bin/get_api_domain_ip": Endpoint(addresses, "GET"),
}
