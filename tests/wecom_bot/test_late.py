"""Answers that were not ready: who tells them, once, on both kinds of database; and that they go with the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.channels.wecom_bot.incoming import NAME, stream_id
from bot.conversation import Conversation
from bot.messages import Kind, Message
from bot.privacy import Seal
from bot.rules import assistant, privacy
from bot.rules.assistant import Way
from bot.rules.office import Office
from bot.store import Store, resident, transaction
from bot.store.assistant import Stand
from tests.conftest import SECRET
from tests.support.town import CHENGDU, SUNDAY_MORNING

T = TypeVar("T")
URL = "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=secret"


class Rows:
    """What the assistant's rows say, so many seconds after the question."""

    def __init__(self, store: Store, talk: Conversation) -> None:
        self._store, self._talk = store, talk

    def at(self, seconds: float, work: Callable[[Office], T]) -> T:
        with transaction(self._store) as session:
            return work(Office(session, Seal(SECRET), CHENGDU, SUNDAY_MORNING + timedelta(seconds=seconds)))

    def asked(self, key: str, *, group: str = "", way: Way = Way.POLL) -> str:
        """Somebody asks and is not answered at once; the desk gets to it later."""
        message = Message(NAME, "granny", key, Kind.TEXT, SUNDAY_MORNING, text="居住证怎么办", group=group)
        name = stream_id("granny", key)
        self.at(2, lambda office: assistant.expect(office, name, message, way=way, response_url=URL))
        assert self.at(3, lambda office: assistant.found(office, name)) == (True, None)
        assert self.at(3, assistant.due) is None
        with transaction(self._store) as session:
            self._talk.answer(session, message)
        return name


@pytest.fixture
def told(store: Store, talk: Conversation) -> Rows:
    return Rows(store, talk)


@pytest.mark.parametrize("group", ["", "wr1"])
def test_a_late_answer_is_taken_up_once_when_nobody_asks_for_it(told: Rows, group: str) -> None:
    name = told.asked("m1", group=group)
    known, reply = told.at(10, lambda office: assistant.found(office, name))
    assert known
    assert reply is not None
    assert "居住" in reply.text
    assert told.at(300, assistant.due) is None, "the platform still asks"
    late = told.at(400, assistant.due)
    assert late is not None
    assert (late.sender.partition("@")[0][:6], late.chat, late.response_url) == ("granny", group, URL)
    assert "secret" not in repr(late)
    assert late.question == ("居住证怎么办" if group else "")
    assert told.at(401, assistant.due) is None
    assert not told.at(402, lambda office: assistant.claim(office, name))
    told.at(403, lambda office: assistant.settle(office, name, Stand.OPEN, again=timedelta(minutes=1)))
    assert told.at(410, assistant.due) is None
    assert told.at(470, assistant.due) is not None
    told.at(900, assistant.tidy)  # whoever had it has died
    assert told.at(901, assistant.due) is None


def test_a_new_line_takes_up_what_was_asked_on_the_old_one(told: Rows) -> None:
    told.asked("m1")
    told.asked("m2", way=Way.NOW)
    assert told.at(5, assistant.due) is not None
    told.at(6, assistant.connected)
    assert told.at(7, assistant.due) is not None


def test_of_two_that_wait_one_is_taken_up_at_a_time(told: Rows) -> None:
    """A server that stops has at most one on its way; the rest is another's at once."""
    told.asked("m1")
    told.asked("m2")
    first, second = told.at(400, assistant.due), told.at(400, assistant.due)
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert told.at(400, assistant.due) is None


def test_what_came_too_late_is_told_to_nobody(told: Rows) -> None:
    name = told.asked("m1")
    assert told.at(3400, assistant.due) is None
    assert not told.at(3401, lambda office: assistant.claim(office, name))


def test_it_goes_with_the_person_and_after_a_day(told: Rows) -> None:
    name, other = told.asked("m1"), told.asked("m2", group="wr1")

    def forget(office: Office) -> None:
        person = resident.person(office.session, channel=NAME, sender="granny")
        assert person is not None
        privacy.forget(office.session, person)

    told.at(20, forget)
    for gone in (name, other):
        assert told.at(21, lambda office, gone=gone: assistant.found(office, gone)) == (False, None)  # type: ignore[misc]
    told.asked("m3")
    assert told.at(86_000, assistant.tidy) == 0
    assert told.at(86_500, assistant.tidy) == 1


def test_where_somebody_has_spoken_is_remembered(told: Rows) -> None:
    assert told.at(0, lambda office: assistant.may_push(office, "wr1")) is None
    told.at(0, lambda office: assistant.spoken(office, "wr1"))
    told.at(60, lambda office: assistant.spoken(office, "wr1"))
    found = told.at(61, lambda office: assistant.may_push(office, "wr1"))
    assert found == SUNDAY_MORNING + timedelta(seconds=60)
