"""The page's own files, read once and served under a policy that lets nothing from outside in."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from aiohttp import web

PAGE = Path(__file__).parent / "page"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file as it goes out; `etag` lets a browser keep it until it changes."""

    body: bytes
    content_type: str
    etag: str


def add_files(app: web.Application) -> None:
    """Register the page at `/sandbox/` and its parts below `static/`."""
    files = _read(PAGE)

    async def index(request: web.Request) -> web.StreamResponse:
        return _answer(request, files["index.html"])

    async def static(request: web.Request) -> web.StreamResponse:
        found = files.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        return _answer(request, found)

    async def slash(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPMovedPermanently("/sandbox/")

    app.router.add_get("/sandbox", slash)
    app.router.add_get("/sandbox/", index)
    app.router.add_get("/sandbox/static/{name}", static)


def _read(folder: Path) -> dict[str, PageFile]:
    """Every file of a kind we serve, by its name."""
    return {path.name: _page_file(path) for path in sorted(folder.iterdir()) if path.suffix in TYPES}


def _page_file(path: Path) -> PageFile:
    body = path.read_bytes()
    return PageFile(body=body, content_type=TYPES[path.suffix], etag=sha256(body).hexdigest()[:16])


def _answer(request: web.Request, file: PageFile) -> web.Response:
    known = {tag.value for tag in request.if_none_match or ()}
    if file.etag in known:
        response = web.Response(status=304, headers=POLICY)
    else:
        response = web.Response(body=file.body, content_type=file.content_type, charset="utf-8", headers=POLICY)
    response.etag = file.etag
    return response
