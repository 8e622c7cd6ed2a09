"""How the assistant behaves where neighbours read along, and how what was said there goes on in private."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.messages import Kind, Reply
from bot.nlu import Understander
from bot.rules import post, privacy
from bot.rules.group import Draft, add, as_text, content_of
from bot.rules.office import Office
from bot.store import outbox, resident, staff, transaction
from bot.store.contact import Contact
from bot.store.group import Audience, Carried, GroupChat, GroupKind, GroupPost
from bot.store.place import Area
from bot.store.staff import Staff, StaffRole
from bot.store.station import Station
from bot.store.ticket import Ticket
from bot.wording import danger as say_danger
from bot.wording import group as say
from tests.support.town import Person, Town

CHAT, CHANNEL = "wr-chat-1", "wecom_bot"
SITE = "https://weizhan.example"
NUMBER = re.compile(r"\d{3}[- ]?\d{3}[- ]?\d{2}|\d{6}|\d+栋\s*\d|\d+(?:单元|室)")
TOKEN = re.compile(SITE + r"/h5/go/([0-9a-f]{40})")


@dataclass
class Speaker:
    """Somebody in the group; their private chat is another thing."""

    town: Town
    name: str = "王阿姨"
    chat: str = CHAT
    reply: Reply = field(default_factory=lambda: Reply(""))

    def says(self, text: str) -> str:
        self.town.now += timedelta(seconds=1)
        message = Person(self.town, self.name).message(Kind.TEXT, text=text)
        message = replace(message, channel=CHANNEL, group=self.chat)
        with transaction(self.town.store) as session:
            self.reply = self.town.talk.answer(session, message).reply
        return self.reply.text

    def scans(self) -> Person:
        """Follow the link of the last reply into the account."""
        found = TOKEN.search(self.reply.text)
        assert found is not None, self.reply.text
        person = self.town.resident(self.name)
        person.does("scan", f"carry-{found[1]}")
        return person


@pytest.fixture
def group_town(town: Town) -> Town:
    """The town with pages that residents reach."""
    return replace(town, talk=replace(town.talk, public_url=SITE))


def test_what_anybody_may_ask_is_answered_openly_and_briefly(group_town: Town) -> None:
    read = Speaker(group_town).says("居住证怎么办")
    assert "居住证" in read or "身份证" in read
    assert say.MORE in read
    assert len(TOKEN.sub("", read)) < 220
    assert "028-" not in read


def test_a_booking_goes_on_in_private_without_being_said_again(group_town: Town) -> None:
    wang = Speaker(group_town)
    read = wang.says("帮我约个保洁，明天下午3点")
    assert "群里别说地址电话" in read
    assert wang.reply.asks is None
    private = wang.scans()
    asked = private.reply
    assert asked.text.startswith(say.AGO)
    direct = group_town.resident("李叔")
    direct.says("帮我约个保洁，明天下午3点")
    assert asked.text.removeprefix(say.AGO).strip() == direct.reply.text
    assert asked.asks == direct.reply.asks


def test_the_link_is_good_once_and_for_a_day(group_town: Town) -> None:
    wang = Speaker(group_town)
    wang.says("我想约保洁")
    wang.scans()
    assert "已经用过了" in wang.scans().reply.text
    wang.says("我想约保洁")
    group_town.passes(hours=25)
    assert "过了一天" in wang.scans().reply.text
    assert "没有了" in "\n".join([group_town.resident("李叔").does("scan", "carry-" + "0" * 40)])


def test_a_complaint_becomes_a_ticket_only_when_the_person_says_so(group_town: Town) -> None:
    wang = Speaker(group_town)
    wang.says("2栋楼下垃圾三天没人收")
    assert tickets(group_town) == 0
    private = wang.scans()
    assert "“2栋楼下垃圾三天没人收”" in private.reply.text
    assert tickets(group_town) == 0
    private.taps(say.GO_ON)
    assert tickets(group_town) == 1
    wang.says("3栋楼道灯坏了")
    other = wang.scans()
    assert "不登记" in other.taps(say.LEAVE_IT)
    assert tickets(group_town) == 1


def test_danger_gets_the_card_at_once_and_the_staff_hear_once(group_town: Town) -> None:
    in_the_group(group_town)
    wang, li = Speaker(group_town), Speaker(group_town, "李叔")
    read = wang.says("3栋着火了，电话13800000000")
    assert "119" in read
    assert "138" not in TOKEN.sub("", read)
    assert li.says("着火了着火了").startswith(say_danger.CARDS[next(iter(say_danger.CARDS))][:1])
    assert ["着火" in words for words in group_town.waiting_words()] == [True]
    assert tickets(group_town) == 0
    private = wang.scans()
    assert "119" in private.reply.text
    assert tickets(group_town) == 1


def test_who_asks_too_much_hears_so_once_and_then_nothing(group_town: Town) -> None:
    wang, li = Speaker(group_town), Speaker(group_town, "李叔")
    read = [wang.says("你好") for _ in range(9)]
    assert read[6] == say.ENOUGH
    assert read[7:] == ["", ""]
    assert "119" in wang.says("着火了")
    assert li.says("你好") not in ("", say.ENOUGH)
    group_town.passes(minutes=2)
    assert wang.says("你好") not in ("", say.ENOUGH)


def test_a_question_left_open_in_private_is_not_answered_in_the_group(group_town: Town) -> None:
    """Even where the channel knows them by one name in both."""
    wang = group_town.resident("王阿姨")
    with transaction(group_town.store) as session:
        message = replace(wang.message(Kind.TEXT, text="我想约保洁"), channel=CHANNEL)
        private = group_town.talk.answer(session, message).reply
    assert private.asks is not None
    Speaker(group_town).says("你好")
    with transaction(group_town.store) as session:
        message = replace(wang.message(Kind.TEXT, text="明天下午3点"), channel=CHANNEL)
        assert group_town.talk.answer(session, message).reply.text != private.text


def test_a_choice_taken_by_its_number_travels_as_what_it_is(group_town: Town) -> None:
    wang = Speaker(group_town)
    wang.says("你好")
    choices = list(wang.reply.choices)
    wang.says(str(choices.index("怎么预约上门服务") + 1))
    assert wang.reply.text != ""
    assert "预约" in wang.scans().reply.text


def test_an_answer_that_comes_too_late_goes_into_the_group(group_town: Town) -> None:
    in_the_group(group_town)
    message = replace(Person(group_town, "王阿姨").message(Kind.TEXT, text="你好"), channel=CHANNEL, group=CHAT)
    with transaction(group_town.store) as session:
        assert group_town.talk.answer(session, message, in_time=lambda: False).late
        office = Office(session, group_town.talk.seal, group_town.talk.zone, group_town.now)
        row = session.scalars(select(GroupPost)).one()
        assert "您好" in as_text(content_of(office, row))
        assert outbox.by_state(session) == {}


def test_a_group_is_told_once_which_one_it_is(group_town: Town) -> None:
    in_the_group(group_town, chat="")
    wang = Speaker(group_town)
    assert "没有这个群" in wang.says("登记本群 other")
    assert "党员群" in wang.says("登记本群 dy")
    assert "党员群" in wang.says("登记本群 dy")
    assert "另一个群" in Speaker(group_town, chat="wr-other").says("登记本群 dy")
    with transaction(group_town.store) as session:
        assert session.scalars(select(GroupChat)).one().chat_id == CHAT


def test_two_needs_at_once_are_parted(group_town: Town) -> None:
    read = Speaker(group_town).says("居住证怎么办，另外我想约保洁")
    assert "群里别说地址电话" in read
    assert TOKEN.search(read)


def test_forgetting_takes_along_what_was_said_in_groups(group_town: Town) -> None:
    wang = group_town.resident("王阿姨")
    with transaction(group_town.store) as session:
        group_town.talk.answer(session, replace(wang.message(Kind.TEXT, text="你好"), channel=CHANNEL))
    Speaker(group_town).says("我想约保洁")
    with transaction(group_town.store) as session:
        person = resident.person(session, channel=CHANNEL, sender="王阿姨")
        assert person is not None
        assert session.scalars(select(Carried)).all() != []
        privacy.forget(session, person)
        assert session.scalars(select(Carried)).all() == []


@pytest.mark.parametrize(
    "said",
    [
        "取件码381204",
        "电话13800000000",
        "电话 138-0000-0000",
        "座机028-00000003",
        "028 8888 0000",
        "028-0000-0003",
        "85550000",
        "住3栋2单元501",
        "3-2-501",
        "501室",
        "码是 381 204",
    ],
)
def test_what_looks_like_anybodys_own_is_hidden(said: str) -> None:
    hidden = say.discreet(f"您好，{said}，谢谢")
    assert "私聊发您" in hidden
    assert not re.search(r"\d{3,}", hidden.replace("028", ""))


def test_what_is_everybodys_stays() -> None:
    open_words = "请拨12345、119、962777，2026-11-22 09:00-17:00，收费15元，详见https://weizhan.example/h5/go/1234567"
    assert say.discreet(open_words) == open_words


def test_no_entry_and_no_action_tells_a_group_anything_of_anybodys_own(
    group_town: Town, knowledge: Understander
) -> None:
    """Every entry of the knowledge base and every example of every action, asked in a group."""
    with transaction(group_town.store) as session:
        phones = {*session.scalars(select(Station.phone)), *session.scalars(select(Contact.phone))} - {""}
    asked = [entry.question for entry in knowledge.entries.values()]
    asked += [example for card in knowledge.actions.values() for example in card.examples[:2]]
    told = []
    for number, words in enumerate(asked):
        read = TOKEN.sub("", Speaker(group_town, f"p{number}").says(words))
        if any(phone in read for phone in phones) or NUMBER.search(read.replace("962777", "").replace("962965", "")):
            told.append((words, read))
    assert len(phones) > 5
    assert told == []
    with transaction(group_town.store) as session:
        assert outbox.by_state(session) == {}


def test_without_an_address_of_ours_the_way_on_is_said_in_words(town: Town) -> None:
    assert Speaker(town).says("我的预约") == say.acknowledged("my_bookings")


def in_the_group(town: Town, chat: str = CHAT) -> None:
    """The chat is known as a group of the sample community, whose lead is in WeCom."""
    with transaction(town.store) as session:
        area = session.scalars(select(Area).where(Area.code == "SQ01")).one()
        office = Office(session, town.talk.seal, town.talk.zone, town.now)
        add(office, Draft("dy", "党员群", GroupKind.MEMBERS_INTERNAL, Audience.MEMBERS, area_id=area.id, chat_id=chat))
        role = StaffRole.MANAGER.value
        session.add(
            Staff(login="lead", name="站长", role=role, area_id=area.id, wecom_userid="lead", created_at=town.now)
        )
        session.flush()
        staff.enrol(session, post.WECOM, "lead", town.now)


def tickets(town: Town) -> int:
    with transaction(town.store) as session:
        return len(session.scalars(select(Ticket)).all())
