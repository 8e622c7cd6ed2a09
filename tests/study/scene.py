"""What these tests share: a lesson of the sample, somebody who has a place in it, and the codes of this minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.channels.official_account import NAME
from bot.rules import activity
from bot.rules.activity import rotating
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import course as courses
from bot.store import resident, transaction
from bot.store.activity import Activity, ActivityEnrolment
from tests.support.town import CHENGDU, Person, Town

WRITING, MEMBERS = "KC01-1", "KC03-1"  # ninety minutes for anybody, an hour for members only
LIVE, REPLAY = "https://live.example/room", "https://video.example/lesson"


@dataclass
class Scene:
    """A town with one of its lessons."""

    town: Town
    code: str = WRITING

    @contextmanager
    def office(self) -> Iterator[Office]:
        with transaction(self.town.store) as session:
            yield Office(session, self.town.talk.seal, CHENGDU, self.town.now)

    @contextmanager
    def lesson(self) -> Iterator[tuple[Office, Activity]]:
        with self.office() as office:
            its = activities.coded(office.session, self.code)
            assert its is not None
            yield office, its

    def at(self, minutes: float, *, of_end: bool = False) -> None:
        """So many minutes after it begins, or ends."""
        with self.lesson() as (_, its):
            start = its.ends_at if of_end else its.starts_at
        self.town.now = start.astimezone(CHENGDU) + timedelta(minutes=minutes)

    def has(self, **values: object) -> None:
        """It is otherwise from now on."""
        with self.lesson() as (_, its):
            for name, value in values.items():
                setattr(its, name, value)

    def shows(self, *, live: str = "", replay: str = "", until: datetime | None = None) -> None:
        """Where it can be watched."""
        with self.lesson() as (office, its):
            found = courses.lesson(office.session, its.id)
            assert found is not None
            found[0].live_url, found[0].replay_url, found[0].replay_until = live, replay, until
            found[0].replay_since = office.now if replay else None

    def enrols(self, person: Person, persons: int = 1) -> UUID:
        """Give somebody a place before it begins; returns the resident's id."""
        who = self.known(person)
        with self.lesson() as (office, its):
            activity.enrol(office, its.id, resident_id=who, channel="official_account", persons=persons)
        return who

    def known(self, person: Person) -> UUID:
        """Who somebody is."""
        with self.office() as office:
            found = resident.person(office.session, channel=NAME, sender=person.name)
            return found or resident.register(office.session, channel=NAME, sender=person.name, now=office.now)

    def digits(self) -> str:
        with self.lesson() as (office, its):
            return rotating.code_now(office, its)

    def scene(self) -> str:
        with self.lesson() as (office, its):
            return rotating.scene_now(office, its)

    def rows(self) -> list[ActivityEnrolment]:
        with self.lesson() as (office, its):
            return list(activities.roster(office.session, its.id))
