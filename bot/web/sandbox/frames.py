"""Residents' pages inside the sandbox's phone: the one place where a page of ours may stand in a frame."""

from aiohttp import web

PAGES = "/h5/"
POLICY, FRAMES = "Content-Security-Policy", "X-Frame-Options"


def allow_frames(app: web.Application) -> None:
    """Let `/h5/` be framed by this same host; without the sandbox nobody may."""

    async def loosen(request: web.Request, response: web.StreamResponse) -> None:
        if request.path.startswith(PAGES) and POLICY in response.headers:
            strict = response.headers[POLICY]
            response.headers[POLICY] = strict.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
            response.headers[FRAMES] = "SAMEORIGIN"

    app.on_response_prepare.append(loosen)
