"""The desk, as those see it who need nothing of it but work in a transaction."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from sqlmodel import Session

T = TypeVar("T")


class Runs(Protocol):
    """Does a piece of work in a transaction, and hands its result to a future."""

    def run(self, work: Callable[[Session], T]) -> "Future[T]": ...
