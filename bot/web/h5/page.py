"""What a page for residents is: whose it is, what it is asked, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from bot.rules.office import Office
from bot.web.page import File, Go, NotThere, Verb, View

__all__ = [
    "Answer",
    "File",
    "Go",
    "NobodyKnown",
    "NotThere",
    "Pages",
    "Route",
    "Run",
    "Verb",
    "View",
    "Visit",
]


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
    public_url: str = ""  # where residents reach our pages

    @property
    def resident_id(self) -> UUID:
        """Whose page it is. Raises NobodyKnown."""
        if self.resident is None:
            raise NobodyKnown
        return self.resident


Answer = View | Go | File


class Run(Protocol):
    """A page's function: plain and synchronous, inside the transaction."""

    def __call__(self, visit: Visit) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `for_all`: also for somebody who did not come from the chat.

    `asks`: of such a page, the platform is asked who it is all the same, where it can be.
    """

    verb: Verb
    path: str
    run: Run
    for_all: bool
    asks: bool = False


class Pages:
    """The routes of one noun; a page is its resident's own unless it says that it is for all."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def get(self, path: str, *, for_all: bool = False, asks: bool = False) -> Callable[[Run], Run]:
        return self._declare(Verb.GET, path, for_all, asks)

    def post(self, path: str) -> Callable[[Run], Run]:
        """What changes something is always its resident's own."""
        return self._declare(Verb.POST, path, False)

    def _declare(self, verb: Verb, path: str, for_all: bool, asks: bool = False) -> Callable[[Run], Run]:
        def declared(run: Run) -> Run:
            self.routes.append(Route(verb, path, run, for_all, asks))
            return run

        return declared
