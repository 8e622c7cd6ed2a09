"""What an administrator does with accounts at the desk: within their own part of the city, and with effect at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.errors import Refusal
from bot.rules import access, staff
from bot.rules.access import Me
from bot.rules.office import Office
from bot.rules.staff import Scope
from bot.store import account_list, hand_over
from bot.store import posts as contacts
from bot.store import session as sessions
from bot.store.account_list import Named, Part
from bot.store.staff import Staff, StaffRole


class NotYours(Refusal):
    """A part of the city, or a post, that is not within the administrator's own."""


class OwnAccount(Refusal):
    """Nobody shuts themselves out."""


class NoSuchPart(Refusal):
    """No community, station, grid or post has that code."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it is listed. `part` and `post` are codes with their names, `seen_at` the last click."""

    id: UUID
    login: str
    name: str
    role: StaffRole
    part: Named | None
    post: Named | None
    wecom: str
    active: bool
    dropped: bool
    must_change: bool
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an account is to be. `part` is the code of a community, station or grid, `post` of a post; "" is none."""

    name: str
    role: StaffRole
    part: str = ""
    post: str = ""
    wecom: str = ""


def page(
    office: Office, me: Me, *, words: str, after: str, limit: int, sort: str, descending: bool
) -> tuple[Sequence[Account], str]:
    """So many accounts they may manage, and behind which the next page begins."""
    found = account_list.page(
        office.session, me.scope, words=words, after=after, limit=limit, sort=sort, descending=descending
    )
    last = account_list.place_of(found[-1], sort) if len(found) == limit else ""
    return [read(office, row) for row in found], last


def within(office: Office, me: Me, staff_id: UUID) -> Staff | None:
    """The account, where they may manage it."""
    return account_list.within(office.session, me.scope, staff_id)


def read(office: Office, row: Staff) -> Account:
    """An account as it is shown."""
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        role=StaffRole(row.role),
        part=account_list.part_of(office.session, row),
        post=account_list.post_of(office.session, row),
        wecom=row.wecom_userid or "",
        active=row.active,
        dropped=not row.active and not row.password,
        must_change=row.must_change,
        seen_at=account_list.last_seen(office.session, row.id),
    )


def add(office: Office, me: Me, login: str, wanted: Wanted) -> tuple[Staff, str]:
    """A new account and its first password, told once. Raises as `staff.add`, NoSuchPart, NotYours."""
    scope = _scope(office, me, wanted)
    return staff.add(office, login, wanted.role, name=wanted.name, scope=scope, wecom=wanted.wecom)


def change(office: Office, me: Me, row: Staff, wanted: Wanted) -> None:
    """What it is from now on; with another role, part or post whoever is signed in under it signs in again.

    Raises as `staff.settle`, NoSuchPart, NotYours, OwnAccount.
    """
    if row.id == me.staff_id and wanted.role.value != row.role:
        raise OwnAccount
    scope = _scope(office, me, wanted, has=row.contact_id)
    before = (row.role, row.area_id, row.station_id, row.grid_id, row.contact_id)
    staff.settle(office.session, row, role=wanted.role, scope=scope, wecom=wanted.wecom)
    row.name = wanted.name
    office.session.add(row)
    office.session.flush()
    if before != (row.role, row.area_id, row.station_id, row.grid_id, row.contact_id) and row.id != me.staff_id:
        _sign_out(office, row)
        hand_over.leave_to_nobody(office.session, row.id)


def new_password(office: Office, row: Staff) -> str:
    """A first password again, told once; every browser is signed out."""
    password = staff.new_password(office.session, row.login)
    access.forgive(office, row.login)
    _sign_out(office, row)
    return password


def lock(office: Office, me: Me, row: Staff) -> None:
    """Nobody comes in under it until it is unlocked. Raises OwnAccount, LastAdministrator."""
    if row.id == me.staff_id:
        raise OwnAccount
    staff.check_not_last(office.session, row)
    row.active = False
    office.session.add(row)
    _sign_out(office, row)
    hand_over.leave_to_nobody(office.session, row.id)


def unlock(office: Office, row: Staff) -> None:
    """It lets in again; tries that failed are forgotten."""
    row.active = True
    office.session.add(row)
    office.session.flush()
    access.forgive(office, row.login)


def drop(office: Office, me: Me, row: Staff) -> None:
    """For good. Raises OwnAccount, LastAdministrator."""
    if row.id == me.staff_id:
        raise OwnAccount
    staff.drop(office.session, row.login)
    _sign_out(office, row)
    hand_over.leave_to_nobody(office.session, row.id)


def _sign_out(office: Office, row: Staff) -> None:
    """Every browser."""
    office.session.flush()
    sessions.end_all(office.session, row.id)


def _scope(office: Office, me: Me, wanted: Wanted, *, has: UUID | None = None) -> Scope:
    """The codes as ids; the post that it `has` may stay. Raises NoSuchPart, NotYours."""
    part = account_list.part_coded(office.session, wanted.part) if wanted.part else None
    post = account_list.post_coded(office.session, wanted.post) if wanted.post else None
    if (wanted.part and part is None) or (wanted.post and post is None):
        raise NoSuchPart
    scope = part or Part()
    may_give = post is None or post == has or contacts.within(office.session, me.scope, post) is not None
    if not me.scope.everything and not (_inside(office, me, scope) and may_give):
        raise NotYours
    return Scope(scope.area_id, scope.station_id, scope.grid_id, post)


def _inside(office: Office, me: Me, scope: Part) -> bool:
    if scope.area_id is not None:
        return scope.area_id in me.scope.areas
    if scope.station_id is not None:
        return scope.station_id in me.scope.stations
    if scope.grid_id is not None:
        return account_list.area_of_grid(office.session, scope.grid_id) in me.scope.areas
    return False


def parts(office: Office, me: Me) -> Sequence[Named]:
    """The communities, stations and grids an administrator may give, by code."""
    return account_list.parts(office.session, me.scope)


def posts(office: Office, me: Me) -> Sequence[Named]:
    """The posts they may give."""
    return account_list.posts(office.session, me.scope)
