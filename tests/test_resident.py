"""Residents and what we know of them: told with a reason, seen masked, erased on a word, one person in two channels."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Column, Table
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from bot.channels.official_account import NAME
from bot.conversation import Conversation
from bot.nlu import push as heard_push
from bot.rules import invitation, privacy, push, resident, retention
from bot.rules.office import Office
from bot.rules.place import Door
from bot.rules.push import News
from bot.store import Session, Store, inbox, outbox, pointers, profile, transaction
from bot.store import ticket as tickets
from bot.store.contact import Role
from bot.store.place import Building, Compound
from bot.store.profile import Consent, Profile
from bot.store.ticket import What
from bot.wording import contact as say_contact
from bot.wording import desk as say_desk
from bot.wording import resident as say
from bot.wording.resident import HOLDINGS
from tests.support.desks import at_once
from tests.support.staff import Staff
from tests.support.town import Person, Town

PHONE, OTHER_PHONE = "13800000000", "13900000000"
LAMP = "新村2栋路灯坏了"


@pytest.fixture
def both(store: Store, talk: Conversation) -> Town:
    """The town on each of the two kinds of database."""
    return Town(store, talk)


def office(town: Town, session: Session) -> Office:
    return Office(session, town.talk.seal, town.talk.zone, town.now)


def id_of(town: Town, person: Person, channel: str = NAME) -> UUID:
    with transaction(town.store) as session:
        found = inbox.opening(session, channel=channel, sender=person.name, key="")
        assert found is not None
        return found.resident_id


def door(session: Session, compound: str = "XQ01", number: str = "3", unit: str = "2") -> Door:
    where = select(Building).join(Compound).where(Compound.code == compound, Building.number == number)
    found = session.scalars(where).one()
    return Door(found.compound_id, found.id, unit)


def put_down(town: Town, number: str = PHONE) -> str:
    """The staff register somebody; returns the scene of their code."""
    with transaction(town.store) as session:
        here = office(town, session)
        return resident.invite(here, resident.put_down(here, number, door(session), "501"))


def known(town: Town, person: Person) -> resident.Known:
    who = id_of(town, person)
    with transaction(town.store) as session:
        return resident.known(office(town, session), who)


def profiles(town: Town) -> Sequence[Profile]:
    with transaction(town.store) as session:
        return session.scalars(select(Profile)).all()


def consents(town: Town) -> Sequence[Consent]:
    with transaction(town.store) as session:
        return session.scalars(select(Consent)).all()


def test_phone_and_address_in_one_message_are_read_back_and_kept(town: Town) -> None:
    wang = town.resident("婆婆")
    asked = wang.says(f"我住3栋2单元501登记一下，电话{PHONE}")
    assert f"手机：{PHONE}\n住址：示例花园3栋2单元501\n" in asked
    assert profiles(town) == []  # nothing is kept before the yes
    assert "登记好了：手机、住址、房号" in wang.taps(say.YES)
    told = known(town, wang)
    assert (told.phone, told.verified, told.room) == (PHONE, False, "501")


def test_phone_and_room_are_sealed_and_the_consent_is_written_down(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says(f"我住3栋2单元501登记一下，电话{PHONE}")
    wang.taps(say.YES)
    [row] = profiles(town)
    assert row.phone is not None
    assert row.room is not None
    assert PHONE.encode() not in row.phone + row.room
    assert PHONE not in str(row.phone_hash)
    given = {one.what: one.wording for one in consents(town)}
    assert given == {"phone": say.VERSION, "building": say.VERSION, "room": say.VERSION}


def test_what_is_missing_is_asked_one_by_one_with_its_reason(town: Town) -> None:
    wang = town.resident("婆婆")
    assert say.ASK_PHONE in wang.says("绑定")
    assert say.ASK_HOME in wang.says("幺三八零零零零零零零零")
    assert "示例花园2栋3单元" in wang.says("2栋3单元1201")  # two compounds have a second building
    assert "住址：示例花园2栋3单元1201" in wang.taps("示例花园2栋3单元")
    assert "登记好了" in wang.says("对的")


def test_only_the_phone_is_asked_where_only_the_phone_was_spoken_of(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says("换手机号了")
    assert "住址：" not in wang.says(PHONE)
    assert known(town, wang).phone == ""
    wang.says("确认")
    assert known(town, wang).phone == PHONE


def test_what_was_read_back_can_be_corrected(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says(f"我住3栋2单元501登记一下，电话{PHONE}")
    assert "示例花园3栋1单元402" in wang.says("错了，是1单元402")
    assert f"手机：{OTHER_PHONE}" in wang.says(OTHER_PHONE)
    wang.taps(say.CHANGE_HOME)
    assert "住址：示例新村2栋" in wang.says("新村2栋")
    wang.taps(say.YES)
    told = known(town, wang)
    assert (told.phone, told.home and told.home.compound, told.room) == (OTHER_PHONE, "示例新村", "")


@pytest.mark.parametrize("word", ["跳过", "不想留", "算了"])
def test_nobody_has_to_tell(town: Town, word: str) -> None:
    wang = town.resident("婆婆")
    wang.says("绑定手机号")
    assert wang.says(word) in (say.NOTHING_TOLD, say_desk.CANCELLED)
    assert profiles(town) == []


def test_after_the_read_back_one_may_still_leave(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says(f"绑定手机{PHONE}")
    assert wang.taps(say.NO) == say.LEFT
    assert profiles(town) == []


def test_a_question_meanwhile_is_answered(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says("绑定手机号")
    assert "社保卡" in wang.says("社保卡在哪里办")


def test_what_is_no_number_is_asked_once_more_and_then_let_be(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says("绑定手机号")
    assert say.PHONE_AGAIN in wang.says("138000")
    assert say.NOTHING_TOLD in wang.says("13800")


def test_a_place_that_no_chart_knows_is_not_kept(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says("绑定")
    wang.says(PHONE)
    assert say.HOME_AGAIN in wang.says("99栋")
    assert say.PLACE_UNKNOWN in wang.says("98栋")
    wang.taps(say.YES)
    assert known(town, wang).home is None


def test_in_a_group_nothing_of_it_is_asked_or_told(town: Town) -> None:
    wang = town.resident("婆婆")
    for said in ("绑定手机号", "我的资料", "删除我的信息", "退订"):
        with transaction(town.store) as session:
            message = replace(wang.message(text=said), channel="group")
            assert town.talk.answer(session, message).reply.text == say.IN_GROUP


def test_my_data_is_a_short_list_and_masked(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says(f"我住3栋2单元501登记一下，电话{PHONE}")
    wang.taps(say.YES)
    wang.says(LAMP)
    read = wang.says("我的资料")
    assert "手机：138****00\n住址：示例花园3栋2单元***\n反映的问题：1件，其中1件在办" in read
    assert PHONE not in read
    assert "501" not in read


def test_every_holding_has_its_words() -> None:
    names = {one.name for one in privacy.HOLDINGS}
    assert names == set(HOLDINGS) == set(say.BECOMES) == set(say.UNIT)


def test_erasing_is_asked_once_and_then_done(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says(f"我住3栋2单元501登记一下，电话{PHONE}")
    wang.taps(say.YES)
    wang.says(LAMP)
    asked = wang.says("删除我的信息")
    assert "正在办的反映的问题有1件" in asked
    assert "改成匿名" in asked
    assert known(town, wang).phone == PHONE
    assert "都删好了" in wang.says("确定")
    told = known(town, wang)
    assert (told.phone, told.home, told.room, told.holdings) == ("", None, "", dict.fromkeys(told.holdings, (0, 0)))
    assert not [*profiles(town), *consents(town)]
    assert Staff(town).ticket("T261122-0001").words is None  # it stays, and is nobody's


def test_nothing_is_erased_without_a_yes(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says(f"绑定手机{PHONE}")
    wang.taps(say.YES)
    for word in ("先不删", "我再想想", "居住证怎么办"):
        wang.says("删除我的信息")
        wang.says(word)
        assert known(town, wang).phone == PHONE


def test_one_detail_goes_alone(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says(f"我住3栋2单元501登记一下，电话{PHONE}")
    wang.taps(say.YES)
    assert wang.says("把我的电话删掉") == say.PHONE_ERASED
    told = known(town, wang)
    assert (told.phone, told.room) == ("", "501")
    assert wang.says("忘记我的楼栋") == say.HOME_ERASED
    assert known(town, wang).home is None
    withdrawn = [one.withdrawn_at is not None for one in consents(town)]
    assert withdrawn == [True, True, True]


def test_who_erased_everything_and_stays_silent_is_forgotten_wholly(both: Town) -> None:
    silent, back = both.resident("婆婆"), both.resident("李叔")
    for one in (silent, back):
        one.says(f"绑定手机{PHONE}")
        one.says("删除我的信息")
        one.taps(say.ERASE_ALL)
    both.passes(days=1)
    back.says("你好")
    both.passes(days=30)
    gone = id_of(both, silent)
    with transaction(both.store) as session:
        retention.forget_old(office(both, session))
        assert pointers.left(session, gone) == {}
        assert inbox.opening(session, channel=NAME, sender="婆婆", key="") is None
        assert inbox.opening(session, channel=NAME, sender="李叔", key="") is not None


def test_who_came_back_after_erasing_is_not_forgotten_when_the_messages_are(both: Town) -> None:
    wang = both.resident("婆婆")
    wang.says("删除我的信息")
    wang.taps(say.ERASE_ALL)
    both.passes(days=1)
    wang.says(f"绑定手机{PHONE}")
    wang.taps(say.YES)
    for days in (0, 200):
        both.passes(days=days)
        with transaction(both.store) as session:
            retention.forget_old(office(both, session))
    assert known(both, wang).phone == PHONE


def test_the_room_goes_with_the_building(town: Town) -> None:
    for name, forgets in (("婆婆", True), ("李叔", False)):
        person = town.resident(name)
        person.says("我住3栋2单元501登记一下")
        person.taps(say.YES)
        assert known(town, person).room == "501"
        if forgets:
            person.says("我的网格员是谁")
            person.taps(say_contact.FORGET)
        else:
            person.says("新村1栋的网格员是谁")
            person.taps(say_contact.KEEP_THIS)
        told = known(town, person)
        assert (told.home and told.home.compound, told.room) == (None if forgets else "示例新村", "")
    with transaction(town.store) as session:
        assert {one.room for one in session.scalars(select(Profile))} == {None}


NUMBERS = count(1)  # no two rows of one number


def test_forgetting_leaves_nothing_that_points_to_a_person(town: Town) -> None:
    """Every table with a resident: what `privacy.forget` leaves must be the person and their name in the channel."""
    may_stay = {"identity.resident_id"}
    every = {f"{column.table.name}.{column.name}" for column in pointers.to_residents()}
    wang = town.resident("婆婆")
    wang.says(LAMP)
    who = id_of(town, wang)
    with transaction(town.store) as session:
        filled = {name for name in every - may_stay if fill(session, name, who, town)}
        privacy.forget(session, who)
        left = set(pointers.left(session, who)) - may_stay
    assert not left, f"privacy.forget leaves {sorted(left)}"
    assert filled == every - may_stay, f"no row could be made for {sorted(every - may_stay - filled)}"


def fill(session: Session, name: str, who: UUID, town: Town) -> bool:
    """Put a row there that points to the person, of whatever shape the table is."""
    table, _, column = name.partition(".")
    return bool(pointers.left(session, who).get(name)) or bool(
        put_row(session, SQLModel.metadata.tables[table], {column: who}, who, town)
    )


def put_row(session: Session, table: Table, given: dict[str, object], who: UUID, town: Town) -> Mapping[str, object]:
    """A row with what it needs; where the table wants more than that, every person it names is this one."""
    needed = {one.name: made_up(session, one, who, town) for one in table.columns if not one.nullable}
    people = {one.name: who for one in pointers.to_residents() if one.table is table}
    for values in ({**needed, **given}, {**needed, **people, **given}):
        with suppress(IntegrityError), session.begin_nested():
            session.connection().execute(table.insert().values(values))
            return values
    return {}


def made_up(session: Session, column: Column[object], who: UUID, town: Town) -> object:
    """Some value that the column takes; for a column that points somewhere the id of any row there."""
    for key in column.foreign_keys:
        if key.column.table.name == "resident":
            return who
        return any_row(session, key.column, who, town)
    shape = type(column.type).__name__
    if "DateTime" in shape or "String" in shape:
        return town.now if "DateTime" in shape else uuid4().hex[:6]
    if "JSON" in shape:
        return []
    samples = {bytes: b"x", int: next(NUMBERS), bool: False, float: 1.0, dict: {}, list: [], UUID: uuid4()}
    return samples.get(column.type.python_type, town.now.date())


def any_row(session: Session, key: Column[object], who: UUID, town: Town) -> object:
    """The key of a row of that table, of a new one where there is none."""
    found = session.connection().scalar(select(key).limit(1))
    if found is not None:
        return found
    return put_row(session, key.table, {}, who, town)[key.name]


def test_leaving_erases_too(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says(f"绑定手机{PHONE}")
    wang.taps(say.YES)
    wang.does("unsubscribe")
    assert not [*profiles(town), *consents(town)]


def test_unsubscribing_stops_what_waits_at_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "PUSHES", {"late_reply": News.COURSE})
    wang = town.resident("婆婆")
    wang.says("你好")
    who = id_of(town, wang)
    with transaction(town.store) as session:
        facts = town.talk.seal.close_json({"text": "这周三有课"})
        outbox.put(
            session, resident_id=who, channel=NAME, kind="late_reply", facts=facts, now=town.now, due_at=town.now
        )
    assert "全部不收" in wang.says("退订")
    assert town.outbox() == {}
    with transaction(town.store) as session:
        assert push.wanting(session, [who], News.COURSE) == []
    assert "收课程" in wang.says("订阅课程")
    with transaction(town.store) as session:
        assert push.wanting(session, [who], News.COURSE) == [who]
        assert not push.wants(session, who, News.ACTIVITY)


def test_each_kind_of_news_is_set_alone_and_by_a_tap(town: Town) -> None:
    wang = town.resident("婆婆")
    assert "收活动、社区通知、志愿服务" in wang.says("把课程推送关掉")
    assert "现在：收社区通知、志愿服务" in wang.taps("不收活动")
    assert "全部都收" in wang.taps(say.ALL_ON)
    assert "现在的推送：全部都收" in wang.says("推送设置")


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("课程的通知不要活动的留着", {"course": False, "activity": True}),
        ("志愿者消息我不想收关掉", {"volunteer": False}),
        ("停水停电通知要提醒我", {"notice": True}),
        ("取消订阅课程", {"course": False}),
        ("只给我发停水停电的", {"course": False, "activity": False, "notice": True, "volunteer": False}),
        ("课程和活动都不要", {"course": False, "activity": False}),
    ],
)
def test_what_is_wanted_of_the_news_is_understood(said: str, wanted: dict[str, bool]) -> None:
    assert heard_push.read(said).wanted == wanted


@pytest.mark.parametrize(
    ("said", "every"), [("退订", False), ("取消订阅", False), ("订阅", True), ("别再发通知了", False)]
)
def test_all_or_nothing_is_understood(said: str, every: bool) -> None:
    assert heard_push.read(said).every is every


@pytest.mark.parametrize("event", ["scan", "subscribe"])
def test_somebody_whom_the_staff_know_scans_their_code(both: Town, event: str) -> None:
    scene = put_down(both)
    wang = both.resident("婆婆")
    assert "138****00，示例花园3栋2单元登记用的，是您本人吗" in wang.does(event, scene)
    assert "登记好了" in wang.taps(say.ITS_ME)
    told = known(both, wang)
    assert (told.phone, told.verified, told.room) == (PHONE, True, "501")
    assert "已经用过了" in both.resident("李叔").does("scan", scene)


def test_whoever_scans_by_mistake_leaves_the_code_as_it_was(town: Town) -> None:
    scene = put_down(town)
    li, wang = town.resident("李叔"), town.resident("婆婆")
    li.does("scan", scene)
    assert li.taps(say.NOT_ME) == say.NOT_BOUND
    wang.does("scan", scene)
    assert "登记好了" in wang.says("是我")


def test_a_code_ends_after_its_time_and_a_guessed_one_is_unknown(town: Town) -> None:
    scene = put_down(town)
    wang = town.resident("婆婆")
    assert "不认识" in wang.does("scan", "bind-" + "0" * 40)
    town.passes(days=31)
    assert "过期" in wang.does("scan", scene)
    assert len(scene) <= invitation.MOST_SCENE


def test_other_scenes_are_greeted_as_before(town: Town) -> None:
    assert say_desk.SCANNED in town.resident("婆婆").does("scan", "lesson_12")


def test_two_use_one_code_at_once_and_one_of_them_is_refused(both: Town) -> None:
    with transaction(both.store) as session:
        scene = invitation.invite(office(both, session), "checkin", payload={"lesson": "12"})
    people = [id_after_hello(both, name) for name in ("婆婆", "李叔")]
    used: list[UUID] = []

    def use(person: UUID) -> None:
        with transaction(both.store) as session:
            try:
                found = invitation.use(office(both, session), scene, "checkin", by=person)
            except invitation.InvitationUsed:
                return
            assert found.payload == {"lesson": "12"}
            used.append(person)

    at_once(*(lambda person=person: use(person) for person in people))
    assert len(used) == 1


def id_after_hello(town: Town, name: str) -> UUID:
    person = town.resident(name)
    person.says("你好")
    return id_of(town, person)


def test_one_person_in_two_channels_becomes_one(both: Town) -> None:
    """Tickets, followed tickets, the open question and what waits to be sent move to the newer person."""
    wang, li = both.resident("婆婆"), both.resident("李叔")
    wang.says(LAMP)
    Staff(both).does("T261122-0001", What.ASKED, "哪个位置？")
    li.says("花园3栋电梯坏了")
    old, new = id_of(both, wang), id_of(both, li)
    with transaction(both.store) as session:
        resident.merge(office(both, session), into=new, other=old)
    assert id_of(both, wang) == id_of(both, li) == new
    with transaction(both.store) as session:
        assert {one.number for one in tickets.latest_of(session, new, 9)} == {"T261122-0001", "T261122-0002"}
        assert [row.resident_id for row in outbox.due(session, both.now)] == [new]
        assert pointers.left(session, old) == {}
    assert "T261122-0001" in li.says("我的投诉到哪一步了")


def test_who_scans_with_a_second_account_is_the_same_person(both: Town) -> None:
    wang, again = both.resident("婆婆"), both.resident("婆婆的新号")
    wang.does("scan", put_down(both))
    wang.taps(say.ITS_ME)
    wang.says(LAMP)
    with transaction(both.store) as session:
        here = office(both, session)
        by_phone = resident.by_phone(here, PHONE)
        assert by_phone is not None
        scene = resident.invite(here, by_phone)
    again.does("scan", scene)
    again.taps(say.ITS_ME)
    assert id_of(both, wang) == id_of(both, again)
    assert "T261122-0001" in again.says("我的投诉到哪一步了")
    assert known(both, again).verified


def test_both_followed_the_same_complaint(both: Town) -> None:
    wang, li, zhao = (both.resident(name) for name in ("婆婆", "李叔", "赵姐"))
    wang.says(LAMP)
    for one in (li, zhao):
        one.says(LAMP)
        one.says("1")
    first, second = id_of(both, li), id_of(both, zhao)
    with transaction(both.store) as session:
        resident.merge(office(both, session), into=first, other=second)
        ticket = tickets.numbered(session, "T261122-0001")
        assert ticket is not None
        assert [one.resident_id for one in tickets.followers(session, ticket.id)] == [first]


def test_the_same_phone_put_down_twice_is_the_same_person(town: Town) -> None:
    with transaction(town.store) as session:
        here = office(town, session)
        first = resident.put_down(here, PHONE, door(session), "501")
        assert resident.put_down(here, "138 0000 0000", door(session, number="4"), "") == first


def test_who_was_put_down_and_never_wrote_is_forgotten_after_a_year(both: Town) -> None:
    put_down(both)
    both.passes(days=364)
    for expected in (1, 0):
        with transaction(both.store) as session:
            retention.forget_old(office(both, session))
            assert len(session.scalars(select(Profile)).all()) == expected
        both.passes(days=2)


def test_the_remembered_building_is_used_as_before(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says("绑定住址，新村2栋")
    wang.taps(say.YES)
    assert Role.GRID_WORKER.value
    assert "示例新村2栋" in wang.says("我的网格员是谁")


def test_profiles_are_found_by_phone_only_when_made_sure_of(town: Town) -> None:
    wang = town.resident("婆婆")
    wang.says(f"绑定手机{PHONE}")
    wang.taps(say.YES)
    who = id_of(town, wang)
    with transaction(town.store) as session:
        assert resident.by_phone(office(town, session), PHONE) is None
        assert profile.of(session, who) is not None
