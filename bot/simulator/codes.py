"""Scene codes: tickets the account had made, and what comes of scanning one."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import segno

from bot.simulator.errors import PlatformError, Refused

LONGEST = 2_592_000
DEFAULT_LIFE = 60


@dataclass(frozen=True, slots=True)
class SceneCode:
    """A code with its scene; `until` is None for a permanent one."""

    ticket: str
    scene: str
    url: str
    until: datetime | None


class SceneCodes:
    """Codes by ticket."""

    def __init__(self) -> None:
        self._codes: dict[str, SceneCode] = {}

    def make(self, scene: str, now: datetime, life: timedelta | None) -> SceneCode:
        url = f"http://weixin.qq.com/q/02{secrets.token_urlsafe(16)}"
        ticket = f"gQ{secrets.token_urlsafe(60)}=="
        code = SceneCode(ticket, scene, url, now + life if life is not None else None)
        self._codes[ticket] = code
        return code

    def with_ticket(self, ticket: str) -> SceneCode | None:
        return self._codes.get(ticket)

    def scanned(self, now: datetime, *, ticket: str = "", scene: str = "") -> SceneCode:
        """The code a person holds their phone to; a scene nobody made is one printed long ago.

        Raises Refused `code_expired` for one that has run out.
        """
        code = self._codes.get(ticket) if ticket else self._latest(scene)
        if code is None and scene:
            code = self.make(scene, now, None)
        if code is None:
            raise Refused("code_expired", "there is no code with this ticket")
        if code.until is not None and code.until <= now:
            raise Refused("code_expired", "the code has run out")
        return code

    def _latest(self, scene: str) -> SceneCode | None:
        return next((code for code in reversed(self._codes.values()) if code.scene == scene), None)


def asked_scene(action: str, scene_id: float | None, scene_text: str | None) -> tuple[str, bool]:
    """The scene and whether it is permanent. Raises PlatformError 40052 or 40053."""
    permanent = action in ("QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE")
    if action in ("QR_SCENE", "QR_LIMIT_SCENE"):
        most = 100_000 if permanent else 2**32 - 1
        if scene_id is None or scene_id != int(scene_id) or not 1 <= scene_id <= most:
            raise PlatformError(40053)
        return str(int(scene_id)), permanent
    if action in ("QR_STR_SCENE", "QR_LIMIT_STR_SCENE"):
        if scene_text is None or not 1 <= len(scene_text) <= 64:
            raise PlatformError(40053)
        return scene_text, permanent
    raise PlatformError(40052)


def picture(code: SceneCode) -> bytes:
    """The code as a PNG."""
    out = io.BytesIO()
    segno.make(code.url, error="m").save(out, kind="png", scale=8, border=2)
    return out.getvalue()
