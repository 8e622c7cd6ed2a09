"""One's own account: where one is signed in, and a new password; and for small screens every place there is."""

from dataclasses import replace

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import access, staff
from bot.rules.access import EVERYBODY, LockedOut, PasswordsDiffer, WrongLogin
from bot.rules.office import Office
from bot.store import savepoint
from bot.store import session as sessions
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Beside, Go, Handler, NotThere, Pages, Place, View, Visit
from bot.wording import console as say
from bot.wording import explain

pages = Pages()
ME, PASSWORD = "/console/me", "/console/password"
PLACE = Place("me", say.ME, ME, "me", EVERYBODY, handy=True, also=("/console/password",))


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
    fields: dict[type[Refusal], str] = {WrongLogin: "old", LockedOut: "old", PasswordsDiffer: "again"}
    words = say.WRONG_OLD if isinstance(refusal, WrongLogin) else explain(refusal)
    return _shown(visit, FORM.again(visit.asked, {fields.get(type(refusal), "new"): words}))


@pages.post(PASSWORD, roles=EVERYBODY, even_unchanged=True, refused=refused)
def change(visit: Visit) -> Answer:
    """A new password; the old one is compared beside the desk, and guesses at it count as those at the door do."""
    typed = FORM.read(visit.asked)
    if isinstance(typed, Filled):
        return _shown(visit, typed)
    stored = access.stored_password(_doors(visit), visit.me.login, visit.me.ip)

    def work() -> Handler:
        right = staff.matches(stored, typed.old)
        return lambda later: _changed(later, typed, right=right)

    return Beside(work)


def _changed(visit: Visit, typed: NewPassword, *, right: bool) -> Answer:
    if not right:
        return refused(visit, WrongLogin())
    access.knew(_doors(visit), visit.me.login, visit.me.ip)
    try:
        with savepoint(visit.office.session):
            access.change_password(visit.office, visit.me, old=typed.old, new=typed.new, again=typed.again)
    except Refusal as refusal:  # what was counted is forgotten all the same
        return refused(visit, refusal)
    return Go("/console/", "password")


def _doors(visit: Visit) -> Office:
    """The office by the clock by which sessions end."""
    return replace(visit.office, now=visit.doors_now)


def _shown(visit: Visit, filled: Filled) -> View:
    return View("password.html", {"filled": filled, "first": visit.me.must_change}, 422 if filled.wrong else 200)
