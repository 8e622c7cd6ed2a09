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
from bot.store.lesson_push import LessonPush, LessonPushMass, MassState, PushState
from bot.store.outbox import State

FEWEST = 2  # of a list. Source: docs/wechat.md §5
TAKEN_FOR = timedelta(minutes=2)  # longer than any sender waits
KNOWN_FOR = timedelta(hours=23)  # the platform remembers the id for a day
ASKED = "asked, no answer yet"
TOO_FEW = "fewer than two people are left"


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
    """One to be made now, taken for so long as a sender may need; None where there is none."""
    row = rows.due_mass(office.session, office.now)
    push = office.session.get(LessonPush, row.push_id) if row is not None else None
    if row is None or push is None:
        return None
    people = rows.claim(office.session, row.id, RESIDENTS, office.now)
    wanting = set(news.wanting(office.session, [person for person, _ in people], News.COURSE))
    openids = tuple(openid for person, openid in people if person in wanting)
    if push.state == PushState.STOPPED or len(openids) < FEWEST or not _still_true(office, push):
        _give_up(office, row, TOO_FEW if push.state != PushState.STOPPED else "stopped")
        return None
    if office.now - row.made_at > KNOWN_FOR and row.reason:
        row.state = MassState.UNSURE.value
        return None
    row.due_at, row.reason = office.now + TAKEN_FOR, row.reason or ASKED
    office.session.flush()
    return Mass(row.id, openids, facts_of(office, push, public_url=public_url))


def settle(office: Office, mass: Mass, *, ok: bool, msg_id: str, reason: str, again_at: datetime | None) -> None:
    """What the platform answered. `again_at`: it is to be asked once more then, for nobody knows or it was too soon."""
    row = rows.open_mass(office.session, mass.id)
    if row is None:
        return  # its report was quicker, or another sender
    row.reason, row.msg_id = reason[:200] or row.reason, msg_id or row.msg_id
    if ok:
        row.state, row.reason = MassState.SENT.value, ""
        rows.settle_mass(office.session, row.id, State.SENT, now=office.now)
    elif again_at is not None:
        row.due_at = again_at
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


def _still_true(office: Office, push: LessonPush) -> bool:
    lecture = course.lecture(office, push.lesson_id) if push.lesson_id else None
    return push.lesson_id is None or (lecture is not None and is_held(lecture.activity, office.now))
