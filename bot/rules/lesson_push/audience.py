"""Whom a push is for at this moment: in a fixed order, so that a sender that died goes on behind the last."""

from collections.abc import Callable, Collection, Iterator
from uuid import UUID

from bot.rules import study_terms
from bot.rules.lesson_push.values import Segment, Who
from bot.rules.office import Office
from bot.rules.reach import RESIDENTS
from bot.store import activity as activities
from bot.store import lesson_push as rows
from bot.store import scope as scopes
from bot.store.activity import Standing
from bot.store.member import PartyMember


def people(
    office: Office, segment: Segment, area_id: UUID | None, *, after: UUID | None = None
) -> Iterator[tuple[UUID, UUID | None]]:
    """Resident and member of everybody meant, by the resident's id, behind that one."""
    if segment.who is Who.NOBODY:
        return
    areas = areas_of(office, area_id)
    if segment.who is Who.MEMBERS:
        found = rows.members(office.session, segment.whom, areas, after=after)
    else:
        found = rows.residents(office.session, RESIDENTS, areas, after=after)
    came = _came(office, segment.came) if segment.came else frozenset()
    short = _short(office) if segment.short_of_hours else None
    for resident_id, member_id in found:
        if segment.came and (resident_id in came) is segment.but_came:
            continue
        if short is not None and not short(resident_id):
            continue
        yield resident_id, member_id


def unbound(office: Office, segment: Segment, area_id: UUID | None) -> list[PartyMember]:
    """Members who are meant and whom nobody knows in the chat: no push reaches them."""
    if segment.who is not Who.MEMBERS or segment.came or segment.short_of_hours:
        return []
    return rows.unbound(office.session, segment.whom, areas_of(office, area_id))


def areas_of(office: Office, area_id: UUID | None) -> frozenset[UUID] | None:
    """The communities of an area; None for all there are, and so for the only one."""
    if area_id is None:
        return None
    areas = scopes.areas_below(office.session, area_id)
    return None if scopes.communities(office.session) <= areas else areas


def _came(office: Office, lesson_id: UUID) -> Collection[UUID]:
    roster = activities.roster(office.session, lesson_id)
    return {one.resident_id for one in roster if one.state == Standing.CAME and one.resident_id is not None}


def _short(office: Office) -> Callable[[UUID], bool]:
    """Who has not yet the hours of study that this year asks for."""
    asked = study_terms.terms(office.session)
    studied = rows.studied(office.session, office.today.year)
    more = rows.secretaries(office.session)
    return lambda person: studied.get(person, 0) < asked.target(is_secretary=person in more)
