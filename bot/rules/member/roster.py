"""The roster as the staff keep it: what is needed of each member, name and telephone sealed."""

from dataclasses import dataclass
from uuid import UUID

from bot.privacy import masked_number
from bot.rules.member.limits import BranchCodeTaken, MaskedName, MemberCodeTaken, MemberNotThere
from bot.rules.office import Office
from bot.rules.resident import LOOKUP
from bot.store import member as rows
from bot.store import scope as scopes
from bot.store.member import Branch, Membership, MemberState, PartyMember, Wanted
from bot.store.scope import Scope

NAME = "member name"
STAR = "*"
PHONE_DIGITS = 7  # from so many on, what is looked for is a telephone


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written of a member."""

    code: str
    name: str
    branch_id: UUID
    phone: str = ""
    kind: Membership = Membership.COMMUNITY
    is_secretary: bool = False
    tags: tuple[str, ...] = ()
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A member as they are listed, name and telephone masked."""

    id: UUID
    code: str
    name: str
    phone: str
    branch: str
    kind: Membership
    is_secretary: bool
    tags: tuple[str, ...]
    state: MemberState


def put(office: Office, entry: Entry, *, row: PartyMember | None = None) -> PartyMember:
    """Write a member down, by their number where no row is given. Raises MaskedName, MemberCodeTaken."""
    if STAR in entry.name or STAR in entry.phone:
        raise MaskedName
    same = rows.coded(office.session, entry.code)
    if row is not None and same is not None and same.id != row.id:
        raise MemberCodeTaken
    found = (
        row
        or same
        or PartyMember(
            code=entry.code,
            name=b"",
            name_hash="",
            branch_id=entry.branch_id,
            created_at=office.now,
            changed_at=office.now,
        )
    )
    found.code, found.branch_id, found.kind = entry.code, entry.branch_id, entry.kind.value
    found.is_secretary, found.tags = entry.is_secretary, sorted(set(entry.tags))
    _name(office, found, entry)
    _leave(found, has_left=entry.has_left)
    found.changed_at = office.now
    office.session.add(found)
    office.session.flush()
    return found


def branch(office: Office, code: str, name: str, area_id: UUID | None, *, row: Branch | None = None) -> Branch:
    """Write a branch down, by its number where no row is given. Raises BranchCodeTaken."""
    same = rows.branch_coded(office.session, code)
    if row is not None and same is not None and same.id != row.id:
        raise BranchCodeTaken
    found = row or same or Branch(code=code, name=name, created_at=office.now)
    found.code, found.name = code, name or found.name
    found.area_id = area_id if area_id is not None or row is not None else found.area_id
    office.session.add(found)
    office.session.flush()
    return found


def usual_area(office: Office) -> UUID | None:
    """The community a branch belongs to where there is only one."""
    communities = scopes.communities(office.session)
    return next(iter(communities)) if len(communities) == 1 else None


def page(office: Office, scope: Scope, wanted: Wanted, *, after: int, limit: int) -> list[Line]:
    """So many of the roster, claims that wait first, masked."""
    found = rows.page(office.session, scope, wanted, after=after, limit=limit)
    return [line(office, one, its) for one, its in found]


def line(office: Office, one: PartyMember, its: Branch) -> Line:
    """A member as they are listed."""
    return Line(
        one.id,
        one.code,
        masked_name(name_of(office, one)),
        masked_number(phone_of(office, one)),
        its.name,
        Membership(one.kind),
        one.is_secretary,
        tuple(one.tags),
        MemberState(one.state),
    )


def looked_for(office: Office, words: str) -> Wanted:
    """What was typed: a whole name, a whole number, or the roster's own."""
    if not words:
        return Wanted()
    digits = "".join(filter(str.isdigit, words))
    hashed = [name_hash(office, words)]
    if len(digits) >= PHONE_DIGITS:
        hashed.append(phone_hash(office, digits))
    return Wanted(hashed=hashed, code=words)


def name_of(office: Office, one: PartyMember) -> str:
    return office.seal.open(one.name) if one.name else ""


def phone_of(office: Office, one: PartyMember) -> str:
    return office.seal.open(one.phone) if one.phone else ""


def name_hash(office: Office, name: str) -> str:
    return office.seal.keyed_hash(plain_name(name), NAME)


def phone_hash(office: Office, number: str) -> str:
    return office.seal.keyed_hash("".join(filter(str.isdigit, number)), LOOKUP)


def plain_name(name: str) -> str:
    return "".join(name.split())


def masked_name(name: str) -> str:
    """The first sign alone."""
    return name[:1] + STAR * max(0, len(name) - 1)


def seen(office: Office, scope: Scope, member_id: UUID) -> tuple[PartyMember, Branch]:
    """Raises MemberNotThere for whoever is not theirs to see."""
    found = rows.within(office.session, scope, member_id)
    if found is None:
        raise MemberNotThere
    return found


def _name(office: Office, found: PartyMember, entry: Entry) -> None:
    """Sealed anew only where it is another, so that a row that says the same stays the same."""
    name, phone = plain_name(entry.name), entry.phone.strip()
    if name_of(office, found) != name or not found.name:
        found.name, found.name_hash = office.seal.close(name), name_hash(office, name)
    if phone_of(office, found) != phone:
        found.phone = office.seal.close(phone) if phone else None
        found.phone_hash = phone_hash(office, phone) if phone else None


def _leave(found: PartyMember, *, has_left: bool) -> None:
    """Who left is nobody in the chat; who comes back says again who they are."""
    if has_left:
        found.state = MemberState.LEFT.value
        found.resident_id = found.claimed_by = found.claimed_at = None
    elif found.state == MemberState.LEFT:
        found.state = MemberState.LISTED.value
