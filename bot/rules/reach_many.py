"""How many people at once could be told something now: `reach` for a whole segment, in a few statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from bot.rules import allowance, ladder, quiet
from bot.rules.allowance import Contact, Standing
from bot.rules.news import policy
from bot.rules.office import Office
from bot.rules.quiet import Quiet
from bot.rules.reach import HOUR, RESIDENTS, Reach, WhyNot
from bot.store import reaching

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Known:
    """What the statements brought for some people."""

    addresses: Mapping[UUID, tuple[str, bool]]
    contacts: Mapping[UUID, Contact]
    ahead: Mapping[UUID, int]
    consents: Collection[tuple[UUID, str]]
    masses: Mapping[UUID, int]


def reach_many(office: Office, people: Sequence[UUID], kind: str, *, mass: bool = False) -> dict[UUID, Reach]:
    """How each could be told news of that kind now. `mass`: whoever nothing else reaches may be told by a mass send."""
    hours, found = quiet.hours(office.session), dict[UUID, Reach]()
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        known = _known(office, some, mass=mass)
        found |= {person: _reach(office, known, person, kind, hours) for person in some}
    return found


def _known(office: Office, people: Sequence[UUID], *, mass: bool) -> _Known:
    session = office.session
    addresses = reaching.addresses(session, people, RESIDENTS)
    senders = {person: sender for person, (sender, _) in addresses.items()}
    return _Known(
        addresses=addresses,
        contacts=allowance.of_many(session, senders, RESIDENTS, office.now),
        ahead=reaching.ahead(session, people, RESIDENTS),
        consents=reaching.consents(session, people, RESIDENTS),
        masses=allowance.masses_left(session, people, office.now) if mass else {},
    )


def _reach(office: Office, known: _Known, person: UUID, kind: str, hours: Quiet) -> Reach:
    how = policy(kind)
    sender, follows = known.addresses.get(person, ("", False))
    if not follows:
        return Reach(None, why_not=WhyNot.LEFT if sender else WhyNot.UNKNOWN, will_call=how.must_arrive)
    contact = known.contacts[person]
    stands = _standing(known, person, contact)
    way = ladder.rung(
        office.means,
        kind,
        allowed=stands.left,
        agreed=lambda template_id: int((person, template_id) in known.consents),
        masses=known.masses.get(person, 0),
    )
    lasts = ceil((stands.until - office.now) / HOUR) if stands.until else 0
    if way is None:
        why_not = WhyNot.USED_UP if stands.until else WhyNot.SHUT
        return Reach(None, stands.left, lasts, why_not=why_not, will_call=how.must_arrive)
    waits = quiet.waits_until(hours, office.zone, office.now, urgent=how.urgent, last_said=contact.last_said)
    return Reach(way.via, stands.left, lasts, waits_until=waits, will_call=how.must_arrive)


def _standing(known: _Known, person: UUID, contact: Contact) -> Standing:
    """As it will be when what waits already has gone."""
    stands = contact.standing
    return Standing(max(0, stands.left - known.ahead.get(person, 0)), stands.until)
