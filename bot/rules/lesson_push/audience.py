"""Whom a push is for at this moment: in a fixed order, so that a sender that died goes on behind the last."""

from collections.abc import Collection, Iterator
from uuid import UUID

from bot.rules import study_terms
from bot.rules.lesson_push.values import Segment, Who
from bot.rules.office import Office
from bot.rules.reach import RESIDENTS
from bot.store import activity as activities
from bot.store import lesson_push as rows
from bot.store import scope as scopes
from bot.store.activity import Standing

AT_ONCE = 500  # read in one statement


def people(
    office: Office, segment: Segment, area_id: UUID | None, *, after: UUID | None = None, at_once: int = AT_ONCE
) -> Iterator[tuple[UUID, UUID | None]]:
    """Resident and member of everybody meant, by the resident's id, behind that one.

    Read so many `at_once`, as far as it is asked for.
    """
    if segment.who is Who.NOBODY:
        return
    areas = areas_of(office, area_id)
    came = _came(office, segment.came) if segment.came else frozenset()
    while True:
        some = _some(office, segment, areas, after, at_once)
        meant = [(person, member_id) for person, member_id, fits in some if fits]
        if segment.came:
            meant = [one for one in meant if (one[0] in came) is not segment.but_came]
        if segment.short_of_hours:
            short = _short(office, [person for person, _ in meant])
            meant = [one for one in meant if one[0] in short]
        yield from meant
        if len(some) < at_once:
            return
        after = some[-1][0]


def unbound(office: Office, segment: Segment, area_id: UUID | None) -> list[UUID]:
    """Members who are meant and whom nobody knows in the chat: no push reaches them."""
    if segment.who is not Who.MEMBERS or segment.came or segment.short_of_hours:
        return []
    return rows.unbound(office.session, segment.whom, areas_of(office, area_id))


def _some(
    office: Office, segment: Segment, areas: frozenset[UUID] | None, after: UUID | None, limit: int
) -> list[tuple[UUID, UUID | None, bool]]:
    if segment.who is Who.MEMBERS:
        return rows.members(office.session, segment.whom, areas, after=after, limit=limit)
    return rows.residents(office.session, RESIDENTS, areas, after=after, limit=limit)


def areas_of(office: Office, area_id: UUID | None) -> frozenset[UUID] | None:
    """The communities of an area; None for all there are, and so for the only one."""
    if area_id is None:
        return None
    areas = scopes.areas_below(office.session, area_id)
    return None if scopes.communities(office.session) <= areas else areas


def _came(office: Office, lesson_id: UUID) -> Collection[UUID]:
    roster = activities.roster(office.session, lesson_id)
    return {one.resident_id for one in roster if one.state == Standing.CAME and one.resident_id is not None}


def _short(office: Office, some: Collection[UUID]) -> set[UUID]:
    """Those of them who have not yet the hours of study that this year asks for."""
    asked = study_terms.terms(office.session)
    studied = rows.studied(office.session, office.today.year, some)
    more = rows.secretaries(office.session, some)
    return {one for one in some if studied.get(one, 0) < asked.target(is_secretary=one in more)}
