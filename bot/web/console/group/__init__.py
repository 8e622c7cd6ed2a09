"""Groups looked after: taken up by kind, changed, tried out, what waits for a tap; keys go in and never come out."""

from bot.errors import Refusal
from bot.rules import group as rules
from bot.rules.access import LEADS
from bot.rules.group import Draft, Text
from bot.store import group as rows
from bot.store.group import Audience, GroupChat, GroupKind, GroupPost
from bot.store.ids import new_id
from bot.web.console.form import Filled
from bot.web.console.group.forms import ADD, TERMS, place, saved
from bot.web.console.group.shown import GROUPS, NEW, all_of_them, new_one, one_of_them
from bot.web.console.group.shown import posts as last_posts
from bot.web.console.named import named
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording import groups as say

pages = Pages()
ONE = GROUPS + "/at/{id}"
POST = GROUPS + "/posts/{id}"


@pages.get(GROUPS, roles=LEADS)
def show(visit: Visit) -> Answer:
    """All of them, and what waits for a tap."""
    return all_of_them(visit)


def refused_post(visit: Visit, refusal: Refusal) -> Answer:
    return all_of_them(visit, error=explain(refusal), status=409)


@pages.get(NEW, roles=LEADS)
def new(visit: Visit) -> Answer:
    return new_one(visit, ADD.shown({"kind": GroupKind.WEBHOOK, "audience": Audience.MEMBERS}))


def refused_new(visit: Visit, refusal: Refusal) -> Answer:
    """The form again, with the reason above it."""
    return new_one(visit, ADD.again(visit.asked, {}), error=explain(refusal))


@pages.post(NEW, roles=LEADS, refused=refused_new)
def add(visit: Visit) -> Answer:
    """A gateway's secret is on the page that comes back, and never again."""
    typed = ADD.read(visit.asked)
    if isinstance(typed, Filled):
        return new_one(visit, typed)
    station_id, area_id, wrong = place(visit, typed.within)
    if wrong:
        return new_one(visit, ADD.again(visit.asked, {"within": wrong}))
    draft = Draft(
        typed.code,
        typed.name,
        typed.kind,
        typed.audience,
        station_id=station_id,
        area_id=area_id,
        chat_id=typed.chat or None,
        hook=typed.hook,
    )
    row = rules.add(visit.office, draft)
    visit.noted("group.added", row.code, kind=row.kind)
    if row.kind == GroupKind.GATEWAY:
        return one_of_them(visit, row, secret=rules.new_secret(visit.office, row))
    return Go(f"{GROUPS}/at/{row.id}", "saved")


@pages.get(ONE, roles=LEADS)
def one(visit: Visit) -> Answer:
    return one_of_them(visit, _found(visit))


@pages.get(ONE + "/posts", roles=LEADS, by_itself=True)
def posts(visit: Visit) -> Answer:
    """The last messages and what became of them, asked by the page."""
    return View("group_posts.html", {"posts": last_posts(visit, _found(visit))})


def refused_change(visit: Visit, refusal: Refusal) -> Answer:
    return one_of_them(visit, _found(visit), filled=TERMS.again(visit.asked, {}), error=explain(refusal), status=409)


def refused_deed(visit: Visit, refusal: Refusal) -> Answer:
    return one_of_them(visit, _found(visit), error=explain(refusal), status=409)


@pages.post(ONE, roles=LEADS, refused=refused_change)
def change(visit: Visit) -> Answer:
    row = _found(visit)
    typed = TERMS.read(visit.asked, saved(visit, row))
    if isinstance(typed, Filled):
        return one_of_them(visit, row, filled=typed, status=422)
    station_id, area_id, wrong = place(visit, typed.within)
    if wrong:
        return one_of_them(visit, row, filled=TERMS.again(visit.asked, {"within": wrong}), status=422)
    draft = Draft(
        row.code,
        typed.name,
        GroupKind(row.kind),
        typed.audience,
        station_id=station_id,
        area_id=area_id,
        chat_id=typed.chat or None,
        hook=typed.hook,
        can_receive_at=typed.receives,
        can_push=typed.pushes,
        can_card=typed.cards,
        per_minute=typed.per_minute,
        per_day=typed.per_day,
    )
    rules.edit(visit.office, row, draft)
    visit.noted("group.changed", row.code, key=bool(typed.hook))
    return Go(f"{GROUPS}/at/{row.id}", "saved")


@pages.post(ONE + "/test", roles=LEADS, refused=refused_deed)
def test(visit: Visit) -> Answer:
    """One message that says it is a test; what becomes of it is on the page."""
    row = _found(visit)
    rules.post(visit.office, row.id, Text(say.TEST), key=f"test {new_id()}")
    visit.noted("group.tested", row.code)
    return Go(f"{GROUPS}/at/{row.id}", "group_tested")


@pages.post(ONE + "/secret", roles=LEADS, refused=refused_deed)
def secret(visit: Visit) -> Answer:
    """A new one, shown once; the old one is worthless."""
    row = _found(visit)
    fresh = rules.new_secret(visit.office, row)
    visit.noted("group.secret", row.code)
    return one_of_them(visit, row, secret=fresh)


@pages.post(ONE + "/drop", roles=LEADS)
def drop(visit: Visit) -> Answer:
    row = _found(visit)
    code = row.code
    rules.deactivate(visit.office, row)
    visit.noted("group.dropped", code)
    return Go(GROUPS, "group_dropped")


@pages.post(POST + "/again", roles=LEADS, refused=refused_post)
def again(visit: Visit) -> Answer:
    """Somebody has looked: it is not there, or may stand there twice."""
    row, chat = _waiting(visit)
    rules.send_again(visit.office, row)
    visit.noted("group.sent_again", chat.code, post=str(row.id))
    return Go(GROUPS, "group_again")


@pages.post(POST + "/arrived", roles=LEADS, refused=refused_post)
def arrived(visit: Visit) -> Answer:
    """Somebody has looked: it is there."""
    row, chat = _waiting(visit)
    rules.it_arrived(visit.office, row)
    visit.noted("group.arrived", chat.code, post=str(row.id))
    return Go(GROUPS, "saved")


def _found(visit: Visit) -> GroupChat:
    """The group in use of the address, within what they may see."""
    row = rows.within(visit.office.session, visit.scope, named(visit))
    if row is None or not row.active:
        raise NotThere
    return row


def _waiting(visit: Visit) -> tuple[GroupPost, GroupChat]:
    row = rows.post(visit.office.session, named(visit))
    chat = rows.within(visit.office.session, visit.scope, row.group_id) if row else None
    if row is None or chat is None:
        raise NotThere
    return row, chat
