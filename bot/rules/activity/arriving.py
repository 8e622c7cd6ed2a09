"""Who was there: by the word of the day on the wall, by the code of the hall's screen, or by the staff's roster."""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from bot.rules.activity import rotating
from bot.rules.activity.limits import COMES_EARLY, NotEnrolled
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import arrival, study
from bot.store.activity import Activity, ActivityEnrolment, CameBy, Mine, Standing, What

DIGITS = 4
MOST_TRIES = 5
RESIDENT = "resident"
SCREEN_LOST = timedelta(minutes=3)  # a screen that has not asked for so long is dark, and the wall's word counts again


def give_code(office: Office, its: Activity) -> str:
    """A new word of the day; the one before it is worth nothing any more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    its.check_in, its.check_in_shown = _hash(office, its, code), office.seal.close(code)
    return code


def code_of(office: Office, its: Activity) -> str:
    """The word of the day for the staff's screen; empty where there is none."""
    return office.seal.open(its.check_in_shown) if its.check_in_shown else ""


def is_time(office: Office, its: Activity) -> bool:
    """Whether one may check in: from an hour before it begins until it ends."""
    return its.is_published and its.starts_at - COMES_EARLY <= office.now < its.ends_at


def expected_now(office: Office, resident_id: UUID) -> list[Mine]:
    """Where the resident has a place and might be at this moment, or has come already."""
    found = activities.to_come_of(office.session, resident_id, office.now)
    return [(mine, its) for mine, its in found if mine.state in activities.HAS_PLACES and is_time(office, its)]


def is_lit(office: Office, its: Activity) -> bool:
    """Whether the hall has a screen that shows codes at this moment."""
    at = arrival.lit_at(office.session, its.id)
    return at is not None and office.now - at < SCREEN_LOST


def takes(office: Office, its: Activity, code: str) -> bool:
    """Whether that is its code: the screen's, or the word on the wall where no screen is lit.

    While a screen is lit the word on the wall is none, or whoever is there would tell it to whoever is not.
    """
    if len(code) == rotating.DIGITS:
        return rotating.is_code(office, its, code)
    if its.check_in is None or not hmac.compare_digest(its.check_in, _hash(office, its, code)):
        return False
    return not is_lit(office, its)


def come_by_code(office: Office, mine: ActivityEnrolment, its: Activity, code: str) -> bool:
    """The resident says a code.

    False where it is wrong or was guessed too often: no refusal, for that would undo the count of the tries.
    """
    mine = activities.locked_enrolment(office.session, mine.id)
    if mine.state not in activities.HAS_PLACES or mine.code_tries >= MOST_TRIES:
        return False
    if not takes(office, its, code.strip()):
        mine.code_tries += 1
        activities.note(office.session, mine.id, at=office.now, what=What.WRONG_CODE, by=RESIDENT)
        return False
    came(office, mine, RESIDENT, CameBy.CODE)
    return True


def tick(
    office: Office, enrolment_id: UUID, *, by: str, at: datetime | None = None, how: CameBy = CameBy.STAFF
) -> ActivityEnrolment:
    """The staff saw them, now or `at`; who is ticked off after the end was there from the beginning.

    Raises NotEnrolled.
    """
    mine = _on_roster(office, enrolment_id)
    came(office, mine, by, how, at)
    return mine


def untick(office: Office, enrolment_id: UUID, *, by: str) -> ActivityEnrolment:
    """It was somebody else: they have a place as before, or none where they had not enrolled. Raises NotEnrolled."""
    mine = _on_roster(office, enrolment_id)
    standing = Standing.CANCELLED if mine.walk_in else Standing.ENROLLED
    if mine.walk_in:
        activities.release(office.session, mine.id)
    study.take_back(office.session, mine.id)
    mine.state, mine.came_at, mine.came_by, mine.changed_at = standing.value, None, "", office.now
    what = What.CANCELLED if mine.walk_in else What.ENROLLED
    activities.note(office.session, mine.id, at=office.now, what=what, by=by)
    return mine


def came(office: Office, mine: ActivityEnrolment, by: str, how: CameBy, at: datetime | None = None) -> None:
    """They are there, once however often it is said; a moment that is told corrects the one that is known."""
    if mine.state == Standing.CAME and at in (None, mine.came_at):
        return
    its = office.session.get_one(Activity, mine.activity_id)
    if mine.state == Standing.CAME:
        study.take_back(office.session, mine.id)
    mine.came_at = at or (office.now if office.now < its.ends_at else its.starts_at)
    mine.state, mine.came_by, mine.changed_at, mine.held_until = Standing.CAME.value, how.value, office.now, None
    activities.note(office.session, mine.id, at=office.now, what=What.CAME, by=by)


def _on_roster(office: Office, enrolment_id: UUID) -> ActivityEnrolment:
    mine = activities.locked_enrolment(office.session, enrolment_id)
    if mine.state not in (Standing.ENROLLED, Standing.CAME):
        raise NotEnrolled
    return mine


def _hash(office: Office, its: Activity, code: str) -> bytes:
    key = office.seal.key("activity check-in")
    return hmac.digest(key, its.id.bytes + code.encode(), "sha256")
