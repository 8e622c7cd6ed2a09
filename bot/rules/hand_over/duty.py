"""Who of the staff answers a resident, and whether they are at work at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.rules import place, post, station
from bot.rules.office import Office
from bot.rules.place import Door
from bot.store import hand_over as rows
from bot.store import outbox
from bot.store.staff import Staff
from bot.store.station import Counter, StationKind, counters_of


@dataclass(frozen=True, slots=True)
class Duty:
    """The people of a resident's community. `opens` (local): when they are there next, None where that is not known."""

    area_id: UUID | None
    attendants: Sequence[Staff]
    is_open: bool
    opens: datetime | None = None

    @property
    def is_on(self) -> bool:
        """Whether somebody is there who would hear of it."""
        return self.is_open and bool(self.attendants)


def duty(office: Office, resident_id: UUID) -> Duty:
    """Who answers that person: whoever works where they live, else in the only community there is."""
    home = place.home(office.session, resident_id)
    community = place.community_of(office.session, home.door if home else Door())
    area_id = community.id if community else None
    counters = counters_of(office.session, area_id) if area_id else list(station.serving(office.session).values())
    found = rows.attendants(office.session, area_id, [one.id for one in counters])
    attendants = [one for one in found if _hears(office, one)]
    counter = _the_counter(counters)
    if counter is None:
        return Duty(area_id, attendants, is_open=False)
    stands = station.opening(office.session, counter, office.now.astimezone(office.zone))
    return Duty(area_id, attendants, stands.is_open, stands.opens)


def tell(office: Office, attendants: Sequence[Staff], kind: str, facts: dict[str, object]) -> int:
    """Tell the staff in WeCom; returns how many hear of it."""
    people = filter(None, (post.person_of(office, one) for one in attendants))
    told = 0
    for person in people:
        post_one(office, person, post.WECOM, kind, facts)
        told += 1
    return told


def post_one(office: Office, person: UUID, channel: str, kind: str, facts: dict[str, object]) -> None:
    """Write down that somebody is to be told."""
    outbox.put(
        office.session,
        resident_id=person,
        channel=channel,
        kind=kind,
        facts=office.seal.close_json(facts),
        now=office.now,
        due_at=office.now,
    )


def _hears(office: Office, account: Staff) -> bool:
    """In WeCom, or because they use the console: whoever has chosen a password of their own has been there."""
    return (bool(account.password) and not account.must_change) or post.person_of(office, account) is not None


def _the_counter(counters: Sequence[Counter]) -> Counter | None:
    """Whose hours count: the community's own counter's, else a life service station's, else any."""
    by_kind = {one.kind: one for one in reversed(counters)}
    wanted = (StationKind.COMMUNITY.value, StationKind.LIFE.value)
    return next((by_kind[kind] for kind in wanted if kind in by_kind), counters[0] if counters else None)
