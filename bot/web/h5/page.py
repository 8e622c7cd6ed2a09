"""What a page for residents is: whose it is, what it is asked, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from bot.rules.office import Office


class Verb(StrEnum):
    """GET looks, POST changes."""

    GET = "GET"
    POST = "POST"


class NotThere(Exception):
    """There is no such thing, or it is somebody else's: nobody learns which."""


class NobodyKnown(Exception):
    """The page is somebody's own, and the browser did not come from the chat."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the page, in the transaction of their request. `resident` is None for a stranger."""

    office: Office
    resident: UUID | None
    at: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def resident_id(self) -> UUID:
        """Whose page it is. Raises NobodyKnown."""
        if self.resident is None:
            raise NobodyKnown
        return self.resident


@dataclass(frozen=True, slots=True)
class View:
    """A page: its template and what it shows, read already."""

    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Go:
    """Another page, after something was done; `said` names a sentence of `wording.h5.SAID` to be shown there."""

    to: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, such as a map or a QR."""

    body: bytes
    content_type: str = "image/svg+xml"


Answer = View | Go | Picture


class Run(Protocol):
    """A page's function: plain and synchronous, inside the transaction."""

    def __call__(self, visit: Visit) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `for_all`: also for somebody who did not come from the chat."""

    verb: Verb
    path: str
    run: Run
    for_all: bool


class Pages:
    """The routes of one noun; a page is its resident's own unless it says that it is for all."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def get(self, path: str, *, for_all: bool = False) -> Callable[[Run], Run]:
        return self._declare(Verb.GET, path, for_all)

    def post(self, path: str) -> Callable[[Run], Run]:
        """What changes something is always its resident's own."""
        return self._declare(Verb.POST, path, False)

    def _declare(self, verb: Verb, path: str, for_all: bool) -> Callable[[Run], Run]:
        def declared(run: Run) -> Run:
            self.routes.append(Route(verb, path, run, for_all))
            return run

        return declared
