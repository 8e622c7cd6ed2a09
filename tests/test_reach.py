"""What the staff are told before they send: whether it can arrive now, how, and what happens otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.rules.means import Means
from bot.rules.office import Office
from bot.rules.reach import reach
from bot.store import inbox, outbox, subscription, transaction
from bot.store.outbox import State
from bot.wording import reach as say
from tests.support.news import BY_BOTH, BY_SUBSCRIPTION, BY_TEMPLATE, TEMPLATE
from tests.support.town import CHENGDU, Person, Town

Asked = Callable[..., str]
CHANNEL = "official_account"


@pytest.fixture
def asked(town: Town) -> Asked:
    """The sentence for a person, a kind of news, and the templates there are."""

    def ask(person: Person, kind: str = "ticket_answered", means: Means | None = None) -> str:
        with transaction(town.store) as session:
            office = Office(session, town.talk.seal, CHENGDU, town.now, means or Means())
            known = inbox.opening(session, channel=CHANNEL, sender=person.name, key="")
            assert known is not None
            return say.how(reach(office, known.resident_id, kind), town.now)

    return ask


def test_after_a_message_customer_messages_can_go(town: Town, asked: Asked) -> None:
    wang = town.resident("王阿姨")
    wang.says("你好")
    town.passes(hours=17, minutes=-1)
    town.passes(minutes=1)
    assert asked(wang, "late_reply") == "客服消息，还可发 5 条，窗口剩 31 小时"


def test_what_waits_already_counts(town: Town, asked: Asked) -> None:
    wang = town.resident("王阿姨")
    wang.says("你好")
    _told(town, wang, State.SENT)
    _told(town, wang, State.WAITING)
    assert asked(wang) == "客服消息，还可发 3 条，窗口剩 48 小时"


def test_a_window_that_is_used_up_is_not_shut(town: Town, asked: Asked) -> None:
    wang = town.resident("王阿姨")
    wang.says("你好")
    for _ in range(5):
        _told(town, wang, State.WAITING)
    assert asked(wang) == "客服消息已发完：将在居民下次来信时送达，并列入电话名单"
    assert asked(wang, "ticket_taken") == "客服消息已发完：将在居民下次来信时送达"


def test_after_two_days_the_window_is_shut(town: Town, asked: Asked) -> None:
    wang = town.resident("王阿姨")
    wang.says("你好")
    town.passes(hours=48)
    assert asked(wang) == "窗口已关：将在居民下次来信时送达，并列入电话名单"
    assert asked(wang, means=BY_TEMPLATE) == "模板消息，窗口已关也能送到"


def test_a_consent_is_named_before_it_is_spent(town: Town, asked: Asked) -> None:
    wang = town.resident("王阿姨")
    wang.says("你好")
    town.passes(hours=48)
    assert "窗口已关" in asked(wang, means=BY_SUBSCRIPTION)
    with transaction(town.store) as session:
        known = inbox.opening(session, channel=CHANNEL, sender="王阿姨", key="")
        assert known is not None
        subscription.add(session, resident_id=known.resident_id, channel=CHANNEL, template_id=TEMPLATE, now=town.now)
    assert asked(wang, means=BY_SUBSCRIPTION) == "订阅通知，用掉居民的一次同意"
    assert "模板消息" in asked(wang, means=BY_BOTH)


def test_who_left_cannot_be_reached_at_all(town: Town, asked: Asked) -> None:
    wang = town.resident("王阿姨")
    wang.says("你好")
    wang.does("unsubscribe")
    assert asked(wang, means=BY_BOTH) == "居民已取消关注，发不到，会列入电话名单"
    assert asked(wang, "ticket_taken") == "居民已取消关注，发不到"


def test_a_minute_after_a_tap_counts_as_a_window(town: Town, asked: Asked) -> None:
    wang = town.resident("王阿姨")
    wang.does("subscribe")
    town.passes(seconds=30)
    assert asked(wang, "late_reply") == "客服消息，还可发 3 条，窗口剩 1 小时"


def _told(town: Town, person: Person, state: State) -> None:
    with transaction(town.store) as session:
        known = inbox.opening(session, channel=CHANNEL, sender=person.name, key="")
        assert known is not None
        facts = town.talk.seal.close_json({"text": "有消息"})
        who, now = known.resident_id, town.now + timedelta(seconds=1)
        notice = outbox.put(
            session, resident_id=who, channel=CHANNEL, kind="late_reply", facts=facts, now=now, due_at=now
        )
        outbox.mark(session, notice, state, now=now, also={"via": "customer"})
