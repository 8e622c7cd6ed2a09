"""Pick-up codes: drawn by chance, unique in their cabinet, kept as a keyed hash, and what wrong ones lead to."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from bot.rules.locker import book, keys, offline
from bot.rules.locker.book import Did
from bot.rules.locker.device import Reason
from bot.rules.locker.telling import News, tell
from bot.rules.locker.terms import (
    MOST_TRIES,
    SHUT,
    SOME,
    TRIES_WITHIN,
    WARN_AGAIN,
    NotTheirs,
    TooManyCodes,
)
from bot.rules.office import Office
from bot.store.locker import Cabinet, CodeTry, OfflineCode, Parcel, ParcelState, PickupCode, reading, writing
from bot.store.locker import codes as kept
from bot.store.locker import commands as doors

LENGTH = 6
CHANCES = 50  # draws before a code that is free is found; one in twenty thousand is taken


@dataclass(frozen=True, slots=True)
class Away:
    """A code for a cabinet that cannot reach us: eight digits, and until when it surely works."""

    code: str
    until: int  # the end of its window, in seconds


def digest(office: Office, cabinet: Cabinet, code: str) -> str:
    """The code as it is kept."""
    return offline.listed(keys.lock(office.seal, cabinet), cabinet.code, code)


def mint(office: Office, cabinet: Cabinet, parcel: Parcel, *, for_family: bool = False) -> str:
    """A new code, told here and never again; the parcel's own code before it opens nothing any more.

    The cabinet is locked; the unique constraint has the last word.
    """
    if not for_family:
        void(office, cabinet, parcel, besides_family=True)
    code, hashed = _drawn(office, cabinet)
    row = PickupCode(
        cabinet_id=cabinet.id,
        parcel_id=parcel.id,
        door=parcel.door,
        digest=hashed,
        live=hashed,
        for_family=for_family,
        made_at=office.now,
    )
    writing.add(office.session, row)
    cabinet.codes_version += 1
    return code


def _drawn(office: Office, cabinet: Cabinet) -> tuple[str, str]:
    """Digits that are no live code of the cabinet, and their hash."""
    for _ in range(CHANCES):
        code = f"{secrets.randbelow(10**LENGTH):0{LENGTH}d}"
        hashed = digest(office, cabinet, code)
        if kept.live_code(office.session, cabinet.id, hashed) is None:
            break
    return code, hashed


def void(office: Office, cabinet: Cabinet, parcel: Parcel, *, besides_family: bool = False) -> None:
    """The parcel's codes open nothing any more."""
    for row in kept.codes_of(office.session, parcel.id):
        if besides_family and row.for_family:
            continue
        row.live, row.over_at = None, office.now
        cabinet.codes_version += 1
    for given in kept.offline_of(office.session, parcel.id):
        given.void = True
    office.session.flush()


def find(office: Office, cabinet: Cabinet, code: str) -> PickupCode | None:
    """The live code of that cabinet that these digits are."""
    return kept.live_code(office.session, cabinet.id, digest(office, cabinet, code))


def was_used(office: Office, cabinet: Cabinet, code: str) -> bool:
    """Whether these digits were a code there that is spent or replaced."""
    row = kept.code_ever(office.session, cabinet.id, digest(office, cabinet, code))
    return row is not None and row.live is None


def away(office: Office, cabinet: Cabinet, parcel: Parcel) -> Away:
    """A signed code for the parcel's door in this hour. Raises TooManyCodes, NotTheirs."""
    if parcel.state != ParcelState.STORED:
        raise NotTheirs
    window = offline.window(office.now)
    begun = datetime.fromtimestamp(window * offline.WINDOW_SECONDS, UTC)
    lines = doors.audit_of(office.session, cabinet.id, parcel.door, begun, SOME)
    if any(line.what == Did.CLEARED for line in lines):
        raise TooManyCodes  # a clear-code is out: the cabinet may take none of this hour any more
    given = {row.counter for row in kept.offline_codes(office.session, cabinet.id, parcel.door, window)}
    counter = next((one for one in range(offline.COUNTERS - 1) if one not in given), None)
    if counter is None:
        raise TooManyCodes
    row = OfflineCode(
        cabinet_id=cabinet.id,
        door=parcel.door,
        window=window,
        counter=counter,
        parcel_id=parcel.id,
        made_at=office.now,
    )
    writing.add(office.session, row)
    code = offline.code(keys.lock(office.seal, cabinet), parcel.door, window, counter)
    return Away(code, (window + 2) * offline.WINDOW_SECONDS)


def find_away(office: Office, cabinet: Cabinet, code: str, doors: int) -> OfflineCode | None:
    """The offline code that was given out, is in its time and was not used, which these digits are."""
    found = offline.find(keys.lock(office.seal, cabinet), code, doors=doors, at=office.now)
    if found is None or found[0] is not offline.Kind.OPEN:
        return None
    row = kept.offline_code(office.session, cabinet.id, *found[1:])
    return row if row is not None and row.used_at is None and not row.void else None


def is_locked_out(office: Office, resident_id: UUID) -> bool:
    """Whether this person said too many wrong codes lately."""
    return kept.tries_by(office.session, resident_id, office.now - TRIES_WITHIN) >= MOST_TRIES


def wrong_in_chat(office: Office, cabinet: Cabinet, resident_id: UUID) -> int:
    """Count a wrong code a person said; returns how many tries are left."""
    writing.add(office.session, CodeTry(cabinet_id=cabinet.id, resident_id=resident_id, at=office.now))
    return max(0, MOST_TRIES - kept.tries_by(office.session, resident_id, office.now - TRIES_WITHIN))


def wrong_word(office: Office, resident_id: UUID) -> None:
    """Count a wrong word of a courier's."""
    writing.add(office.session, CodeTry(resident_id=resident_id, at=office.now))


def wrong_at(office: Office, cabinet: Cabinet) -> bool:
    """Count a wrong code typed at the cabinet, which is locked; True when it takes none for a while now."""
    writing.add(office.session, CodeTry(cabinet_id=cabinet.id, at=office.now))
    if kept.tries_at(office.session, cabinet.id, office.now - TRIES_WITHIN) < MOST_TRIES:
        return False
    cabinet.shut_until = office.now + SHUT
    book.write(office, cabinet_id=cabinet.id, door=0, did=Did.SHUT, reason=Reason.CODE)
    if cabinet.warned_at is None or cabinet.warned_at + WARN_AGAIN <= office.now:
        cabinet.warned_at = office.now
        owners = {parcel.recipient_id for parcel in reading.stored_in(office.session, cabinet.id)}
        for owner in sorted(owners, key=str):
            tell(office, owner, News.GUESSING, {"place": cabinet.name, "cabinet": cabinet.code})
    return True


def is_shut(office: Office, cabinet: Cabinet) -> int:
    """For how many seconds the cabinet takes no codes."""
    if cabinet.shut_until is None or cabinet.shut_until <= office.now:
        return 0
    return max(1, int((cabinet.shut_until - office.now).total_seconds()))
