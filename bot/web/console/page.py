"""What a page of the back office is: who may open it, what it is asked, and what it answers."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.errors import Refusal
from bot.nlu.current import Current
from bot.rules import audit
from bot.rules.access import Me, Scope
from bot.rules.audit import Act
from bot.rules.office import Office
from bot.store.staff import StaffRole
from bot.web.code import CodeFor
from bot.web.page import File, Go, NotThere, Verb, View

__all__ = [
    "Answer",
    "Asked",
    "Asking",
    "Beside",
    "File",
    "Go",
    "Handler",
    "NotThere",
    "Pages",
    "Place",
    "Route",
    "Upload",
    "Verb",
    "View",
    "Visit",
]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as plain values. `path`: the parts of the address in braces; `part`: htmx wants a part of the page."""

    at: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the same with every value of a field
    part: bool = False
    files: Mapping[str, Upload] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with the right to be here, in the transaction of their request."""

    office: Office
    me: Me
    asked: Asked
    doors_now: datetime  # by the clock by which sessions end
    known: Current | None = None  # what the assistant knows at this moment
    public_url: str = ""  # where residents reach our pages
    code_for: CodeFor | None = None  # asks the account for a QR code; None where there is no account

    @property
    def scope(self) -> Scope:
        return self.me.scope

    def noted(self, what: str, subject: str = "", **details: object) -> None:
        """Write down what is done or looked at, in the same transaction."""
        audit.add(self.office, Act(what, by=self.me.staff_id, subject=subject, ip=self.me.ip, details=details or None))


@dataclass(frozen=True, slots=True)
class Beside:
    """Something that takes longer than a desk may be kept: `work` is done beside it, without a transaction.

    What it returns is the next step, run as a page is, in a transaction of its own.
    """

    work: Callable[[], "Handler"]


@dataclass(frozen=True, slots=True)
class Asking:
    """Something that another house is asked, without a transaction; what it returns is the next step."""

    ask: Callable[[], Awaitable["Handler"]]


Answer = View | Go | File | Beside | Asking


class Handler(Protocol):
    """A page's function: plain and synchronous, inside the transaction."""

    def __call__(self, visit: Visit) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `roles`: who may; nobody else gets further than the guard.

    `even_unchanged`: also with a first password. `by_itself`: asked by the page, not by a person.
    `most_bytes`: so large a form with files may be; 0 where no files are taken.
    """

    verb: Verb
    path: str
    roles: frozenset[StaffRole]
    run: Handler
    even_unchanged: bool = False
    by_itself: bool = False
    refused: Callable[[Visit, Refusal], Answer] | None = None
    most_bytes: int = 0


class Pages:
    """The routes of one noun. A route cannot be declared without saying who may open it."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def get(
        self, path: str, *, roles: Collection[StaffRole], even_unchanged: bool = False, by_itself: bool = False
    ) -> Callable[[Handler], Handler]:
        """Declare a page that is looked at. `by_itself`: a page of ours asks for it without anybody doing something."""

        def declared(run: Handler) -> Handler:
            self._add(Route(Verb.GET, path, frozenset(roles), run, even_unchanged, by_itself))
            return run

        return declared

    def post(
        self,
        path: str,
        *,
        roles: Collection[StaffRole],
        even_unchanged: bool = False,
        by_itself: bool = False,
        refused: Callable[[Visit, Refusal], Answer] | None = None,
        most_bytes: int = 0,
    ) -> Callable[[Handler], Handler]:
        """Declare what changes something. `refused` shows the page again when the rules say no, with what was typed."""

        def declared(run: Handler) -> Handler:
            self._add(Route(Verb.POST, path, frozenset(roles), run, even_unchanged, by_itself, refused, most_bytes))
            return run

        return declared

    def _add(self, route: Route) -> None:
        if not route.roles:
            raise ValueError(f"nobody may open {route.path}")
        self.routes.append(route)


@dataclass(frozen=True, slots=True)
class Place:
    """One place on the rail. `count` is shown beside it; `handy`: it stands in the bar at the bottom of a phone.

    `also` says where else its pages are.
    """

    key: str
    label: str
    path: str
    icon: str
    roles: frozenset[StaffRole]
    count: Callable[[Visit], int] | None = None
    handy: bool = False
    also: tuple[str, ...] = ()

    def holds(self, at: str) -> bool:
        """Whether the page at that path is one of its own."""
        under = self.also if self.path.endswith("/") else (self.path, *self.also)
        return at == self.path or any(at == one or at.startswith(one + "/") for one in under)
