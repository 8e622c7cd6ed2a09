"""What the community has today is understood by name, and what the staff write is answered, while people talk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import Product
from bot.conversation import Conversation
from bot.handlers import all_routers
from bot.librarian import Librarian
from bot.nlu import Live, Thing, Understander
from bot.nlu.current import Current
from bot.privacy import Seal
from bot.settings import Settings
from bot.store import Store, transaction
from bot.store.knowledge import KnowledgeEntry
from tests.conftest import SECRET
from tests.support.town import CHENGDU, SUNDAY_MORNING, Town

COURSES = (
    Thing("course", "k1", ("书法入门", "书法课")),
    Thing("course", "k2", ("手机摄影基础",)),
    Thing("course", "k3", ("健康讲堂",)),
    Thing("course", "k4", ("健康讲堂",)),
    Thing("activity", "a1", ("邻里百家宴",)),
)


@pytest.fixture(scope="module")
def knowing(knowledge: Understander) -> Understander:
    return knowledge.knowing(Live(things=COURSES))


@pytest.mark.parametrize(
    ("text", "target", "slots"),
    [
        ("书法课还有名额没", "action:list_courses", {"course": "k1"}),
        ("报名手机摄影基础", "action:enrol_course", {"course": "k2"}),
        ("手机摄营基础在哪儿上", "action:list_courses", {"course": "k2"}),
        ("邻里百家宴啥时候", "action:list_activities", {"activity": "a1"}),
        ("看书法课的回放", "action:watch_course", {"course": "k1"}),
        ("健康讲堂什么时候上", "action:list_courses", {}),  # two are called so
    ],
)
def test_things_are_asked_for_by_their_names(
    knowing: Understander, text: str, target: str, slots: dict[str, str]
) -> None:
    heard = knowing.understand(text, SUNDAY_MORNING)
    assert heard.target == target
    assert {name: heard.slots[name] for name in ("course", "activity") if name in heard.slots} == slots


def test_what_was_understood_before_is_understood_still(knowing: Understander, knowledge: Understander) -> None:
    for entry in knowledge.entries.values():
        assert knowing.understand(entry.question, SUNDAY_MORNING).target == f"faq:{entry.id}"


def written(id: str, question: str, answer: str) -> KnowledgeEntry:
    return KnowledgeEntry(id=id, question=question, answer=answer, changed_at=datetime.now(UTC))


async def test_an_entry_of_the_staff_answers_the_next_resident(
    store: Store, knowledge: Understander, tmp_path: Path
) -> None:
    current = Current(knowledge)
    talk = Conversation(all_routers(), current, Seal(SECRET), CHENGDU)
    granny = Town(store, talk).resident("婆婆")
    assert "阅览室" not in granny.says("盲人阅览室开放吗")
    product = Product(Settings(secret_key=SECRET, wechat_token="token"), store, talk, folder=tmp_path, known=current)
    librarian = next(one for one in product.workers if isinstance(one, Librarian))
    product.desk.open()
    try:
        assert await librarian.look()  # the names of compounds
        assert not await librarian.look()
        with transaction(store) as session:
            session.add(written("blind-reading-room", "盲人阅览室开放吗", "盲人阅览室每天开放（示例）。"))
        assert await librarian.look()
        assert "每天开放" in granny.says("盲人阅览室开放吗")
        with transaction(store) as session:
            row = session.get(KnowledgeEntry, "blind-reading-room")
            assert row is not None
            row.hidden = True
        assert await librarian.look()
        assert "每天开放" not in granny.says("盲人阅览室开放吗")
        assert not await librarian.look()
    finally:
        product.desk.close()


@pytest.mark.parametrize("before", ["翡翠城汇锦云天", "示例花园3栋2单元501，", "在翡翠城汇锦云天5栋"])
def test_where_somebody_lives_does_not_change_what_they_need(knowledge: Understander, before: str) -> None:
    placed = knowledge.knowing(Live(places=frozenset({"翡翠城汇锦云天", "示例花园"})))
    missed = []
    for entry in knowledge.entries.values():
        alone = knowledge.understand(entry.ask[0], SUNDAY_MORNING)
        heard = placed.understand(before + entry.ask[0], SUNDAY_MORNING)
        if alone.target not in {heard.target, *(candidate.target for candidate in heard.candidates[:3])}:
            missed.append((entry.ask[0], alone.target, heard.target))
    assert len(missed) <= 0.03 * len(knowledge.entries), missed


def test_the_staffs_words_stand_before_the_files(knowledge: Understander) -> None:
    own = replace(knowledge.entry("residence-permit"), answer="请到示例窗口办理。")
    changed = knowledge.knowing(Live(entries=(own,)))
    assert changed.entry("residence-permit").answer == "请到示例窗口办理。"
    assert len(changed.entries) == len(knowledge.entries)


def test_what_is_hidden_is_not_offered_below_other_answers(knowledge: Understander) -> None:
    offering = next(entry for entry in knowledge.entries.values() if entry.related)
    hidden = knowledge.knowing(Live(hidden=frozenset({offering.related[0]})))
    assert offering.related[0] not in hidden.entries
    assert offering.related[0] not in hidden.entry(offering.id).related
    assert knowledge.entry(offering.id).related == offering.related
