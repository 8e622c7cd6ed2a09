"""The pages' own style, read once; its address changes with its content, so browsers may keep it for ever."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from aiohttp import web

from bot.web.guards import HEADERS

FOLDER = Path(__file__).parent / "static"
ADDRESS = "/h5/static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_EVER = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
Files = Mapping[str, tuple[bytes, str]]


def read(folder: Path = FOLDER) -> Files:
    """Every file with its type, by its name."""
    return {path.name: (path.read_bytes(), TYPES[path.suffix]) for path in folder.iterdir() if path.suffix in TYPES}


def addresses(files: Files) -> dict[str, str]:
    return {name: f"{ADDRESS}/{name}?v={sha256(body).hexdigest()[:12]}" for name, (body, _) in files.items()}


def add_static(app: web.Application, files: Files) -> None:
    async def serve(request: web.Request) -> web.StreamResponse:
        found = files.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found[0], content_type=found[1], charset="utf-8", headers=FOR_EVER)

    app.router.add_get(f"{ADDRESS}/{{name}}", serve)
