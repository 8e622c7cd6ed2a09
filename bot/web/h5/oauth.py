"""Coming in without a link of the chat: the platform says who opened the page. Source: docs/wechat.md §8."""

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import quote, urlencode

import structlog
from aiohttp import web

from bot.channels.answer import Answer
from bot.privacy import Seal

log = structlog.get_logger()
PATH = "/h5/oauth"
COOKIE = "weizhan_oauth"
LASTS = timedelta(minutes=10)
ASK_AGAIN = frozenset({40029, 40163})  # the code is over or was used: another one may be asked for
_MAC = 32  # hexadecimal digits


class Opened(Protocol):
    """The account's API, as far as it is needed: who came back with a code."""

    def __call__(self, code: str) -> Awaitable[Answer]: ...


@dataclass(frozen=True, slots=True)
class Came:
    """Who came back: an openid, or whether it is worth asking once more."""

    openid: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class OAuth:
    """The platform's silent authorisation (`snsapi_base`), which tells the openid and nothing else."""

    app_id: str
    open_base: str
    public_url: str
    seal: Seal
    now: Callable[[], datetime]
    opened_by: Opened

    def away(self, to: str, *, again: bool = False) -> web.Response:
        """Send the browser to the platform; it comes back to PATH, and from there goes to `to`."""
        nonce = secrets.token_hex(16)
        back = f"{self.public_url.rstrip('/')}{PATH}?{urlencode({'to': to, **({'again': '1'} if again else {})})}"
        order = [("appid", self.app_id), ("redirect_uri", back), ("response_type", "code"), ("scope", "snsapi_base")]
        query = urlencode([*order, ("state", self._state(nonce))], quote_via=quote, safe="")
        address = f"{self.open_base.rstrip('/')}/connect/oauth2/authorize?{query}#wechat_redirect"
        answer = web.Response(status=302, headers={"Location": address, "Cache-Control": "no-store"})
        https = self.public_url.startswith("https:")
        seconds = int(LASTS.total_seconds())
        answer.set_cookie(COOKIE, nonce, path=PATH, max_age=seconds, httponly=True, samesite="Lax", secure=https)
        return answer

    async def back(self, request: web.Request) -> Came:
        """Who it is, if this browser was sent away by us and lately, and the platform knows the code."""
        if not self._is_ours(request.query.get("state", ""), request.cookies.get(COOKIE, "")):
            return Came(again=True)
        answer = await self.opened_by(request.query.get("code", "")[:128])
        openid = answer.body.get("openid")
        if not answer.ok or not isinstance(openid, str) or not openid:
            return Came(again=answer.errcode.code in ASK_AGAIN)
        if answer.body.get("is_snapshotuser"):  # the platform's preview, not a person
            return Came()
        return Came(openid)

    def _state(self, nonce: str) -> str:
        """Until when, and that it was made here for this browser: 40 hexadecimal digits."""
        until = f"{int((self.now() + LASTS).timestamp()):08x}"
        return until + self._mac(until, nonce)

    def _is_ours(self, state: str, nonce: str) -> bool:
        until, mac = state[:8], state[8:]
        if not nonce or not hmac.compare_digest(mac.encode(), self._mac(until, nonce).encode()):
            return False
        return int(until, 16) > self.now().timestamp()

    def _mac(self, until: str, nonce: str) -> str:
        return hmac.new(self.seal.key("oauth"), f"{until}{nonce}".encode(), hashlib.sha256).hexdigest()[:_MAC]
