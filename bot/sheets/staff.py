"""Accounts of the back office as a workbook: who has which role for which part of the city; never a password."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from bot.errors import Refusal
from bot.rules import staff
from bot.rules.office import Office
from bot.rules.staff import BadLogin, LastAdministrator, NeedsScope, Scope, WecomTaken
from bot.sheets import words
from bot.sheets.kind import Personal
from bot.sheets.row import Row, unique
from bot.store import Session, contact, grid, place, station
from bot.store import staff as accounts
from bot.store.place import Level
from bot.store.staff import Staff, StaffRole

COLUMNS = ("login", "name", "staff_role", "scope_kind", "scope", "post", "wecom", "account")
SCOPES = {"community": "area_id", "station": "station_id", "grid": "grid_id"}
_WRONG = {
    BadLogin: ("login", "bad_login"),
    NeedsScope: ("scope", "needs_scope"),
    WecomTaken: ("wecom", "wecom_taken"),
    LastAdministrator: ("staff_role", "last_administrator"),
}


class Codes:
    """What an account can be for, by the codes of the other workbooks."""

    def __init__(self, session: Session) -> None:
        areas = {one.code: one.id for one in place.areas(session) if one.level == Level.COMMUNITY}
        self.ids: Mapping[str, Mapping[str, UUID]] = {
            "community": areas,
            "station": {one.code: one.id for one in station.everywhere(session)},
            "grid": {one.code: one.id for one in grid.grids(session)},
            "post": {one.code: one.id for one in contact.contacts(session)},
        }
        self.codes = {id_: code for ids in self.ids.values() for code, id_ in ids.items()}


def take_in(office: Office, rows: Sequence[Row]) -> set[UUID]:
    """Write the accounts by their login; one that is new lets nobody in until it is given a password."""
    codes = Codes(office.session)
    unique(rows, "login")
    unique(rows, "wecom")
    for row in rows:
        login, name = row.text("login", needed=True, most=32), row.text("name", needed=True)
        role, state = row.one_of("staff_role", "staff_role"), row.one_of("account", "account", default="active")
        scope, wecom = _scope(row, codes), row.text("wecom", most=64)
        if row.problems or scope is None:
            continue
        try:
            account = _account(office, login)
            account.name = name
            staff.settle(office.session, account, role=StaffRole(role), scope=scope, wecom=wecom)
            office.session.add(account)
            office.session.flush()
            _switch(office, account, on=state == "active")
        except Refusal as refusal:
            column, wrong = _WRONG[type(refusal)]
            row.wrong(column, wrong, text=row.cells.get(column, ""))
    return set()


def give_out(office: Office, _full: bool) -> Iterator[Mapping[str, str]]:
    """Every account, by login."""
    codes = Codes(office.session).codes
    for one in accounts.everybody(office.session):
        kind = next((kind for kind, column in SCOPES.items() if getattr(one, column)), "")
        yield {
            "login": one.login,
            "name": one.name,
            "staff_role": words.names("staff_role")[one.role],
            "scope_kind": words.names("staff_scope")[kind] if kind else "",
            "scope": codes[getattr(one, SCOPES[kind])] if kind else "",
            "post": codes[one.contact_id] if one.contact_id else "",
            "wecom": one.wecom_userid or "",
            "account": words.names("account")["active" if one.active else "dropped"],
        }


def _account(office: Office, login: str) -> Staff:
    """The account of that login, a new one where there is none. Raises BadLogin."""
    plain = staff.plain_login(login)
    found = accounts.by_login(office.session, plain)
    return found or Staff(login=plain, name="", role="", created_at=office.now)


def _switch(office: Office, account: Staff, *, on: bool) -> None:
    """Raises LastAdministrator."""
    if on:
        account.active = True
    elif account.active:
        staff.drop(office.session, account.login)


def _scope(row: Row, codes: Codes) -> Scope | None:
    """The part of the city and the post; None where one is wrong."""
    post = row.text("post", most=32)
    if post and post not in codes.ids["post"]:
        row.wrong("post", "unknown", text=post, of=words.heading("post"))
        return None
    contact_id = codes.ids["post"].get(post)
    code = row.text("scope", most=200)
    if not code and not row.cells.get("scope_kind"):
        return Scope(contact_id=contact_id)
    kind = row.one_of("scope_kind", "staff_scope")
    if not kind:
        return None
    if code not in codes.ids[kind]:
        row.wrong("scope", "unknown", text=code, of=words.names("staff_scope")[kind])
        return None
    found = codes.ids[kind][code]
    return Scope(**{SCOPES[kind]: found}, contact_id=contact_id)


KIND = Personal(columns=COLUMNS, take_in=take_in, give_out=give_out)
