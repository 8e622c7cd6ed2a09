"""Whom the staff mean who write down one word: a member's number, a telephone, or a name."""

from datetime import datetime

from bot.rules import resident
from bot.rules.arrival.limits import NobodyFound
from bot.rules.arrival.roster import add_guest, add_member, add_resident
from bot.rules.member.roster import name_hash, phone_hash
from bot.rules.office import Office
from bot.store.activity import Activity, ActivityEnrolment
from bot.store.member import PartyMember
from bot.store.scope import Scope
from bot.store.study import people as members

PHONE_DIGITS = 7


def add(
    office: Office, its: Activity, who: str, *, scope: Scope, by: str, at: datetime | None = None
) -> ActivityEnrolment:
    """Put somebody on the roster, there now or since `at`; a name that only one member bears is theirs, else a guest's.

    `scope`: of which branches the staff know the members.
    Raises NobodyFound for a telephone that nobody has, and as `roster.add_guest`.
    """
    who = who.strip()
    digits = "".join(filter(str.isdigit, who))
    member = members.coded(office.session, scope, who) if who else None
    if member is None and len(digits) >= PHONE_DIGITS:
        member = members.with_phone(office.session, scope, phone_hash(office, digits))
        person = resident.by_phone(office, digits)
        if member is None and person is not None:
            return add_resident(office, its, person, by=by, at=at)
        if member is None:
            raise NobodyFound(who)
    member = member or named(office, scope, who)
    return add_member(office, its, member, by=by, at=at) if member else add_guest(office, its, who, by=by, at=at)


def named(office: Office, scope: Scope, name: str) -> PartyMember | None:
    """The only member of that name."""
    return members.with_name(office.session, scope, name_hash(office, name)) if name else None
