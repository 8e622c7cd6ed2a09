"""One's own account: where one is signed in, and a new password; and for small screens every place there is."""

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import access, staff
from bot.rules.access import EVERYBODY, PasswordsDiffer, SamePassword, WrongLogin
from bot.store import session as sessions
from bot.store.staff import Staff
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Go, NotThere, Pages, Place, View, Visit
from bot.wording import console as say
from bot.wording import explain

pages = Pages()
ME, PASSWORD = "/console/me", "/console/password"
PLACE = Place("me", say.ME, ME, "me", EVERYBODY, handy=True)


class NewPassword(BaseModel):
    """Two passwords and one again."""

    old: str = About(title=say.OLD_PASSWORD, max_length=staff.MOST_PASSWORD)
    new: str = About(title=say.NEW_PASSWORD, description=say.HOW_LONG, max_length=staff.MOST_PASSWORD)
    again: str = About(title=say.ONCE_MORE, max_length=staff.MOST_PASSWORD)


FORM = Form(NewPassword, kinds=dict.fromkeys(("old", "new", "again"), "password"))


@pages.get(ME, roles=EVERYBODY)
def me(visit: Visit) -> Answer:
    """Who one is and where one is signed in."""
    mine = sessions.of(visit.office.session, visit.me.staff_id, now=visit.doors_now, idle=access.IDLE)
    return View("me.html", {"sessions": mine, "own": visit.me.session_id})


@pages.post(f"{ME}/sessions/end", roles=EVERYBODY)
def end(visit: Visit) -> Answer:
    """Sign another browser of one's own out."""
    wanted = visit.asked.form.get("session", "")
    mine = sessions.of(visit.office.session, visit.me.staff_id, now=visit.doors_now, idle=access.IDLE)
    found = next((one for one in mine if str(one.id) == wanted), None)
    if found is None:
        raise NotThere
    access.leave(visit.office, visit.me, found.id)
    return Go(ME, "session_ended")


@pages.get(PASSWORD, roles=EVERYBODY, even_unchanged=True)
def password(visit: Visit) -> Answer:
    return _shown(visit, FORM.shown())


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The form again, with the reason beside the field it is about."""
    fields: dict[type[Refusal], str] = {WrongLogin: "old", PasswordsDiffer: "again", SamePassword: "new"}
    words = say.WRONG_OLD if isinstance(refusal, WrongLogin) else explain(refusal)
    return _shown(visit, FORM.again(visit.asked, {fields.get(type(refusal), "new"): words}))


@pages.post(PASSWORD, roles=EVERYBODY, even_unchanged=True, refused=refused)
def change(visit: Visit) -> Answer:
    """A new password."""
    typed = FORM.read(visit.asked)
    if isinstance(typed, Filled):
        return _shown(visit, typed)
    account = visit.office.session.get(Staff, visit.me.staff_id)
    right = account is not None and staff.matches(account.password, typed.old)
    access.change_password(visit.office, visit.me, old_is_right=right, old=typed.old, new=typed.new, again=typed.again)
    return Go("/console/", "password")


def _shown(visit: Visit, filled: Filled) -> View:
    return View("password.html", {"filled": filled, "first": visit.me.must_change}, 422 if filled.wrong else 200)
