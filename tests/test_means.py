"""The account's templates: how the settings name them, and what the platform lets into their fields."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import means_of
from bot.channels.official_account.fields import filled, value_for
from bot.errors import OperatorError
from bot.nlu.kinds import Trouble
from bot.rules.means import USUAL_FIELDS, Form
from bot.rules.news import POLICIES
from bot.settings import Settings, load
from bot.simulator.jsons import Body
from bot.simulator.notices import Templates
from bot.wording import notice, template
from tests.support.town import CHENGDU

NOON = datetime(2026, 11, 23, 12, 5, tzinfo=CHENGDU)


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def read(monkeypatch: pytest.MonkeyPatch, said: str) -> Settings:
    monkeypatch.setenv("WEIZHAN_WECHAT_TEMPLATES", said)
    return load()


def test_an_id_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    means = means_of(read(monkeypatch, '{"ticket": "abc"}'))
    assert means.templates[Form.TICKET].id == "abc"
    assert means.templates[Form.TICKET].fields == {"number": "character_string1", "progress": "thing2", "at": "time3"}
    assert not means.subscriptions


def test_fields_have_the_names_the_account_gave_them(monkeypatch: pytest.MonkeyPatch) -> None:
    said = '{"ticket": {"id": "abc", "fields": {"number": "character_string6", "progress": "thing4"}}}'
    assert means_of(read(monkeypatch, said)).templates[Form.TICKET].fields == {
        "number": "character_string6",
        "progress": "thing4",
    }


@pytest.mark.parametrize("said", ["ticket=abc", "[1]", '"abc"', "{"])
def test_what_is_no_json_object_is_named(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    with pytest.raises(OperatorError, match=r"^WEIZHAN_WECHAT_TEMPLATES is no") as refused:
        read(monkeypatch, said)
    assert '{"ticket"' in str(refused.value)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('{"tickets": "abc"}', "knows no form tickets"),
        ('{"ticket": ""}', "ticket: neither an id"),
        ('{"ticket": {"fields": {}}}', "ticket: neither an id"),
        ('{"ticket": {"id": "abc", "fields": {"colour": "thing1"}}}', "fields may be named for number, progress, at"),
        ('{"ticket": {"id": "abc", "fields": {"number": "first"}}}', "first is no field of a template"),
        ('{"ticket": {"id": "abc", "fields": {"number": "keyword1"}}}', "keyword1 is no field"),
    ],
)
def test_a_template_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, said: str, why: str) -> None:
    with pytest.raises(OperatorError, match=r"^WEIZHAN_WECHAT_TEMPLATES: ") as refused:
        means_of(read(monkeypatch, said))
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("field", "said", "shown"),
    [
        ("thing2", "字" * 20, "字" * 20),
        ("thing2", "字" * 21, "字" * 19 + "…"),
        ("thing2", "两行\n字", "两行 字"),
        ("thing2", " ", None),
        ("character_string1", "T261123-0001", "T261123-0001"),
        ("character_string1", "编号1", None),
        ("character_string1", "x" * 33, None),
        ("number1", "12.5", "12.5"),
        ("number1", "十二", None),
        ("phone_number1", "028-0000-0003", "028-0000-0003"),
        ("amount1", "12.50元", "12.50元"),
        ("time3", NOON, "2026年11月23日 12:05"),
        ("date3", NOON, "2026年11月23日"),
        ("thing3", NOON, "2026年11月23日 12:05"),
        ("keyword1", "任何", None),
    ],
)
def test_what_a_field_takes(field: str, said: str | datetime, shown: str | None) -> None:
    assert value_for(field, said) == shown


def test_a_template_with_a_field_that_cannot_be_filled_is_not_used() -> None:
    fields = {"number": "character_string1", "progress": "thing2"}
    assert filled(fields, {"number": "编号", "progress": "好了"}) is None
    assert filled(fields, {"number": "T1"}) is None


@given(st.text(min_size=1), st.sampled_from(["thing1", "character_string1", "const1", "number1", "time1"]))
def test_whatever_is_filled_in_the_platform_takes(said: str, field: str) -> None:
    value = value_for(field, said)
    if value is not None:
        made = Templates().add("x", "x", f"x:{{{{{field}.DATA}}}}")
        made.filled(Body({field: {"value": value}}))


KINDS = sorted(kind for kind, policy in POLICIES.items() if policy.form)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("note", ["", "明天上午来"])
def test_every_kind_that_has_a_form_fills_it(kind: str, note: str) -> None:
    """The usual fields of the form all get a value, and the words exist too."""
    form = POLICIES[kind].form
    assert form is not None
    facts = {"number": "T261123-0001", "trouble": Trouble.GARBAGE.value, "holder": "第3网格网格员", "note": note}
    booked = {"title": "家电清洗", "start": NOON.isoformat(), "until": NOON.isoformat(), "code": note, "visit": True}
    booked |= {"persons": 2, "before": NOON.isoformat(), "reason": note}
    booked |= {"lessons": [{"before": NOON.isoformat(), "start": NOON.isoformat(), "where": "二楼教室"}]}
    parts = template.parts(kind, {**facts, **booked}, NOON)
    assert parts is not None
    values = filled(USUAL_FIELDS[form], parts.said)
    assert values is not None
    assert not any(value.endswith("…") for value in values.values()), "it should fit without being cut"
    assert not (parts.whole and note), "what a template does not say must follow"
    assert notice.say(kind, {**facts, **booked})


def test_every_kind_that_has_a_policy_has_words_and_every_ticket_notice_a_policy() -> None:
    assert set(POLICIES) <= notice.kinds()
    assert {kind for kind in notice.kinds() if kind.startswith("ticket_")} <= set(POLICIES)
