"""What is heard of courses: kinds, lecturers, subjects, names."""

import pytest

from bot.nlu import learning
from bot.store.course import Format, LecturerKind


def test_every_kind_has_words() -> None:
    said = "理论宣讲，书记讲党课，话初心，红色故事，传统文化，兴趣班，导师、模范、榜样"
    assert learning.formats(said) == {one.value for one in Format}
    assert learning.lecturers(said) == {one.value for one in LecturerKind}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("有没有插花课", "插花"),
        ("有没有英语口语课", "英语口语"),
        ("学电脑的班有没有", "电脑"),
        ("有没有教做菜的课", "做菜"),
        ("这周有啥子课", ""),
        ("开些啥子课", ""),
        ("有免费的课没有", ""),
        ("今天有课吗", ""),
        ("有没有给娃儿上的课", ""),
        ("有没有适合老年人的课", ""),
    ],
)
def test_the_subject_that_is_asked_for(text: str, subject: str) -> None:
    assert learning.subject(text) == subject


@pytest.mark.parametrize(
    ("text", "is_mine"),
    [
        ("我的课程", True),
        ("我报了什么课", True),
        ("我有哪些课", True),
        ("看看我的课表", True),
        ("我的课时", False),
        ("我要报课", False),
        ("我报的课咋个退", False),
        ("我的课程回放", False),
    ],
)
def test_whose_courses_are_asked_for(text: str, is_mine: bool) -> None:
    assert learning.asks_for_mine(text) == is_mine


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("书法入门（示例）", ("书法课", "书法班")),
        ("合唱班", ("合唱课",)),
        ("书记讲党课：院落里的治理", ()),
        ("红色故事会（示例）", ()),
    ],
)
def test_what_a_course_may_be_called(title: str, names: tuple[str, ...]) -> None:
    assert learning.names(title) == names


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("下周二党课在哪儿上", {"theory", "secretary", "members_words"}),
        ("有没有红色文化的活动", {"red_culture"}),
        ("书记哪天讲党课", {"secretary"}),
        ("书法课还有名额没", set()),
    ],
)
def test_the_kind_that_is_spoken_of(text: str, kinds: set[str]) -> None:
    assert learning.formats(text) == kinds
