"""What is told of how a message was taken: in the terminal, and to the page that looks behind the scenes."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.cli.explain import aligned, drawn
from bot.conversation import Answered
from bot.desk import Slip
from bot.messages import Kind, Message, Reply
from bot.nlu import Understander
from bot.nlu.explain import Why
from bot.store import Store
from bot.web.sandbox import Inside, Slowness
from bot.web.sandbox.watch import Watched, evidence
from tests.support.commands import weizhan

NOW = datetime.fromisoformat("2026-11-22T10:00:00+08:00")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("？！😀", Why.NOTHING),
        ("谢谢你哈", Why.ONE_WORD),
        ("居住证怎么办理？", Why.WORD_FOR_WORD),
        ("低保怎么申请，公租房怎么申请", Why.SEVERAL),
        ("身份证丢了咋个补办哦", Why.SURE),
        ("我不要取消预约", Why.HELD_BACK),
        ("帮我写一篇作文", Why.FOREIGN),
        ("红烧肉怎么做好吃", Why.UNKNOWN),
    ],
)
def test_the_reason_is_named(knowledge: Understander, text: str, why: Why) -> None:
    assert knowledge.explain(text, NOW).why is why


def test_the_terminal_shows_what_led_to_it(tmp_path: Path) -> None:
    said = weizhan("ask", "--explain", "我不要取消明天的预约", folder=tmp_path)
    assert said.status == 0
    for word in ("action:cancel_booking", "(none of them)", "start=", "answered from", "held back → clarify"):
        assert word in said.out


def test_an_explanation_is_for_reading(tmp_path: Path) -> None:
    said = weizhan("ask", "--explain", "--json", "居住证", folder=tmp_path)
    assert said.status == 2
    assert "--explain" in said.err


def test_columns_stand_below_each_other(knowledge: Understander) -> None:
    why = knowledge.explain("垃圾分类的那个积分怎么兑换东西", NOW)
    table = drawn(why).split("\n\n")[1].splitlines()
    phrases = ["nearest phrase", *(one.phrase for one in why.candidates)]
    assert len({line.removesuffix(phrase) for line, phrase in zip(table, phrases, strict=True)}) == len(phrases)
    assert len({len(line.removesuffix(phrase)) for line, phrase in zip(table, phrases, strict=True)}) == 1


def test_a_character_takes_two_columns() -> None:
    lines = aligned([["居住证", "1"], ["abcdef", "2"], ["a", "3"]]).splitlines()
    assert lines == ["居住证  1", "abcdef  2", "a       3"]


def test_the_page_gets_a_row_for_each_kind_of_evidence(knowledge: Understander) -> None:
    why = knowledge.explain("身份证丢了咋个补办哦", NOW)
    rows = evidence(why)
    assert len({len(row) for row in rows}) == 1
    assert rows[0][1] == why.understanding.candidates[0].title
    added = [row[1] for row in rows if row[0] not in (rows[0][0], rows[-1][0], rows[-2][0]) and row[1] != ""]
    assert sum(value for value in added if isinstance(value, float)) == pytest.approx(rows[-2][1])
    assert evidence(knowledge.explain("谢谢", NOW)) == []


@pytest.mark.parametrize(("outcome", "is_explained"), [("answer", True), ("picked", False), ("retry", False)])
async def test_only_what_was_understood_is_explained(
    knowledge: Understander, memory: Store, outcome: str, is_explained: bool
) -> None:
    told = watched(knowledge, memory, outcome)
    assert ("explain" in told) is is_explained
    assert ("why" in told) is is_explained


def watched(knowledge: Understander, memory: Store, outcome: str) -> dict[str, object]:
    """What a page is told of one turn."""
    reports: list[dict[str, object]] = []

    class Kept(Inside):
        def put(self, report: object) -> None:
            assert isinstance(report, dict)
            reports.append(report)

    class Silent:
        def answer(self, *_given: object, **_named: object) -> Answered:
            return Answered(Reply(""), outcome)

    message = Message(channel="cli", sender="r1", key="1", kind=Kind.TEXT, sent_at=NOW, text="身份证丢了")
    watch = Watched(Silent(), memory, Kept(), Slowness(), knowledge.explain)
    watch.told([Slip(message, answered=Answered(Reply(""), outcome))])
    [report] = reports
    return report
