"""The measure of understanding measures what it says: who is right, who only offers, who is wrong."""

import pytest

from bench.baselines import BASELINES, as_careful_as, cut
from bench.eval import parts
from bench.labelled import SETS, Heard, Labelled, figures, is_right, is_wrong, read
from bot.nlu import Understander

PHRASES = {"faq:parking": ["停车怎么收费", "车位在哪"], "faq:noise": ["楼上太吵怎么办"]}


def meant(*needs: str, text: str = "") -> Labelled:
    return Labelled(text, tuple(frozenset(need.split("|")) for need in needs), "plain", "test")


@pytest.mark.parametrize(
    ("needs", "answered", "right", "wrong"),
    [
        (["a"], ["a"], True, False),
        (["a|b"], ["b"], True, False),
        (["a"], ["b"], False, True),
        (["a"], [], False, False),
        (["a", "b"], ["a", "b"], True, False),
        (["a", "b"], ["b", "a"], False, False),
        (["a", "b"], ["a"], False, False),
        (["a"], ["a", "c"], False, True),
        ([], ["a"], False, True),
        ([], [], False, False),
    ],
)
def test_right_and_wrong(needs: list[str], answered: list[str], right: bool, wrong: bool) -> None:
    heard = Heard(tuple(answered), ())
    assert (is_right(meant(*needs), heard), is_wrong(meant(*needs), heard)) == (right, wrong)


def test_what_is_offered_among_three_helps() -> None:
    pairs = [
        (meant("a"), Heard((), ("b", "c", "a"))),
        (meant("a"), Heard((), ("b", "c", "d", "a"))),
        (meant("a"), Heard(("b",), ("a",))),
        (meant("a", "b"), Heard((), ("b", "a"))),
        (meant(), Heard((), ("a",))),
    ]
    found = figures(pairs)
    assert (found.known, found.right, found.helped, found.wrong, found.strange, found.answered_strange) == (
        *(4, 0, 2, 1),
        *(1, 0),
    )


def test_the_sets_of_the_repository_are_read() -> None:
    found = read()
    assert {one.source for one in found} == set(SETS)
    assert any(len(one.needs) == 2 for one in found)
    assert any(not one.in_scope for one in found)
    assert sum(one.source == "second person" for one in found) == 100


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_finds_the_nearest_phrase(name: str) -> None:
    rank = BASELINES[name](PHRASES)
    assert rank("请问停车怎么收费")[0][0] == "faq:parking"
    assert rank("楼上太吵")[0][0] == "faq:noise"


def test_a_baseline_is_as_careful_as_we_are_and_no_more() -> None:
    ranked = [
        (meant("a"), [("a", 9.0)]),
        (meant("a"), [("a", 8.0)]),
        (meant("a"), [("b", 7.0), ("a", 6.0)]),
        (meant("a"), [("a", 6.0)]),
        (meant(), [("a", 1.0)]),
    ]
    assert as_careful_as(ranked, 0.0)[0] == 8.0
    sure, heard = as_careful_as(ranked, 0.2)
    assert (sure, heard) == (6.0, cut(ranked, 6.0))
    assert figures(heard).right == 3
    assert as_careful_as(ranked, 1.0)[0] == 1.0


def test_every_part_is_printed(knowledge: Understander) -> None:
    some = [*read()[:40], *(one for one in read() if one.source == "second person")]
    beginnings = [part.split()[0] for part in parts(knowledge, some, mistakes=True)]
    assert beginnings[:6] == ["set", "all", "style", "group", "spoiled", "slots"]
    *_, mistakes = parts(knowledge, some, mistakes=True)
    assert not any(one.text in mistakes for one in some if one.source == "second person")
