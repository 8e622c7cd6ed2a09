"""A list that was kept on paper, or while the line was down: each line is somebody of the roster, or becomes one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

from bot.errors import Refusal
from bot.rules import resident
from bot.rules.activity import arriving
from bot.rules.arrival.found import named
from bot.rules.arrival.limits import NobodyFound
from bot.rules.arrival.roster import ON_ROSTER, add_guest, add_member, add_resident
from bot.rules.member.roster import phone_hash
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import arrival
from bot.store.activity import Activity, ActivityEnrolment, CameBy, Standing
from bot.store.member import PartyMember
from bot.store.scope import Scope
from bot.store.study import people as members


class Became(StrEnum):
    """What a line of the list did."""

    TICKED = "ticked"  # they had enrolled
    ADDED = "added"  # they had not: a resident or a member who came all the same
    GUEST = "guest"  # nobody we know
    THERE = "there"  # was there already


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a file: whichever of these was written down. `at`: when they came."""

    number: str = ""
    code: str = ""
    phone: str = ""
    name: str = ""
    at: datetime | None = None
    line: int = 0


def take(office: Office, its: Activity, said: Iterable[Said], *, scope: Scope, by: str) -> list[Became | Refusal]:
    """All of them, in their order: what each became, or why it could not; of one refused nothing is kept.

    `scope` as in `found.add`.
    """
    its = activities.locked(office.session, its.id)
    rows = [one for one in arrival.numbered(office.session, its.id) if one.state in ON_ROSTER]
    listed = _List(
        office, its, scope, by, {str(one.number): one.id for one in rows}, {one.id: one.state for one in rows}
    )
    return [listed.take(one) for one in said]


@dataclass(frozen=True, slots=True)
class _List:
    """A list being taken in: how everybody stood before each line."""

    office: Office
    its: Activity
    scope: Scope
    by: str
    numbers: dict[str, UUID]
    standings: dict[UUID, str]

    def take(self, said: Said) -> Became | Refusal:
        try:
            mine, is_known = self._ticked(said)
        except Refusal as refusal:
            return refusal
        before = self.standings.get(mine.id)
        self.standings[mine.id] = Standing.CAME.value
        if before is not None:
            return Became.THERE if before == Standing.CAME else Became.TICKED
        return Became.ADDED if is_known else Became.GUEST

    def _ticked(self, said: Said) -> tuple[ActivityEnrolment, bool]:
        """Their enrolment, found by the surest thing that was written down, and whether we know who it is."""
        office, its = self.office, self.its
        how: _How = {"by": self.by, "at": said.at, "how": CameBy.LIST}
        if said.number:
            if said.number not in self.numbers:
                raise NobodyFound(said.number)
            return arriving.tick(office, self.numbers[said.number], **how), True
        member = _member(office, self.scope, said)
        if member is not None:
            return add_member(office, its, member, **how), True
        person = resident.by_phone(office, said.phone) if said.phone else None
        if person is not None:
            return add_resident(office, its, person, **how), True
        return add_guest(office, its, said.name, again=True, **how), False


class _How(TypedDict):
    """By whom, since when and how it is known that somebody was there."""

    by: str
    at: datetime | None
    how: CameBy


def _member(office: Office, scope: Scope, said: Said) -> PartyMember | None:
    """The member of that number, telephone or, where only one bears it, name. Raises NobodyFound for a wrong number."""
    if said.code:
        found = members.coded(office.session, scope, said.code)
        if found is None:
            raise NobodyFound(said.code)
        return found
    if said.phone and (found := members.with_phone(office.session, scope, phone_hash(office, said.phone))):
        return found
    return named(office, scope, said.name)
