"""Posts: who they are, when they are on duty, who is on leave and who stands in, and what becomes of open tickets."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, create_model
from pydantic import Field as About

from bot.rules import grid, ticket
from bot.rules.access import READERS, WORKERS
from bot.rules.grid import Chart
from bot.sheets import hours, words
from bot.sheets.row import Row
from bot.store import place, posts
from bot.store import ticket as tickets
from bot.store.contact import Contact
from bot.store.staff import StaffRole
from bot.web.console.form import Filled, Form
from bot.web.console.listing import Column, Listing, Query, Slice, listed, start_of
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.wording import places as say

pages = Pages()
CONTACTS = "/console/contacts"
CONTACT = CONTACTS + "/{id}"


class Post(BaseModel):
    """A post as it is typed, but for its hours."""

    title: str = About(title=say.FIELDS["title"][0], description=say.FIELDS["title"][1], max_length=80)
    phone: str = About(default="", title=say.FIELDS["phone"][0], description=say.FIELDS["phone"][1], max_length=32)
    leave_from: date | None = About(default=None, title=say.FIELDS["leave_from"][0])
    leave_until: date | None = About(
        default=None, title=say.FIELDS["leave_until"][0], description=say.FIELDS["leave_until"][1]
    )
    stand_in: str = About(default=say.NO_ONE, title=say.FIELDS["stand_in"][0], description=say.FIELDS["stand_in"][1])


_HOURS: dict[str, Any] = {
    column: (str, About(default="", title=label, max_length=120, description=say.HOURS if column == "day0" else None))
    for column, label in say.HOUR_LABELS.items()
}
Typed = create_model("Typed", __base__=Post, __doc__="A post as it is typed.", **_HOURS)


def fetch(visit: Visit, query: Query) -> Slice[Contact]:
    start = start_of(query)
    found = posts.listed(
        visit.office.session,
        visit.scope,
        words=query.words,
        sort=query.sort,
        descending=query.descending,
        start=start,
        limit=query.limit,
    )
    return Slice(found, str(start + query.limit) if len(found) == query.limit else "")


LISTING = Listing(
    title=say.CONTACTS,
    at=CONTACTS,
    columns=(
        Column("title", say.NAME, lambda one: one.title, lambda one: f"{CONTACTS}/{one.id}", sorts=True),
        Column("role", say.ROLE, say.role, sorts=True),
        Column("phone", say.PHONE, lambda one: one.phone),
        Column("leave", say.LEAVE, say.leave),
        Column("code", say.CODE, lambda one: one.code, sorts=True),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, "/console/sheets", say.IMPORT),
    sort="code",
)


@pages.get(CONTACTS, roles=READERS)
def show_all(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    return found if isinstance(found, File) else View("contacts.html", {"listed": found, "words": say})


@pages.get(CONTACT, roles=READERS)
def show(visit: Visit) -> Answer:
    post = found(visit)
    chart = _chart(visit, post)
    return _page(visit, post, chart, _form(chart, post).shown(values(post)))


@pages.post(CONTACT, roles=WORKERS)
def save(visit: Visit) -> Answer:
    """Keep what was typed, checked as in the workbook."""
    post = _theirs(visit)
    chart = _chart(visit, post)
    form = _form(chart, post)
    typed = form.read(visit.asked, values(post))
    if isinstance(typed, Filled):
        return _page(visit, post, chart, typed, status=409 if typed.theirs else 422)
    row = Row(
        0, {**{column: getattr(typed, column) for column in hours.COLUMNS}, "phone": typed.phone}, visit.office.zone
    )
    week, phone = hours.read(row), row.phone("phone")
    columns = {words.heading(column): column for column in ("phone", *hours.COLUMNS)}
    wrong = {columns[one.heading]: one.reason for one in row.problems} | _wrong(typed, chart)
    if wrong:
        return _page(visit, post, chart, form.again(visit.asked, wrong), status=422)
    post.title, post.phone, post.hours = typed.title, phone, week
    post.leave_from, post.leave_until = typed.leave_from, typed.leave_until
    post.stand_in_id = None if typed.stand_in == say.NO_ONE else UUID(typed.stand_in)
    visit.office.session.add(post)
    visit.office.session.flush()
    visit.noted("contact.changed", post.code)
    return Go(f"{CONTACTS}/{post.id}", "saved")


@pages.post(CONTACT + "/move", roles=WORKERS)
def move(visit: Visit) -> Answer:
    """Open tickets go to whoever is responsible now."""
    post = _theirs(visit)
    moved = ticket.move_from(visit.office, post.id)
    visit.noted("contact.moved", post.code, tickets=len(moved))
    return Go(f"{CONTACTS}/{post.id}", "contact_moved" if moved else "contact_stays")


def found(visit: Visit) -> Contact:
    """The post of the address, within what they may see."""
    post = posts.within(visit.office.session, visit.scope, named(visit))
    if post is None:
        raise NotThere
    return post


def values(post: Contact) -> dict[str, object]:
    """What stands in the fields."""
    return {
        "title": post.title,
        "phone": post.phone,
        "leave_from": post.leave_from,
        "leave_until": post.leave_until,
        "stand_in": str(post.stand_in_id) if post.stand_in_id else say.NO_ONE,
        **hours.write(post.hours),
    }


def _may(visit: Visit, post: Contact) -> bool:
    """A grid worker changes their own post only."""
    if visit.me.role is StaffRole.GRID_WORKER:
        return post.id == visit.me.contact_id
    return visit.me.role in WORKERS


def _theirs(visit: Visit) -> Contact:
    post = found(visit)
    if not _may(visit, post):
        raise NotThere
    return post


def _chart(visit: Visit, post: Contact) -> Chart:
    session = visit.office.session
    return grid.chart(session, place.the_area(session, posts.community_of(session, post)))


def _form(chart: Chart, post: Contact) -> Form[Post]:
    able = {one.id for one in chart.contacts.values() if one.phone} - {post.id} | {post.stand_in_id}
    others = [(str(one.id), one.title) for one in chart.contacts.values() if one.id in able]
    choices = {"stand_in": [(say.NO_ONE, say.NOBODY), *others]}
    return Form(Typed, choices=choices, kinds={"leave_from": "date", "leave_until": "date", "phone": "tel"})


def _wrong(typed: Post, chart: Chart) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if typed.leave_until is not None and typed.leave_from is None:
        wrong["leave_from"] = say.NEEDS_START
    elif typed.leave_until is not None and typed.leave_from is not None and typed.leave_until < typed.leave_from:
        wrong["leave_until"] = say.BAD_LEAVE
    if typed.stand_in != say.NO_ONE and typed.stand_in not in {str(id_) for id_ in chart.contacts}:
        wrong["stand_in"] = say.NOT_CHOSEN
    return wrong


def _page(visit: Visit, post: Contact, chart: Chart, filled: Filled, *, status: int = 200) -> View:
    today = visit.office.today
    held = len(tickets.held_by(visit.office.session, post.id))
    away = not post.phone or grid.on_leave(post, today)
    instead = grid.standing_in(chart, post, today)
    facts = {
        "post": post,
        "filled": filled,
        "words": say,
        "community": chart.community.name,
        "held": held,
        "away": away,
        "vacant": not post.phone,
        "instead": instead.title if instead is not None else "",
        "may_work": _may(visit, post),
        "times": hours.write(post.hours),
    }
    return View("contact.html", facts, status)
