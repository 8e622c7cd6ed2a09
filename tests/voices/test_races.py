"""Two at the same moment, on each of the two databases: one vote, one support, one last place, two numbers."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.nlu.wishes import Wish
from bot.rules import contest, figures, poll, retention, suggestion
from bot.rules.contest import Plan
from bot.rules.office import Office
from bot.rules.suggestion import Draft
from bot.store import Store, resident, transaction
from bot.store import suggestion as rows
from bot.store.contest import Contest, ContestEntry, EntryState
from bot.store.figures import Part
from bot.store.poll import Poll, PollVote
from bot.store.suggestion import Suggestion, SuggestionSupport
from tests.support.town import CHENGDU, SUNDAY_MORNING, Town

CHANNEL = "official_account"


@pytest.fixture
def here(store: Store, town: Town) -> Town:
    return Town(store, town.talk)


def known(town: Town, name: str) -> UUID:
    with transaction(town.store) as session:
        return resident.register(session, channel=CHANNEL, sender=name, now=SUNDAY_MORNING)


def at_once(town: Town, *works: Callable[[Office], object]) -> list[str]:
    """Each in a transaction of its own, all at one moment; returns who was refused."""
    together, refused = Barrier(len(works)), []

    def does(work: Callable[[Office], object]) -> None:
        together.wait()
        try:
            with transaction(town.store) as session:
                work(Office(session, town.talk.seal, CHENGDU, town.now))
        except Refusal as refusal:
            refused.append(type(refusal).__name__)

    threads = [Thread(target=does, args=(work,)) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return refused


def test_whoever_comes_second_changes_nothing_twice(here: Town) -> None:
    wang = known(here, "王阿姨")
    with transaction(here.store) as session:
        question = session.scalars(select(Poll)).one().id
        public = rows.public(session, "J261110-0001")
        office = Office(session, here.talk.seal, CHENGDU, here.now)
        day = timedelta(days=1)
        small = contest.draw_up(office, Plan("书法展", "毛笔字", None, here.now, here.now + day, 1))
        its = contest.publish(office, small.id).id
    assert public is not None
    supported = [lambda office: suggestion.support(office, public, resident_id=wang, channel=CHANNEL)] * 2
    voted = [lambda office, choice=choice: poll.vote(office, question, wang, [choice]) for choice in (0, 1)]
    entered = [
        lambda office: contest.enter(office, its, title="竹", name="老王", resident_id=wang, channel=CHANNEL)
    ] * 2
    draft = Draft("多摆凳子", Wish.FACILITY)
    made = [lambda office: suggestion.make(office, draft, resident_id=wang, channel=CHANNEL)] * 2
    assert at_once(here, *supported, *voted) == []
    assert at_once(here, *entered) == ["TooManyEntries"]
    assert at_once(here, *made) == []
    with transaction(here.store) as session:
        assert len(session.scalars(select(SuggestionSupport)).all()) == 1
        assert len(session.scalars(select(PollVote)).all()) == 1
        assert len(session.scalars(select(ContestEntry)).all()) == 1
        numbers = {row.number for row in session.scalars(select(Suggestion)) if row.words is not None}
        assert numbers == {"J261122-0001", "J261122-0002"}
        office = Office(session, here.talk.seal, CHENGDU, here.now)
        year = figures.year_of(office, 2026)
        shown = {one.key: figures.shown(office, one, Part(everything=True), year).value for one in figures.FIGURES}
    assert (shown["suggestions"], shown["votes"], shown["contest_entries"], shown["contests"]) == (4, 1, 1, 2)


def test_what_was_kept_long_enough_is_nobodys(here: Town) -> None:
    wang = known(here, "王阿姨")
    with transaction(here.store) as session:
        office = Office(session, here.talk.seal, CHENGDU, here.now)
        row = suggestion.make(office, Draft("多摆凳子", Wish.FACILITY), resident_id=wang, channel=CHANNEL)
        suggestion.decide(office, row.id, rows.What.NOT_ADOPTED, by="示例社区", note="地方不够")
        its = session.scalars(select(Contest)).one().id
        contest.enter(office, its, title="竹", name="老王", resident_id=wang, channel=CHANNEL)
        number = row.number
    here.passes(days=731)
    with transaction(here.store) as session:
        retention.forget_old(Office(session, here.talk.seal, CHENGDU, here.now))
    with transaction(here.store) as session:
        found = next(one for one in session.scalars(select(Suggestion)) if one.number == number)
        assert (found.resident_id, found.words) == (None, None)
        entry = session.scalars(select(ContestEntry)).one()
        assert (entry.resident_id, entry.said, entry.state) == (None, None, EntryState.WAITING)  # still counted
