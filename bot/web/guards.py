"""What stands before every page of the back office: whose a request is, where it comes from, what goes back with it."""

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.privacy import Seal

COOKIE = "weizhan_console"
PATH = "/console"
TOKEN_FIELD, TOKEN_HEADER = "_token", "X-CSRF-Token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NOT_KEPT = {**HEADERS, "Cache-Control": "no-store"}
_HTTPS_ONLY = "max-age=31536000"


@dataclass(frozen=True, slots=True)
class Gate:
    """What the guards know of this server. `public_url` is where its people reach it, "" where that is not said."""

    seal: Seal
    public_url: str = ""

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    def secret(self, request: web.Request) -> str:
        """What the browser's cookie holds."""
        return request.cookies.get(COOKIE, "")[:128]

    def token(self, secret: str) -> str:
        """What forms of that session carry; whoever has it has the cookie or a page of ours."""
        return hmac.new(self.seal.key("console forms"), secret.encode(), hashlib.sha256).hexdigest()

    def has_token(self, given: str, secret: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token(secret).encode())

    def is_from_here(self, request: web.Request) -> bool:
        """Whether the browser says that a page of ours sent it; one that says nothing at all is not believed."""
        site = request.headers.get("Sec-Fetch-Site")
        origin = request.headers.get("Origin")
        if site is not None and site not in ("same-origin", "none"):
            return False
        if origin is not None:
            return urlsplit(origin).netloc in {request.host, urlsplit(self.public_url).netloc} - {""}
        return site is not None

    def ip(self, request: web.Request) -> str:
        """A keyed hash of the address; the proxy beside us is believed when it says whose it is."""
        peer = request.remote or ""
        if peer in ("127.0.0.1", "::1", ""):
            peer = request.headers.get("X-Real-IP", peer)
        return hmac.new(self.seal.key("addresses"), peer[:64].encode(), hashlib.sha256).hexdigest()[:16]

    def give(self, response: web.StreamResponse, secret: str) -> None:
        """Let the browser keep the session: not readable by scripts, not sent along from elsewhere."""
        response.set_cookie(COOKIE, secret, path=PATH, httponly=True, samesite="Lax", secure=self.is_https)

    def take(self, response: web.StreamResponse) -> None:
        """Let the browser forget it."""
        response.del_cookie(COOKIE, path=PATH, httponly=True, samesite="Lax", secure=self.is_https)

    def headers(self) -> dict[str, str]:
        """Of every page: nothing of it is kept in the browser."""
        return {**NOT_KEPT, "Strict-Transport-Security": _HTTPS_ONLY} if self.is_https else dict(NOT_KEPT)


def device(request: web.Request) -> str:
    """The browser in two words, so that people know their own sessions again."""
    agent = request.headers.get("User-Agent", "")
    names = (
        ("MicroMessenger", "WeChat"),
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )
    browser = next((name for sign, name in names if sign in agent), "")
    system = next((name for sign, name in systems if sign in agent), "")
    return " · ".join(filter(None, (browser, system)))


def path_inside(wanted: str) -> str:
    """Where to go after signing in: only a page of ours."""
    parts = urlsplit(wanted)
    inside = not parts.scheme and not parts.netloc and wanted.startswith(f"{PATH}/") and "\\" not in wanted
    return wanted if inside and wanted.isprintable() else f"{PATH}/"
