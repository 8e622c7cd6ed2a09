"""Who opened a page: a code of the web authorisation against an openid."""

from __future__ import annotations

import secrets

from bot.simulator.api.call import Answer, Call, Endpoint
from bot.simulator.crypto import same
from bot.simulator.errors import PlatformError

HOURS_2 = 7200


def access_token(call: Call) -> Answer:
    """The page's own token, which is not the account's, and the openid."""
    account, said = call.world.account, call.query
    if said.get("appid") != account.app_id:
        raise PlatformError(40013)
    if not same(said.get("secret", ""), account.app_secret):
        raise PlatformError(40125)
    if said.get("grant_type") != "authorization_code":
        raise PlatformError(40002)
    if not said.get("code"):
        raise PlatformError(41008)
    openid = call.world.web_codes.take(said["code"], call.now)
    return {
        "access_token": f"web_{secrets.token_urlsafe(40)}",
        "expires_in": HOURS_2,
        "refresh_token": secrets.token_urlsafe(40),
        "openid": openid,
        "scope": "snsapi_base",
    }


ENDPOINTS = {"/sns/oauth2/access_token": Endpoint(access_token, "GET", needs_token=False, needs_verified=True)}
