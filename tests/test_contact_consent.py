"""Name and phone leave with a ticket only where an office needs them and the resident said so, asked once."""

import pytest

from bot.channels.official_account import NAME
from bot.rules import resident
from bot.rules.forwarding.values import Job
from bot.store.resident import person
from bot.wording import ticket as say
from tests.support.forwarding import FIRST, LAMP, TITLE, Outside
from tests.support.town import Town

PHONE = "13800001234"


@pytest.fixture
def outside(town: Town) -> Outside:
    found = Outside(town)
    found.destination(contact_leaves=True)
    return found


def the_only_job(outside: Outside) -> Job:
    [job] = outside.round()
    return job


def test_a_number_goes_along_and_the_office_waited_for_it(outside: Outside, town: Town) -> None:
    granny = town.resident("婆婆")
    answer = granny.says(LAMP)
    assert FIRST in answer
    assert f"{TITLE}办这件事要能联系到您" in answer
    assert outside.round() == []
    assert say.CONTACT_KEPT in granny.says(f"王阿姨 {PHONE}")
    contact = the_only_job(outside).record.contact
    assert contact is not None
    assert (contact.name, contact.phone) == ("王阿姨", PHONE)


@pytest.mark.parametrize("no", ["不用", "算了", "不方便"])
def test_a_no_is_a_no_and_is_not_asked_again(outside: Outside, town: Town, no: str) -> None:
    granny = town.resident("婆婆")
    granny.says(LAMP)
    assert "联系到您" not in granny.says(no)
    assert the_only_job(outside).record.contact is None
    assert "联系到您" not in granny.says("已经黑了三天了")


@pytest.mark.parametrize("no", ["不要把我的电话{}给他们", "{}莫打哈", "{}这个号别转"])
def test_a_number_beside_a_no_stays_here(outside: Outside, town: Town, no: str) -> None:
    granny = town.resident("婆婆")
    granny.says(LAMP)
    assert say.CONTACT_NOT_KEPT in granny.says(no.format(PHONE))
    assert the_only_job(outside).record.contact is None


def test_a_number_in_a_longer_story_is_no_consent(outside: Outside, town: Town) -> None:
    granny = town.resident("婆婆")
    granny.says(LAMP)
    story = f"昨天楼下小卖部的老板看见有人拿石头把路灯砸了，可以问他，他的电话是{PHONE}"
    assert say.CONTACT_KEPT not in granny.says(story)
    assert the_only_job(outside).record.contact is None


def test_nobody_who_says_nothing_is_held_up_for_long(outside: Outside, town: Town) -> None:
    town.resident("婆婆").says(LAMP)
    town.passes(minutes=11)
    assert the_only_job(outside).record.contact is None


def test_other_words_belong_to_the_ticket_and_are_no_consent(outside: Outside, town: Town) -> None:
    granny = town.resident("婆婆")
    granny.says(LAMP)
    assert "补充" in granny.says("已经黑了三天了，老人摔了一跤")
    assert the_only_job(outside).record.contact is None


def test_the_phone_they_told_us_needs_only_a_yes(outside: Outside, town: Town) -> None:
    granny = town.resident("婆婆")
    granny.says("你好")
    with outside.office() as office:
        known = person(office.session, channel=NAME, sender="婆婆")
        assert known is not None
        resident.tell_phone(office, known, PHONE, wording="1")
    answer = granny.says(LAMP)
    assert "138****" in answer
    assert PHONE not in answer
    granny.taps(say.CONTACT_GOES)
    contact = the_only_job(outside).record.contact
    assert contact is not None
    assert contact.phone == PHONE


def test_nobody_is_asked_where_no_office_needs_it(town: Town) -> None:
    Outside(town).destination()
    assert "联系到您" not in town.resident("婆婆").says(LAMP)
