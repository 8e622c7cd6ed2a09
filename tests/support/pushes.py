"""A studio of lesson pushes: members with simulated phones, staff who write and agree, a sender told when to move."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlmodel import col, select

from bot.channels.official_account import NAME
from bot.conversation import Conversation
from bot.delivery.pushes import Pushes
from bot.messages import Opens
from bot.rules import lesson_push, member
from bot.rules.lesson_push import Draft, Fate, Progress
from bot.rules.means import USUAL_FIELDS, Form, Means, Template
from bot.rules.member import Entry
from bot.rules.office import Office
from bot.samples import staff as sample
from bot.simulator.ledger import Opening
from bot.simulator.people import Person
from bot.store import Session, Store, inbox, resident, transaction
from bot.store.activity import Activity, Kind, State
from bot.store.course import Course, CourseState, Format, LecturerKind, Lesson
from bot.store.lesson_push import LessonPush
from bot.store.member import MemberState
from bot.store.staff import Staff
from tests.support.line import Line, line
from tests.support.town import CHENGDU

PUBLIC = "https://weizhan.example"
BY_TEMPLATE = Means(
    templates={Form.LESSON: Template("LESSONREMINDER000000000000000000000000000003", USUAL_FIELDS[Form.LESSON])}
)
MASS, CUSTOMER = "/cgi-bin/message/mass/send", "/cgi-bin/message/custom/send"


@dataclass
class Studio:
    """A line with a roster, and the worker that makes pushes."""

    line: Line
    means: Means
    pushes: Pushes
    phones: dict[str, Person] = field(default_factory=dict)

    @contextmanager
    def office(self) -> Iterator[Office]:
        with transaction(self.line.store) as session:
            yield self.office_in(session)

    def office_in(self, session: Session) -> Office:
        return Office(session, self.line.seal, CHENGDU, self.line.platform.clock.now(), self.means)

    def passes(self, **time: float) -> None:
        self.line.platform.clock.advance(timedelta(**time).total_seconds())

    def account(self, login: str) -> UUID:
        with self.office() as office:
            return office.session.scalars(select(Staff.id).where(col(Staff.login) == login)).one()

    def has_members(self, count: int, *, talked: bool = True, branch: str = "ZB1") -> UUID:
        """So many more members of a branch who are known in the chat; `talked`: they wrote a moment ago."""
        start = len(self.phones) + 1
        with self.office() as office:
            its = member.branch(office, branch, f"示例支部{branch}", member.usual_area(office))
            for number in range(start, start + count):
                code = f"DY{number}"
                phone = self.line.platform.add_person(f"党员{number}", person_id=code)
                self.phones[code] = phone
                person = resident.register(office.session, channel=NAME, sender=phone.openid, now=office.now)
                row = member.put(office, Entry(code, f"示例党员{'甲乙丙丁戊己庚辛壬癸'[number % 10]}", its.id))
                row.state, row.resident_id = MemberState.ACTIVE.value, person
                if talked:
                    self._talked(office, phone, person)
            return its.id

    def _talked(self, office: Office, phone: Person, person: UUID) -> None:
        self.line.platform.world.contact(phone, Opening.MESSAGE)
        inbox.keep(
            office.session,
            channel=NAME,
            sender=phone.openid,
            key=f"first-{phone.id}",
            resident_id=person,
            kind="text",
            outcome="",
            opens=Opens.TALK.value,
            received_at=office.now,
            late=False,
            said=office.seal.close_json({"text": "你好"}),
            reply=office.seal.close_json({"text": "", "asks": None, "choices": {}}),
        )

    def has_lesson(self, title: str = "示例党课", *, hours: float = 24) -> UUID:
        """A published lesson that begins so many hours from now."""
        with self.office() as office:
            now = office.now
            course = Course(
                code=title,
                title=title,
                format=Format.THEORY.value,
                lecturer_kind=LecturerKind.TUTOR.value,
                state=CourseState.PUBLISHED.value,
                created_at=now,
                changed_at=now,
            )
            held = Activity(
                code=f"{title}-1",
                kind=Kind.LESSON.value,
                title=title,
                spot="一楼党员活动室",
                starts_at=now + timedelta(hours=hours),
                ends_at=now + timedelta(hours=hours + 1),
                state=State.PUBLISHED.value,
                created_at=now,
                changed_at=now,
            )
            office.session.add_all([course, held])
            office.session.flush()
            office.session.add(Lesson(id=held.id, course_id=course.id, number=1, live_url="https://live.example/1"))
            return held.id

    def moves(self, lesson_id: UUID, *, hours: float = 0, cancelled: bool = False) -> None:
        """The staff move a lesson, or call it off."""
        with self.office() as office:
            held = office.session.get(Activity, lesson_id)
            assert held is not None
            held.starts_at, held.ends_at = (
                held.starts_at + timedelta(hours=hours),
                held.ends_at + timedelta(hours=hours),
            )
            held.state = State.CANCELLED.value if cancelled else held.state
            held.changed_at = office.now + timedelta(microseconds=1)

    def writes(self, **said: object) -> UUID:
        """The clerk writes a push and gives it to be read."""
        by = self.account("clerk")
        with self.office() as office:
            push = lesson_push.draw_up(office, replace(Draft("示例推送", "请大家准时参加"), **said), by=by)  # type: ignore[arg-type]
            return lesson_push.propose(office, push.id).id

    def agrees(self, push_id: UUID, login: str = "manager") -> None:
        by = self.account(login)
        with self.office() as office:
            lesson_push.approve(office, push_id, version=self._version(office, push_id), by=by)

    def _version(self, office: Office, push_id: UUID) -> int:
        return self.push_in(office, push_id).version

    def push_in(self, office: Office, push_id: UUID) -> LessonPush:
        found = office.session.get(LessonPush, push_id)
        assert found is not None
        return found

    def push(self, push_id: UUID) -> LessonPush:
        with self.office() as office:
            return self.push_in(office, push_id)

    def sent(self, **said: object) -> UUID:
        """Written and agreed to; nothing has moved yet."""
        push_id = self.writes(**said)
        self.agrees(push_id)
        return push_id

    async def works(self) -> None:
        """The worker and the delivery, until neither has anything to do."""
        while await self.pushes.take_up() + await self.line.delivery.send_due():
            pass
        await self.line.platform.settle()

    def progress(self, push_id: UUID) -> Progress:
        with self.office() as office:
            return lesson_push.progress(office, self.push_in(office, push_id))

    def preview(self, push_id: UUID) -> dict[Fate, int]:
        with self.office() as office:
            return dict(lesson_push.preview(office, self.push_in(office, push_id)).counts)

    def heard(self, code: str, word: str = "示例推送") -> list[str]:
        """What stands on somebody's phone of it."""
        found = self.line.platform.bubbles(self.phones[code])
        return [one.text for one in found if word in one.text and one.sender.value == "account"]

    def twice(self) -> list[str]:
        """Who has it more than once."""
        return [code for code in self.phones if len(self.heard(code)) > 1]

    @property
    def now(self) -> datetime:
        return self.line.platform.clock.now()


@asynccontextmanager
async def studio(
    store: Store, talk: Conversation, folder: Path, *, means: Means | None = None, public_url: str = ""
) -> AsyncIterator[Studio]:
    """A running studio."""
    means = means or Means()
    async with line(store, talk, folder, seal=talk.seal, means=means) as running:
        found = Studio(running, means, None)  # type: ignore[arg-type] # in the next line
        found.pushes = Pushes(running.client, desk=running.desk, office=found.office_in, public_url=public_url)
        with transaction(store) as session:
            sample.fill(session, running.platform.clock.now(), "a-long-watchword")
        yield found
