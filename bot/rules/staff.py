"""Accounts of the back office: their passwords, their names, and the part of the city they are for."""

import re
import secrets
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.errors import Refusal
from bot.rules.office import Office
from bot.store import Session, staff
from bot.store.staff import Staff, StaffRole

LEAST_PASSWORD, MOST_PASSWORD = 10, 200
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
# Source: OWASP Password Storage Cheat Sheet, Argon2id with 19 MiB
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobodys() -> str:
    """A password that nobody has, to be compared with where there is none."""
    return _HASHER.hash(secrets.token_hex(16))


class BadLogin(Refusal):
    """A login that is no login."""


class LoginTaken(Refusal):
    """Somebody else has that login."""


class WecomTaken(Refusal):
    """Another account has that name in WeCom."""


class NoSuchAccount(Refusal):
    """There is no account of that name."""


class LastAdministrator(Refusal):
    """Nobody could make accounts any more."""


class WeakPassword(Refusal):
    """Too short, too long, or the login itself."""


class NeedsScope(Refusal):
    """A grid worker without a grid, or a merchant's account for the whole city."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the city an account may see; nothing said is all of it. `contact_id`: whose tickets it has."""

    area_id: UUID | None = None
    station_id: UUID | None = None
    grid_id: UUID | None = None
    contact_id: UUID | None = None


EVERYWHERE = Scope()


def hashed(password: str) -> str:
    """What is stored of a password."""
    return _HASHER.hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether it is the password; an empty `stored` lets nobody in and takes as long."""
    try:
        _HASHER.verify(stored or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(stored)


def check(session: Session, login: str, password: str) -> Staff | None:
    """The active account with that login and password; an unknown login takes as long as a wrong password.

    A hash of older parameters is replaced. Counting tries is whoever asks' own business.
    """
    account = staff.by_login(session, login.strip().lower())
    right = matches(account.password if account and account.active else "", password[:MOST_PASSWORD])
    if account is None or not right:
        return None
    if _HASHER.check_needs_rehash(account.password):
        account.password = hashed(password)
    return account


def first_password() -> str:
    """A password to be changed at the first sign-in, easy to read over a telephone: 71 bits."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(5)) for _ in range(3))


def set_password(account: Staff, password: str, *, must_change: bool = False) -> None:
    """Raises WeakPassword."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD or password.strip().lower() == account.login:
        raise WeakPassword
    account.password, account.must_change = hashed(password), must_change
    account.tries, account.locked_until = 0, None


def add(
    office: Office, login: str, role: StaffRole, *, name: str = "", scope: Scope = EVERYWHERE, wecom: str = ""
) -> tuple[Staff, str]:
    """A new account and its first password, which is told nobody again and has to be changed.

    Raises BadLogin, LoginTaken, WecomTaken, NeedsScope.
    """
    login = plain_login(login)
    if staff.by_login(office.session, login) is not None:
        raise LoginTaken
    account = Staff(login=login, name=name or login, role=role.value, created_at=office.now)
    settle(office.session, account, role=role, scope=scope, wecom=wecom)
    password = first_password()
    set_password(account, password, must_change=True)
    office.session.add(account)
    office.session.flush()
    return account, password


def plain_login(login: str) -> str:
    """The login as it is kept. Raises BadLogin."""
    plain = login.strip().lower()
    if not _LOGIN.fullmatch(plain):
        raise BadLogin
    return plain


def settle(session: Session, account: Staff, *, role: StaffRole, scope: Scope, wecom: str = "") -> None:
    """Role, scope and name in WeCom of an account. Raises NeedsScope, WecomTaken, LastAdministrator."""
    if role is StaffRole.GRID_WORKER and scope.grid_id is None and scope.contact_id is None:
        raise NeedsScope
    if role in (StaffRole.STATION_STAFF, StaffRole.PROVIDER) and scope.station_id is None and scope.area_id is None:
        raise NeedsScope
    if wecom and staff.wecom_taken(session, wecom, besides=account.id):
        raise WecomTaken
    if role is not StaffRole.ADMINISTRATOR:
        check_not_last(session, account)
    account.role, account.wecom_userid = role.value, wecom or None
    account.area_id, account.station_id, account.grid_id = scope.area_id, scope.station_id, scope.grid_id
    account.contact_id = scope.contact_id


def drop(session: Session, login: str) -> Staff:
    """Nobody signs in with that account any more; what was done under it keeps its name.

    Raises NoSuchAccount, LastAdministrator.
    """
    account = found(session, login)
    check_not_last(session, account)
    account.active, account.password, account.wecom_userid = False, "", None
    return account


def new_password(session: Session, login: str) -> str:
    """A new first password for somebody who forgot theirs; an account that was dropped is there again.

    Raises NoSuchAccount.
    """
    account, password = found(session, login), first_password()
    set_password(account, password, must_change=True)
    account.active = True
    return password


def found(session: Session, login: str) -> Staff:
    """The account of that name. Raises NoSuchAccount."""
    account = staff.by_login(session, login.strip().lower())
    if account is None:
        raise NoSuchAccount
    return account


def check_not_last(session: Session, account: Staff) -> None:
    """Raises LastAdministrator where nobody could make accounts without that one."""
    if not account.active or account.role != StaffRole.ADMINISTRATOR:
        return
    others = [one for one in staff.everybody(session) if one.id != account.id and one.active]
    if not any(one.role == StaffRole.ADMINISTRATOR for one in others):
        raise LastAdministrator
