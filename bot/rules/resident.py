"""What a resident tells of themselves: their phone and door, known only as far as they agreed, and who they are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.errors import Refusal
from bot.rules import ballot, invitation, place, privacy, push
from bot.rules.office import Office
from bot.rules.place import Address, Door
from bot.rules.push import News
from bot.store import pointers, profile, resident
from bot.store.profile import Told

BIND = "bind"  # the purpose of an invitation to be a resident whom the staff put down
LOOKUP = "phone lookup"


class NotOnePerson(Refusal):
    """Both have what one person may have once, so that they cannot become one by themselves."""


@dataclass(frozen=True, slots=True)
class Known:
    """What we know of a person, in clear: show it to nobody else, and masked where others may look on.

    `holdings`: how many of each kind, and how many of them still run.
    """

    since: datetime
    phone: str
    verified: bool
    home: Address | None
    room: str
    holdings: dict[str, tuple[int, int]]
    news: dict[News, bool]

    @property
    def running(self) -> dict[str, int]:
        """What still runs, by kind."""
        return {name: running for name, (_, running) in self.holdings.items() if running}


def known(office: Office, resident_id: UUID) -> Known:
    """Everything the person told us and has here."""
    session, told = office.session, profile.of(office.session, resident_id)
    held = {one.name: (one.count(session, resident_id), one.running(session, resident_id)) for one in privacy.HOLDINGS}
    return Known(
        since=resident.since(session, resident_id).astimezone(office.zone),
        phone=_opened(office, told.phone if told else None),
        verified=told is not None and told.verified_at is not None,
        home=place.home(session, resident_id),
        room=_opened(office, told.room if told else None),
        holdings=held,
        news=push.settings(session, resident_id),
    )


def phone(office: Office, resident_id: UUID) -> str:
    """The person's phone, "" where they told none."""
    told = profile.of(office.session, resident_id)
    return _opened(office, told.phone if told else None)


def by_phone(office: Office, number: str) -> UUID | None:
    """The one person of whom it is certain that this is their phone."""
    found = profile.verified_with(office.session, _hash(office, number))
    return found.resident_id if found else None


def tell_phone(office: Office, resident_id: UUID, number: str, *, wording: str) -> None:
    """The person agreed that we keep their phone. Nobody has made sure that it is theirs."""
    told = profile.opened(office.session, resident_id, office.now)
    hashed = _hash(office, number)
    if told.phone_hash != hashed:
        told.verified_at = told.verified_hash = None
    told.phone, told.phone_hash = office.seal.close(number), hashed
    profile.agree(office.session, resident_id, Told.PHONE, wording=wording, now=office.now)


def tell_home(office: Office, resident_id: UUID, door: Door, room: str, *, wording: str) -> None:
    """The person agreed that we keep where they live; the room only where they told it."""
    place.remember(office.session, resident_id, door, office.now)
    profile.agree(office.session, resident_id, Told.BUILDING, wording=wording, now=office.now)
    told = profile.opened(office.session, resident_id, office.now)
    told.room = office.seal.close(room) if room else None
    if room:
        profile.agree(office.session, resident_id, Told.ROOM, wording=wording, now=office.now)


def tell_building(office: Office, resident_id: UUID, door: Door) -> None:
    """The person agreed that we remember their building; a room they told of another one goes."""
    before = place.home(office.session, resident_id)
    if before is None or before.door.building_id != door.building_id:
        _forget_room(office, resident_id)
    place.remember(office.session, resident_id, door, office.now)


def forget_phone(office: Office, resident_id: UUID) -> None:
    """We keep the phone no more."""
    told = profile.opened(office.session, resident_id, office.now)
    told.phone = told.phone_hash = told.verified_hash = told.verified_at = None
    profile.withdraw(office.session, resident_id, Told.PHONE, office.now)


def forget_home(office: Office, resident_id: UUID) -> None:
    """We keep no more where the person lives."""
    place.forget_home(office.session, resident_id)
    profile.withdraw(office.session, resident_id, Told.BUILDING, office.now)
    _forget_room(office, resident_id)


def erase(office: Office, resident_id: UUID) -> None:
    """Everything we know of a person who goes on following: what stays is only how to answer them."""
    privacy.forget(office.session, resident_id)
    resident.note_erased(office.session, resident_id, office.now)


def put_down(office: Office, number: str, door: Door, room: str) -> UUID:
    """Somebody whom the staff know, with a phone they made sure of; the same phone is the same person.

    What they themselves have to agree to they do when they scan their code.
    """
    session, hashed = office.session, _hash(office, number)
    before = profile.verified_with(session, hashed)
    person = before.resident_id if before else resident.add(session, office.now)
    told = profile.opened(session, person, office.now)
    told.phone, told.phone_hash, told.verified_hash = office.seal.close(number), hashed, hashed
    told.verified_at = told.verified_at or office.now
    told.room = office.seal.close(room) if room else None
    if door.building_id is not None:
        resident.put_home(session, person, building_id=door.building_id, unit=door.unit)
    session.flush()
    return person


def invite(office: Office, resident_id: UUID) -> str:
    """The scene of a code by which a person whom the staff put down is bound to whoever scans it."""
    return invitation.invite(office, BIND, resident_id=resident_id)


def invited(office: Office, scene: str) -> Known:
    """Who is invited. Raises as `invitation.valid`."""
    found = invitation.valid(office, scene, BIND)
    if found.resident_id is None:
        raise invitation.UnknownInvitation
    return known(office, found.resident_id)


def accept(office: Office, resident_id: UUID, scene: str, *, wording: str) -> Known:
    """The person says the invitation is theirs: both are one person from now on.

    Raises as `invitation.valid`, and NotOnePerson.
    """
    found = invitation.use(office, scene, BIND, by=resident_id)
    if found.resident_id is None:
        raise invitation.UnknownInvitation
    merge(office, into=resident_id, other=found.resident_id)
    now_known = known(office, resident_id)
    agreed = {Told.PHONE: now_known.phone, Told.BUILDING: now_known.home, Told.ROOM: now_known.room}
    for what in (what for what, value in agreed.items() if value):
        profile.agree(office.session, resident_id, what, wording=wording, now=office.now)
    return now_known


def merge(office: Office, *, into: UUID, other: UUID) -> None:
    """Two people turn out to be one: everything of the other's is the first one's, who answers in all channels.

    What both told stays as the first one told it, but a phone that was made sure of goes before one that was not.
    Raises NotOnePerson. Within a turn `into` is the one who speaks, for the turn goes on as that person.
    """
    if into == other:
        return
    session = office.session
    for person in sorted((into, other)):
        resident.lock(session, person)
    session.flush()
    if pointers.in_the_way(session, other, into):
        raise NotOnePerson
    _join_profiles(office, into=into, other=other)
    resident.set_since(session, into, min(resident.since(session, into), resident.since(session, other)))
    ballot.join(office, into=into, other=other)
    pointers.move(session, other, into)
    resident.forget(session, other)


def _join_profiles(office: Office, *, into: UUID, other: UUID) -> None:
    session = office.session
    theirs, home = profile.of(session, other), resident.home(session, other)
    if home.building_id is not None and resident.home(session, into).building_id is None:
        resident.remember_home(session, into, building_id=home.building_id, unit=home.unit, now=office.now)
    if theirs is None:
        return
    mine = profile.opened(session, into, office.now)
    phone, phone_hash, verified_at = theirs.phone, theirs.phone_hash, theirs.verified_at
    theirs.verified_hash = None
    session.flush()
    if mine.phone is None or (mine.verified_at is None and verified_at is not None):
        mine.phone, mine.phone_hash, mine.verified_at = phone, phone_hash, verified_at
        mine.verified_hash = phone_hash if verified_at else None
    mine.room = mine.room or theirs.room
    session.flush()


def _forget_room(office: Office, resident_id: UUID) -> None:
    told = profile.of(office.session, resident_id)
    if told is not None:
        told.room = None
    profile.withdraw(office.session, resident_id, Told.ROOM, office.now)


def _hash(office: Office, number: str) -> str:
    return office.seal.keyed_hash("".join(filter(str.isdigit, number)), LOOKUP)


def _opened(office: Office, sealed: bytes | None) -> str:
    return office.seal.open(sealed) if sealed else ""
