"""Files that pages need, read once; their address changes with their content, so browsers may keep them for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from aiohttp import web

from bot.web.guards import HEADERS

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_EVER = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it goes out."""

    body: bytes
    content_type: str
    tag: str


def read(folder: Path) -> dict[str, StaticFile]:
    """Every file of a kind we serve, by its name below the folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in TYPES:
            body = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            found[name] = StaticFile(body, TYPES[path.suffix], sha256(body).hexdigest()[:12])
    return found


def addresses(root: str, files: Mapping[str, StaticFile]) -> dict[str, str]:
    """Where each file is found: `weizhan.css` → `/console/static/weizhan.css?v=…`."""
    return {name: f"{root}/static/{name}?v={file.tag}" for name, file in files.items()}


def add_static(app: web.Application, root: str, files: Mapping[str, StaticFile]) -> None:
    async def serve(request: web.Request) -> web.StreamResponse:
        found = files.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found.body, content_type=found.content_type, charset="utf-8", headers=FOR_EVER)

    app.router.add_get(f"{root}/static/{{name:.+}}", serve)
