"""What somebody has studied in a year, what is missing, and the same of a whole branch."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.rules import study_terms
from bot.rules.office import Office
from bot.rules.study.hours import Totals, totals
from bot.store import study
from bot.store.member import Branch, PartyMember
from bot.store.scope import Scope
from bot.store.study import Earned
from bot.store.study import people as members


@dataclass(frozen=True, slots=True)
class Record:
    """A person's year. `target` is None for whoever is no member of the Party; `earned` is the latest first."""

    year: int
    totals: Totals
    target: int | None
    earned: Sequence[Earned]

    @property
    def missing(self) -> int:
        """The minutes that are left to study."""
        return max(0, (self.target or 0) - self.totals.minutes)


@dataclass(frozen=True, slots=True)
class Row:
    """One member in the report of a branch; the name is in clear."""

    id: UUID
    branch: str
    branch_code: str
    code: str
    name: str
    is_secretary: bool
    record: Record

    @property
    def after(self) -> str:
        """What the next page of the report begins behind."""
        return f"{self.branch_code}|{self.code}"


def of_resident(office: Office, resident_id: UUID, year: int | None = None) -> Record:
    """A resident's own year, with what they have as a member of the roster."""
    member = members.by_residents(office.session, [resident_id]).get(resident_id)
    return _record(office, resident_id, member, year or office.today.year)


def of_member(office: Office, member: PartyMember, year: int) -> Record:
    """A member's year, with what they have as a resident."""
    return _record(office, member.resident_id, member, year)


def report(
    office: Office, scope: Scope, year: int, *, branch: str = "", code: str = "", after: str = "", limit: int = 50
) -> list[Row]:
    """Members of the branches in what somebody may see, each with their year."""
    found = study.members(office.session, scope, branch=branch, code=code, after=after, limit=limit)
    residents = [member.resident_id for member, _ in found if member.resident_id is not None]
    earned = study.entries(office.session, residents=residents, members=[member.id for member, _ in found], year=year)
    of: dict[UUID, list[Earned]] = {}
    by_resident = {member.resident_id: member.id for member, _ in found if member.resident_id is not None}
    for one in earned:
        owner = by_resident.get(one.entry.resident_id) if one.entry.resident_id else None
        of.setdefault(owner or one.entry.member_id or one.entry.id, []).append(one)
    return [_row(office, member, its, year, of.get(member.id, [])) for member, its in found]


def one(office: Office, scope: Scope, member_id: UUID, year: int) -> tuple[Row, PartyMember] | None:
    """One member where they may see them."""
    found = study.members(office.session, scope, member_id=member_id, limit=1)
    if not found:
        return None
    member, its = found[0]
    return _row(office, member, its, year, list(of_member(office, member, year).earned)), member


def _row(office: Office, member: PartyMember, its: Branch, year: int, earned: list[Earned]) -> Row:
    target = study_terms.terms(office.session).target(is_secretary=member.is_secretary)
    return Row(
        id=member.id,
        branch=its.name,
        branch_code=its.code,
        code=member.code,
        name=office.seal.open(member.name),
        is_secretary=member.is_secretary,
        record=Record(year, totals(earned), target, earned),
    )


def _record(office: Office, resident_id: UUID | None, member: PartyMember | None, year: int) -> Record:
    earned = study.entries(
        office.session,
        residents=[resident_id] if resident_id else [],
        members=[member.id] if member else [],
        year=year,
    )
    target = study_terms.terms(office.session).target(is_secretary=member.is_secretary) if member else None
    return Record(year, totals(earned), target, earned)
