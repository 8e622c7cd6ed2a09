"""What an operation of the interface is: its address, who may call it, the shapes of what goes in and comes out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from bot.errors import Refusal
from bot.rules.office import Office

Day = TypeVar("Day", bound=date)


class Access(StrEnum):
    """Who may call. A client acts for itself, or for a resident whose name it holds."""

    ANYBODY = "anybody"
    CLIENT = "client"
    RESIDENT = "resident"
    GROUP = "group"  # signed with a group's secret, and served by a door of its own


class Shape(BaseModel):
    """Base of all that goes in and out; a field that is not known is a mistake the caller should hear of."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def of_our_time(found: Day) -> Day:
    """A day or moment, where there are days around it to reckon with. Raises ValueError."""
    if not 2000 <= found.year < 3000:
        raise ValueError("out of range")
    return found


class Nothing(Shape):
    """An empty object."""


class NotFound(Exception):
    """There is no such thing, or it is somebody else's: nobody learns which. 404."""


class WrongFields(Exception):
    """Fields that have the right shape and yet cannot be used: a sentence for each. 422."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class Otherwise(Exception):
    """The rules say no, and these are the nearest times that can be had. 409."""

    def __init__(self, refusal: Refusal, alternatives: Sequence[datetime]) -> None:
        super().__init__(type(refusal).__name__)
        self.refusal, self.alternatives = refusal, alternatives


@dataclass(frozen=True, slots=True)
class Call:
    """A request that came so far: who calls, and its parts as values."""

    office: Office
    client_id: UUID | None
    resident: UUID | None
    path: Mapping[str, str]
    query: Any
    body: Any

    @property
    def resident_id(self) -> UUID:
        """Whom an operation of `Access.RESIDENT` is for."""
        if self.resident is None:
            raise NotFound
        return self.resident


Run = Callable[[Call], BaseModel]
R = TypeVar("R", bound=Run)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: plain and synchronous, inside a transaction of its own."""

    verb: str
    path: str
    access: Access
    summary: str
    run: Run
    query: type[Shape]
    body: type[Shape] | None
    answer: type[BaseModel]
    status: int = 200


@dataclass(slots=True)
class Operations:
    """The operations of one noun."""

    tag: str
    all: list[Operation] = field(default_factory=list)

    def get(
        self, path: str, *, access: Access, summary: str, answer: type[BaseModel], query: type[Shape] = Nothing
    ) -> Callable[[R], R]:
        """Declare what only looks."""
        return self._declared("GET", path, access, summary, query, None, answer, 200)

    def post(
        self,
        path: str,
        *,
        access: Access,
        summary: str,
        answer: type[BaseModel],
        body: type[Shape] = Nothing,
        status: int = 200,
    ) -> Callable[[R], R]:
        """Declare what changes something; it takes an `Idempotency-Key`."""
        return self._declared("POST", path, access, summary, Nothing, body, answer, status)

    def _declared(
        self,
        verb: str,
        path: str,
        access: Access,
        summary: str,
        query: type[Shape],
        body: type[Shape] | None,
        answer: type[BaseModel],
        status: int,
    ) -> Callable[[R], R]:
        def declared(run: R) -> R:
            self.all.append(Operation(verb, path, access, summary, run, query, body, answer, status))
            return run

        return declared
