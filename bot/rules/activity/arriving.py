"""Who was there: by the word of the day, which stands on the wall, or by the staff's roster."""

import hmac
import secrets
from uuid import UUID

from bot.rules.activity.limits import COMES_EARLY, NotEnrolled
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store.activity import Activity, ActivityEnrolment, CameBy, Mine, Standing, What

DIGITS = 4
MOST_TRIES = 5
RESIDENT = "resident"


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


def come_by_code(office: Office, mine: ActivityEnrolment, its: Activity, code: str) -> bool:
    """The resident says the word of the day.

    False where it is wrong or was guessed too often: no refusal, for that would undo the count of the tries.
    """
    mine = activities.locked_enrolment(office.session, mine.id)
    if mine.state not in activities.HAS_PLACES or mine.code_tries >= MOST_TRIES or its.check_in is None:
        return False
    if not hmac.compare_digest(its.check_in, _hash(office, its, code.strip())):
        mine.code_tries += 1
        activities.note(office.session, mine.id, at=office.now, what=What.WRONG_CODE, by=RESIDENT)
        return False
    _came(office, mine, RESIDENT, CameBy.CODE)
    return True


def tick(office: Office, enrolment_id: UUID, *, by: str) -> ActivityEnrolment:
    """The staff saw them. Raises NotEnrolled."""
    mine = _on_roster(office, enrolment_id)
    _came(office, mine, by, CameBy.STAFF)
    return mine


def untick(office: Office, enrolment_id: UUID, *, by: str) -> ActivityEnrolment:
    """It was somebody else. Raises NotEnrolled."""
    mine = _on_roster(office, enrolment_id)
    mine.state, mine.came_at, mine.changed_at = Standing.ENROLLED.value, None, office.now
    mine.came_by = ""
    activities.note(office.session, mine.id, at=office.now, what=What.ENROLLED, by=by)
    return mine


def _came(office: Office, mine: ActivityEnrolment, by: str, how: CameBy) -> None:
    if mine.state != Standing.CAME:
        mine.state, mine.came_at, mine.changed_at = Standing.CAME.value, office.now, office.now
        mine.came_by = how.value
        mine.held_until = None
        activities.note(office.session, mine.id, at=office.now, what=What.CAME, by=by)


def _on_roster(office: Office, enrolment_id: UUID) -> ActivityEnrolment:
    mine = activities.locked_enrolment(office.session, enrolment_id)
    if mine.state not in (Standing.ENROLLED, Standing.CAME):
        raise NotEnrolled
    return mine


def _hash(office: Office, its: Activity, code: str) -> bytes:
    key = office.seal.key("activity check-in")
    return hmac.digest(key, its.id.bytes + code.encode(), "sha256")
