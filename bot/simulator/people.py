"""Who stands at the simulated phones: the personas of people.toml and anybody a test adds."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.simulator import words
from bot.simulator.errors import PlatformError, Refused

COLOURS = ("#C8553D", "#2F7F79", "#3867B0", "#6A5699", "#8A6D1F", "#4C7A34")


def made_up_openid(person_id: str) -> str:
    """28 characters like a real one, the same for the same id, so that a reset keeps who is who."""
    digest = hashlib.sha256(person_id.encode()).digest()
    return "oSim" + base64.urlsafe_b64encode(digest).decode()[:24]


@dataclass(eq=False, slots=True)
class Person:
    """Somebody with a phone. `blocks` makes the account's notices bounce; `location_shared` is their own switch."""

    id: str
    name: str
    role: str
    initial: str
    colour: str
    openid: str
    following: bool = True
    suggestions: tuple[str, ...] = ()
    blocks: bool = False
    followed_at: datetime | None = None
    came_by: str = ""
    remark: str = ""
    last_contact: datetime | None = None
    typing_until: datetime | None = None
    tag_ids: list[int] = field(default_factory=list)


class People:
    """Everybody the platform knows, by their id and by their openid."""

    def __init__(self) -> None:
        self._by_id: dict[str, Person] = {}
        self._by_openid: dict[str, Person] = {}
        for person_id, row in words.tables("people.toml").items():
            suggestions = row["suggestions"]
            self.add(
                str(row["name"]),
                person_id=person_id,
                role=str(row["role"]),
                colour=str(row["colour"]),
                initial=str(row["initial"]),
                following=bool(row["following"]),
                suggestions=tuple(str(one) for one in suggestions) if isinstance(suggestions, list) else (),
            )

    def __iter__(self) -> Iterator[Person]:
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def add(
        self,
        name: str,
        *,
        person_id: str | None = None,
        role: str = "",
        colour: str | None = None,
        initial: str | None = None,
        following: bool = True,
        suggestions: tuple[str, ...] = (),
        openid: str | None = None,
    ) -> Person:
        """A new person. Raises Refused for an id that is taken."""
        key = person_id or f"p{len(self._by_id) + 1}"
        if key in self._by_id:
            raise Refused("bad_request", f"{key} is taken")
        person = Person(
            id=key,
            name=name,
            role=role,
            initial=initial or name[-1:],
            colour=colour or COLOURS[len(self._by_id) % len(COLOURS)],
            openid=openid or made_up_openid(key),
            following=following,
            suggestions=suggestions,
        )
        self._by_id[key] = person
        self._by_openid[person.openid] = person
        return person

    def named(self, person_id: str) -> Person:
        """Raises Refused `unknown_person`."""
        person = self._by_id.get(person_id)
        if person is None:
            raise Refused("unknown_person", f"nobody has the id {person_id}")
        return person

    def with_openid(self, openid: str) -> Person:
        """Raises PlatformError 40003, as any API does for somebody of another account."""
        person = self._by_openid.get(openid)
        if person is None:
            raise PlatformError(40003)
        return person
