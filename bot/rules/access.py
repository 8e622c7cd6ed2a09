"""Who may come in to the back office, for how long, and which part of the city they then see."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.rules import audit, staff
from bot.rules.audit import Act
from bot.rules.office import Office
from bot.store import Session
from bot.store import audit as acts
from bot.store import scope as scopes
from bot.store import session as sessions
from bot.store import staff as accounts
from bot.store.contact import Contact, Role
from bot.store.scope import Scope
from bot.store.session import SignInTry, StaffSession
from bot.store.staff import Staff, StaffRole
from bot.store.station import Station

__all__ = ["EVERYBODY", "LEADS", "READERS", "WORKERS", "Me", "Scope", "scope_of"]

WORKERS = frozenset({StaffRole.STATION_STAFF, StaffRole.GRID_WORKER, StaffRole.MANAGER, StaffRole.ADMINISTRATOR})
READERS = WORKERS | {StaffRole.AUDITOR}  # see, and perhaps change nothing
LEADS = frozenset({StaffRole.MANAGER, StaffRole.ADMINISTRATOR})
EVERYBODY = frozenset(StaffRole)
IDLE = timedelta(hours=2)
LASTS = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
WINDOW = timedelta(minutes=15)  # so long a try counts, and so long the door stays shut
PAIR_TRIES, LOGIN_TRIES, IP_TRIES = 5, 20, 40
LATELY = 100  # tries in vain of which it is looked up where they came from
_NEEDS_A_PART = frozenset({StaffRole.GRID_WORKER, StaffRole.PROVIDER})
_POSTS = {StaffRole.GRID_WORKER: Role.GRID_WORKER, StaffRole.STATION_STAFF: Role.STATION}


class WrongLogin(Refusal):
    """No such account, another password, or an account that was taken away: nobody learns which."""


class LockedOut(Refusal):
    """Too often in vain; for a while not even the right password opens."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


class PasswordsDiffer(Refusal):
    """The new password was typed in two ways."""


class SamePassword(Refusal):
    """The new password is the old one."""


class OnlyAPart(Refusal):
    """Something about the whole city, and they answer for a part of it."""


@dataclass(frozen=True, slots=True)
class Me:
    """Who is at the screen. `title` is the post under which residents read them, `ip` a keyed hash."""

    staff_id: UUID
    session_id: UUID
    login: str
    title: str
    role: StaffRole
    post: Role
    scope: Scope
    contact_id: UUID | None
    must_change: bool
    ip: str


def stored_password(office: Office, login: str, ip: str) -> str:
    """What the password is to be compared with, "" for nobody's.

    The try is counted beforehand, so that of many at once each counts. Raises LockedOut.
    """
    for who, most in _doors(office, login, ip):
        _count(office, who, most)
    account = accounts.by_login(office.session, login)
    return account.password if account is not None and account.active else ""


def come_in(office: Office, login: str, *, right: bool, ip: str, device: str) -> str | None:
    """A new session: what its cookie is to hold; None for whoever is turned away, which is written down too.

    `right`: the password was compared, outside of the transaction.
    """
    account = accounts.by_login(office.session, login)
    if account is None or not account.active or not right:
        act = Act("session.refused", by=account.id if account else None, subject=login if account else "", ip=ip)
        audit.add(office, act)
        return None
    knew(office, login, ip)
    audit.add(office, Act("session.begun", by=account.id, subject=login, ip=ip))
    return _begin(office, account.id, ip=ip, device=device)


def knew(office: Office, login: str, ip: str) -> None:
    """They had the password: what was tried before counts no more."""
    pair, by_login, _ = (who for who, _ in _doors(office, login, ip))
    sessions.forget_tries(office.session, pair)
    sessions.forget_tries(office.session, by_login)


def who_is(office: Office, secret: str, ip: str, *, there: bool = True) -> Me | None:
    """Who holds that cookie, as the account stands at this moment; None where nobody does any more.

    `there`: a person did something; what a page asks by itself does not keep a session alive.
    """
    found = sessions.living(office.session, digest(secret), now=office.now, idle=IDLE) if secret else None
    if found is None:
        return None
    row, account = found
    if there and office.now - row.seen_at >= SEEN_EVERY:
        sessions.seen(office.session, row.id, office.now)
    contact = office.session.get(Contact, account.contact_id) if account.contact_id else None
    role = StaffRole(account.role)
    return Me(
        staff_id=account.id,
        session_id=row.id,
        login=account.login,
        title=contact.title if contact else account.name,
        role=role,
        post=Role(contact.role) if contact else _POSTS.get(role, Role.COMMUNITY),
        scope=scope_of(office.session, account),
        contact_id=account.contact_id,
        must_change=account.must_change,
        ip=ip,
    )


def scope_of(session: Session, account: Staff) -> Scope:
    """The part of the city an account sees, counted out to its leaves."""
    role, post = StaffRole(account.role), account.contact_id
    if account.grid_id is not None:
        return Scope(role, grids=scopes.grids_below(session, account.grid_id), contact_id=post)
    root = account.area_id
    if account.station_id is not None:
        station = session.get(Station, account.station_id)
        root = station.area_id if station else None
        if root is None:
            return Scope(role, stations=frozenset({account.station_id}), contact_id=post)
    if root is None:
        return Scope(role, everything=role not in _NEEDS_A_PART, contact_id=post)
    areas = scopes.areas_below(session, root)
    stations = frozenset({account.station_id}) if account.station_id else scopes.stations_in(session, areas)
    return Scope(
        role,
        areas=areas,
        unplaced=scopes.communities(session) <= areas,
        stations=stations,
        contact_id=post,
    )


def sees_all(scope: Scope) -> bool:
    """Whether there is nothing outside of it: the whole city, or every community there is."""
    return scope.everything or scope.unplaced


def change_password(office: Office, me: Me, *, old: str, new: str, again: str) -> None:
    """A new password, once they have shown that they know the old one; every other browser is signed out.

    Raises WrongLogin, PasswordsDiffer, SamePassword, WeakPassword.
    """
    if new != again:
        raise PasswordsDiffer
    if new == old:
        raise SamePassword
    account = office.session.get(Staff, me.staff_id)
    if account is None:
        raise WrongLogin
    staff.set_password(account, new)
    sessions.end_all(office.session, me.staff_id, but=me.session_id)
    audit.add(office, Act("password.changed", by=me.staff_id, subject=me.login, ip=me.ip))


def forgive(office: Office, login: str) -> None:
    """Tries in vain at that login count no more, wherever they came from, but for those that shut one address."""
    for ip in {"", *acts.came_from(office.session, "session.refused", login, LATELY)}:
        knew(office, login, ip)


def leave(office: Office, me: Me, session_id: UUID) -> bool:
    """End one of one's own sessions, this one or another; False where there is no such one."""
    ended = sessions.end(office.session, session_id, me.staff_id) > 0
    if ended:
        what = "session.left" if session_id == me.session_id else "session.ended"
        audit.add(office, Act(what, by=me.staff_id, subject=me.login, ip=me.ip))
    return ended


def digest(secret: str) -> str:
    """What the database knows of a cookie."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _begin(office: Office, staff_id: UUID, *, ip: str, device: str) -> str:
    secret = secrets.token_urlsafe(32)
    row = StaffSession(
        secret=digest(secret),
        staff_id=staff_id,
        started_at=office.now,
        seen_at=office.now,
        ends_at=office.now + LASTS,
        ip=ip,
        device=device,
    )
    sessions.start(office.session, row)
    return secret


def _doors(office: Office, login: str, ip: str) -> tuple[tuple[str, int], ...]:
    """What is counted: this login from this address, the login from anywhere, the address for any login."""
    key = office.seal.key("sign-in tries")
    names = ((f"{login}\n{ip}", PAIR_TRIES), (login, LOGIN_TRIES), (f"\n{ip}", IP_TRIES))
    return tuple((hashlib.blake2b(name.encode(), key=key, digest_size=16).hexdigest(), most) for name, most in names)


def _count(office: Office, who: str, most: int) -> None:
    """One more try. Raises LockedOut while the door is shut."""
    row = sessions.tries(office.session, who)
    if row is None:
        sessions.count_try(office.session, SignInTry(who=who, tries=1, last_at=office.now))
        return
    if row.locked_until is not None and row.locked_until > office.now:
        raise LockedOut(max(1, round((row.locked_until - office.now).total_seconds() / 60)))
    if row.locked_until is not None or row.last_at < office.now - WINDOW:
        row.tries, row.locked_until = 0, None
    row.tries, row.last_at = row.tries + 1, office.now
    if row.tries >= most:
        row.locked_until = office.now + WINDOW
