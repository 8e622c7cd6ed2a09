"""Replies as the official account's chat may show them: safe as XML, short enough, and tappable."""

import re

import pytest

from bot.channels.official_account.outgoing import MOST_BYTES, chat_text, cut
from bot.messages import Reply
from bot.nlu.choice import choose
from bot.nlu.faq import load
from bot.wording import desk as say
from tests.conftest import ROOT
from tests.support.letters import account, fields, plain, text_xml
from tests.support.town import SUNDAY_MORNING


def test_marked_sections_cannot_be_ended_by_what_is_said() -> None:
    said = "a]]>b</Content><Content>]]]]>>"
    assert fields(written(said))["Content"] == said


def test_characters_that_xml_forbids_are_left_out() -> None:
    said = "甲\x00\x08\x0b\x1f\ufffe\uffff乙\t\n🎋"
    assert fields(written(said))["Content"] == "甲乙\t\n🎋"


@pytest.mark.parametrize("text", ["好" * 3000, "🎋" * 3000, "a" * 5000, "好a" * 3000, "]]>" * 2000])
def test_a_long_answer_is_cut_between_characters(text: str) -> None:
    shown = fields(written(text))["Content"]
    assert len(shown.encode()) <= MOST_BYTES
    assert len(shown.encode()) > MOST_BYTES - 8
    assert shown.endswith("…")
    assert text.startswith(shown.removesuffix("…"))


def test_an_answer_of_just_the_length_is_whole() -> None:
    assert cut("a" * MOST_BYTES, MOST_BYTES) == "a" * MOST_BYTES
    assert cut("a" * (MOST_BYTES + 1), MOST_BYTES) == "a" * (MOST_BYTES - 3) + "…"


LINK = '<a href="https://example.org/a?b=c&d=e">天府市民云</a>'


@pytest.mark.parametrize("link", [LINK, "https://example.org/" + "a" * 60], ids=["anchor", "bare"])
@pytest.mark.parametrize("before", range(1960, 2050, 7))
def test_a_cut_never_falls_inside_a_link(before: int, link: str) -> None:
    shown = cut("a" * before + " " + link + " " + "b" * 500, MOST_BYTES)
    assert len(shown.encode()) <= MOST_BYTES
    assert link in shown or not re.search("<|/|http", shown)


def test_a_less_than_sign_that_begins_no_link_costs_nothing() -> None:
    shown = cut("1 < 2 " + "好" * 1000, MOST_BYTES)
    assert len(shown.encode()) > MOST_BYTES - 8


def test_choices_are_numbered_links_that_say_their_label() -> None:
    shown = chat_text("选哪个？", {"居住证": "faq:residence-permit", "社保卡": "faq:social-security-card"})
    assert shown.splitlines() == [
        "选哪个？",
        "",
        '1. <a href="weixin://bizmsgmenu?msgmenucontent=居住证&msgmenuid=1">居住证</a>',
        '2. <a href="weixin://bizmsgmenu?msgmenucontent=社保卡&msgmenuid=2">社保卡</a>',
    ]


def test_the_words_give_way_before_a_choice_does() -> None:
    choices = {f"选项{number}": str(number) for number in range(1, 6)}
    shown = chat_text("好" * 3000, choices)
    assert len(shown.encode()) <= MOST_BYTES
    assert shown.count("</a>") == shown.count("<a ") == 5


def test_too_many_choices_are_left_out_whole_and_words_remain() -> None:
    choices = {f"{number}" + "长" * 80: str(number) for number in range(1, 30)}
    shown = chat_text("好" * 3000, choices)
    assert len(shown.encode()) <= MOST_BYTES
    assert 0 < shown.count("</a>") == shown.count("<a ") < 29
    assert shown.startswith("好好好")


@pytest.mark.parametrize("label", ['甲"><a href="x', "甲&msgmenuid=9", "甲#乙%41", "甲\n乙", "<b>甲</b>"])
def test_a_label_cannot_break_out_of_its_link(label: str) -> None:
    [line] = chat_text("", {label: "1"}).strip().splitlines()
    found = re.fullmatch(
        r'1\. <a href="weixin://bizmsgmenu\?msgmenucontent=([^"&#%<>]+)&msgmenuid=1">([^<>]+)</a>', line
    )
    assert found is not None
    assert found[1] == found[2]


def test_what_a_tap_sends_is_understood_as_the_choice_that_was_offered() -> None:
    titles = [entry.question for entry in load(ROOT / "faq")] + list(say.EXAMPLES)
    for title in titles:
        [sent] = re.findall(r"msgmenucontent=([^&]+)&", chat_text("", {title: "1"}))
        assert choose(sent, [title]) == 0, title


def written(text: str) -> bytes:
    """A reply in plain mode."""
    letter = plain(text_xml("你好"))
    return account().write(account().read(letter.body, letter.query, SUNDAY_MORNING), Reply(text))
