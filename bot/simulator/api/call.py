"""One API call as a value, and what an endpoint is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.simulator.errors import PlatformError
from bot.simulator.jsons import Body, Json
from bot.simulator.people import Person
from bot.simulator.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked. `upload` is the file of a multipart form."""

    world: World
    path: str
    query: Mapping[str, str]
    body: Body
    upload: bytes | None = None

    @property
    def now(self) -> datetime:
        return self.world.now()

    def follower(self, openid: str, otherwise: int) -> Person:
        """The person with the openid. Raises PlatformError 40003, or `otherwise` for one who does not follow."""
        person = self.world.people.with_openid(openid)
        if not person.following:
            raise PlatformError(otherwise)
        return person


@dataclass(frozen=True, slots=True)
class Blob:
    """An answer that is a file."""

    data: bytes
    content_type: str
    file_name: str = ""


Answer: TypeAlias = "Json | Blob"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A path's handler. `method` is empty where both do; `quota` names the day's count."""

    handler: Callable[[Call], Answer]
    method: str = "POST"
    quota: str | None = None
    needs_token: bool = True
    needs_verified: bool = False


OK: Json = {"errcode": 0, "errmsg": "ok"}


def ok(**fields: str | int) -> Json:
    return {**OK, **fields}
