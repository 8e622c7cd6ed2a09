"""What pages answer, whoever they are for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verb(StrEnum):
    """GET looks, POST changes."""

    GET = "GET"
    POST = "POST"


class NotThere(Exception):
    """There is no such thing, or it is not theirs to see: nobody learns which."""


@dataclass(frozen=True, slots=True)
class View:
    """A page: its template and what it shows. Whatever a fact needs of the database is read already."""

    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Go:
    """Another page, after something was done; `said` names the sentence of the pages' own SAID to be shown there."""

    to: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """Something to keep (with a name) or to look at (without)."""

    body: bytes
    content_type: str
    name: str = ""
