"""Accounts: made, changed, locked and dropped by administrators; what is taken away is gone at the next click."""

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import accounts
from bot.rules.accounts import Account, NoSuchPart, NotYours, OwnAccount, Wanted
from bot.rules.staff import BadLogin, LastAdministrator, LoginTaken, NeedsScope, WecomTaken
from bot.store.account_list import MOST_CHOICES, Named
from bot.store.staff import Staff, StaffRole
from bot.web.console.form import Choices, Filled, Form
from bot.web.console.listing import Column, Listing, Query, Slice, listed
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording import manage as say

pages = Pages()
STAFF = "/console/manage/staff"
NEW, ONE = STAFF + "/new", STAFF + "/{id}"
ADMINISTRATORS = frozenset({StaffRole.ADMINISTRATOR})
_FIELDS: dict[type[Refusal], str] = {
    BadLogin: "login",
    LoginTaken: "login",
    WecomTaken: "wecom",
    NeedsScope: "part",
    NoSuchPart: "part",
    NotYours: "part",
    OwnAccount: "role",
    LastAdministrator: "role",
}


class Existing(BaseModel):
    """What can be changed of an account."""

    name: str = About(title=say.NAME, description=say.NAME_HINT, min_length=2, max_length=80)
    role: StaffRole = About(title=say.ROLE)
    part: str = About(default="", title=say.PART, description=say.PART_HINT, max_length=100)
    post: str = About(default="", title=say.POST, description=say.POST_HINT, max_length=32)
    wecom: str = About(default="", title=say.WECOM, description=say.WECOM_HINT, max_length=64)


class Login(BaseModel):
    """What an account is called for good."""

    login: str = About(title=say.LOGIN, description=say.LOGIN_HINT, min_length=2, max_length=32)


class Newcomer(Existing, Login):
    """A new account."""


E = TypeVar("E", bound=Existing)


def fetch(visit: Visit, query: Query) -> Slice[Account]:
    rows, after = accounts.page(
        visit.office,
        visit.me,
        words=query.words,
        after=query.after,
        limit=query.limit,
        sort=query.sort,
        descending=query.descending,
    )
    return Slice(rows, after)


LISTING = Listing(
    title=say.STAFF,
    at=STAFF,
    columns=(
        Column("login", say.LOGIN, lambda one: one.login, href=lambda one: f"{STAFF}/{one.id}", sorts=True),
        Column("name", say.NAME, lambda one: one.name, sorts=True),
        Column("role", say.ROLE, lambda one: say.ROLES[one.role], sorts=True),
        Column("part", say.PART, lambda one: say.part(one.part)),
        Column("wecom", say.WECOM, lambda one: one.wecom),
        Column("stands", say.STANDS, say.stands),
        Column("seen", say.SEEN, lambda one: one.seen_at),
    ),
    fetch=fetch,
    hint=say.STAFF_HINT,
    none=(say.NO_STAFF, say.NO_STAFF_WORDS, NEW, say.ADD_STAFF),
    sort="login",
)


@pages.get(STAFF, roles=ADMINISTRATORS)
def show(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    return found if isinstance(found, File) else View("staff.html", {"listed": found, "words": say})


@pages.get(NEW, roles=ADMINISTRATORS)
def new(visit: Visit) -> Answer:
    return _new(visit, _form(visit, Newcomer).shown({"role": StaffRole.GRID_WORKER}))


def not_added(visit: Visit, refusal: Refusal) -> Answer:
    """The form again, with the reason beside the field it is about."""
    wrong = {_FIELDS.get(type(refusal), "login"): explain(refusal)}
    return _new(visit, _form(visit, Newcomer).again(visit.asked, wrong))


@pages.post(NEW, roles=ADMINISTRATORS, refused=not_added)
def add(visit: Visit) -> Answer:
    """The first password is on the page that comes back, and never again."""
    typed = _form(visit, Newcomer).read(visit.asked)
    if isinstance(typed, Filled):
        return _new(visit, typed)
    row, password = accounts.add(visit.office, visit.me, typed.login, _wanted(typed))
    visit.noted("account.added", row.login, role=row.role)
    return _page(visit, row, password=password)


@pages.get(ONE, roles=ADMINISTRATORS)
def one(visit: Visit) -> Answer:
    return _page(visit, _found(visit))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The account again, with the reason: beside its field where one was typed in, else at the top."""
    row = _found(visit)
    form = _form(visit, Existing, row)
    wrong = {_FIELDS.get(type(refusal), "role"): explain(refusal)}
    if "name" in visit.asked.form:
        return _page(visit, row, filled=form.again(visit.asked, wrong), status=409)
    return _page(visit, row, error=explain(refusal), status=409)


@pages.post(ONE, roles=ADMINISTRATORS, refused=refused)
def change(visit: Visit) -> Answer:
    row = _found(visit)
    typed = _form(visit, Existing, row).read(visit.asked, _saved(visit, row))
    if isinstance(typed, Filled):
        return _page(visit, row, filled=typed, status=422)
    before = row.role
    accounts.change(visit.office, visit.me, row, _wanted(typed))
    visit.noted("account.changed", row.login, before=before, role=row.role, part=typed.part, post=typed.post)
    return Go(f"{STAFF}/{row.id}", "saved")


@pages.post(ONE + "/password", roles=ADMINISTRATORS, refused=refused)
def password(visit: Visit) -> Answer:
    row = _found(visit)
    first = accounts.new_password(visit.office, row)
    visit.noted("account.password", row.login)
    return _page(visit, row, password=first)


@pages.post(ONE + "/lock", roles=ADMINISTRATORS, refused=refused)
def lock(visit: Visit) -> Answer:
    row = _found(visit)
    accounts.lock(visit.office, visit.me, row)
    visit.noted("account.locked", row.login)
    return Go(f"{STAFF}/{row.id}", "locked")


@pages.post(ONE + "/unlock", roles=ADMINISTRATORS, refused=refused)
def unlock(visit: Visit) -> Answer:
    row = _found(visit)
    accounts.unlock(visit.office, row)
    visit.noted("account.unlocked", row.login)
    return Go(f"{STAFF}/{row.id}", "unlocked")


@pages.post(ONE + "/drop", roles=ADMINISTRATORS, refused=refused)
def drop(visit: Visit) -> Answer:
    row = _found(visit)
    accounts.drop(visit.office, visit.me, row)
    visit.noted("account.dropped", row.login)
    return Go(f"{STAFF}/{row.id}", "account_dropped")


def _found(visit: Visit) -> Staff:
    row = accounts.within(visit.office, visit.me, named(visit))
    if row is None:
        raise NotThere
    return row


def _wanted(typed: Existing) -> Wanted:
    return Wanted(name=typed.name, role=typed.role, part=typed.part, post=typed.post, wecom=typed.wecom)


def _form(visit: Visit, model: type[E], row: Staff | None = None) -> Form[E]:
    """The form with what may be chosen, and what the account has already; where it is too much, one types the code."""
    choices: dict[str, Choices] = {"role": [(role.value, label) for role, label in say.ROLES.items()]}
    parts, posts = accounts.parts(visit.office, visit.me), accounts.posts(visit.office, visit.me)
    now = accounts.read(visit.office, row) if row is not None else None
    if len(parts) <= MOST_CHOICES:
        choices["part"] = _choices(parts, now.part if now else None, say.EVERYTHING)
    if len(posts) <= MOST_CHOICES:
        choices["post"] = _choices(posts, now.post if now else None, say.NO_POST)
    return Form(model, choices=choices)


def _choices(found: Sequence[Named], now: Named | None, nothing: str) -> Choices:
    every = found if now is None or now in found else (now, *found)
    return [("", nothing), *((one.code, say.part(one)) for one in every)]


def _saved(visit: Visit, row: Staff) -> dict[str, object]:
    found = accounts.read(visit.office, row)
    return {
        "name": found.name,
        "role": found.role,
        "part": found.part.code if found.part else "",
        "post": found.post.code if found.post else "",
        "wecom": found.wecom,
    }


def _new(visit: Visit, filled: Filled) -> View:
    return View("account_new.html", {"filled": filled, "words": say}, 422 if filled.wrong else 200)


def _page(
    visit: Visit, row: Staff, *, filled: Filled | None = None, password: str = "", error: str = "", status: int = 200
) -> View:
    facts = {
        "one": accounts.read(visit.office, row),
        "filled": filled or _form(visit, Existing, row).shown(_saved(visit, row)),
        "password": password,
        "error": error,
        "is_me": row.id == visit.me.staff_id,
        "words": say,
        "at_account": f"{STAFF}/{row.id}",
    }
    return View("account.html", facts, status)
