"""The mass send of a push: whoever nothing else reaches, in one call that the platform makes once by its id."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.rules import allowance, course, quiet
from bot.rules import push as news
from bot.rules.lesson_push.telling import facts_of, is_held
from bot.rules.office import Office
from bot.rules.push import News
from bot.rules.reach import RESIDENTS
from bot.store import lesson_push as rows
from bot.store.lesson_push import ASKED, LessonPush, LessonPushMass, MassState, PushState
from bot.store.outbox import State

FEWEST = 2  # of a list. Source: docs/wechat.md §5
TAKEN_FOR = timedelta(minutes=2)  # longer than any sender waits
KNOWN_FOR = timedelta(hours=23)  # the platform remembers the id for a day
TOO_FEW, STOPPED = "fewer than two people are left", "stopped"


@dataclass(frozen=True, slots=True)
class Mass:
    """A mass send to be made: the same `key` is sent once, however often it is asked for within a day."""

    id: UUID
    openids: tuple[str, ...]
    facts: Mapping[str, object]

    @property
    def key(self) -> str:
        return self.id.hex


def gather(office: Office) -> int:
    """Put those together whom nothing else reaches and who may still hear of it this month; returns how many sends."""
    return sum(_gather(office, push) for push in rows.to_gather(office.session))


def _gather(office: Office, push: LessonPush) -> int:
    if rows.is_under_way(office.session, push.id):
        return 0
    held = rows.held(office.session, push.id, RESIDENTS)
    left = allowance.masses_left(office.session, held, office.now)
    people = [one for one in news.wanting(office.session, held, News.COURSE) if left[one]]
    if len(people) < FEWEST:
        return 0
    morning = quiet.hours(office.session).until(office.now, office.zone)
    mass = LessonPushMass(push_id=push.id, people=len(people), made_at=office.now, due_at=morning or office.now)
    rows.gather(office.session, mass, people)
    return 1


def claim(office: Office, *, public_url: str = "") -> Mass | None:
    """One to be made now, taken for so long as a sender may need; None where there is none.

    One of which nobody knows whether it was made is asked for again under its id, or else never again: then its people
    may have heard, and are not told by another way.
    """
    row = rows.due_mass(office.session, office.now)
    push = office.session.get(LessonPush, row.push_id) if row is not None else None
    if row is None or push is None:
        return None
    morning = quiet.hours(office.session).until(office.now, office.zone)
    if morning is not None:
        row.due_at = morning
        return None
    may_be_made = row.reason == ASKED
    people = rows.claim(office.session, row.id, RESIDENTS, office.now)
    wanting = set(news.wanting(office.session, [person for person, _ in people], News.COURSE))
    openids = tuple(openid for person, openid in people if person in wanting)
    is_over = push.state == PushState.STOPPED or not _still_true(office, push)
    if may_be_made and (is_over or len(openids) < FEWEST or office.now - row.made_at > KNOWN_FOR):
        _leave_unsure(office, row)
        return None
    if is_over or len(openids) < FEWEST:
        _give_up(office, row, STOPPED if is_over else TOO_FEW)
        return None
    row.due_at, row.reason = office.now + TAKEN_FOR, ASKED
    office.session.flush()
    return Mass(row.id, openids, facts_of(office, push, public_url=public_url))


def settle(office: Office, mass: Mass, *, ok: bool, msg_id: str, reason: str, again_at: datetime | None) -> None:
    """What the platform answered; no `reason`: nobody knows. `again_at`: it is to be asked once more then."""
    row = rows.open_mass(office.session, mass.id)
    if row is None:
        return  # its report was quicker, or another sender
    row.msg_id = msg_id or row.msg_id
    if ok:
        row.state, row.reason = MassState.SENT.value, ""
        rows.settle_mass(office.session, row.id, State.SENT, now=office.now)
    elif again_at is not None:
        row.due_at = again_at
        if reason:  # it was not made: until then its people hear at their next contact, and a stop takes hold
            row.reason = reason[:200]
            rows.settle_mass(office.session, row.id, State.HELD, now=office.now, reason=reason)
    else:
        _give_up(office, row, reason)
    office.session.flush()


def reported(office: Office, *, msg_id: str, sent: int, failed: int) -> None:
    """The platform's report: how many it reached, never who; where it reached nobody they are held again."""
    row = rows.by_msg_id(office.session, msg_id)
    if row is None:
        return
    row.msg_id, row.sent, row.failed = msg_id, sent, failed
    if sent:
        row.state = MassState.SENT.value
        rows.settle_mass(office.session, row.id, State.SENT, now=office.now)
    else:
        _give_up(office, row, "reported: reached nobody")
    office.session.flush()


def _give_up(office: Office, row: LessonPushMass, reason: str) -> None:
    row.state, row.reason = MassState.FAILED.value, reason[:200]
    rows.settle_mass(office.session, row.id, State.HELD, now=office.now, reason=reason)


def _leave_unsure(office: Office, row: LessonPushMass) -> None:
    row.state = MassState.UNSURE.value
    rows.settle_mass(office.session, row.id, State.UNSURE, now=office.now, reason=ASKED)


def _still_true(office: Office, push: LessonPush) -> bool:
    lecture = course.lecture(office, push.lesson_id) if push.lesson_id else None
    return push.lesson_id is None or (lecture is not None and is_held(lecture.activity, office.now))
