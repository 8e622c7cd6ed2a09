"""A resident before a cabinet: only who has a right opens it, and only the open door spends the code."""

from uuid import uuid4

import pytest
from sqlmodel import select

from bot.rules.locker import care, line, offline, staff
from bot.rules.locker.book import By
from bot.rules.locker.device import DoorState, OfflineDid, Outcome
from bot.store import transaction
from bot.store.locker import DoorCommand, PickupCode
from bot.store.ticket import Ticket
from bot.wording.locker import chat as say
from tests.support.box import Box, heard, last_code, stows
from tests.support.group import in_a_group
from tests.support.town import Town

SCENE = "locker-G0001"


def chore(box: Box, work: object) -> int:
    with box.office() as office:
        return work(office)  # type: ignore[operator,no-any-return]


def test_something_of_ones_own_goes_in_and_out(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    resident.does("scan", SCENE)
    said = resident.says("我要存东西")
    assert "小格（6）" in said
    assert "正在等柜门反馈" in resident.says("小格")
    assert box.works() == [1]
    assert heard(town, "请放好东西，关紧门")
    box.shuts(1, occupied=True)
    code = last_code(town)
    assert "正在等柜门反馈" in resident.says("取件")
    assert box.types(code)  # nothing is spent by asking
    assert box.works() == [1]  # and one door opens once
    assert heard(town, "请拿好东西，关好门")
    assert not box.types(code)


def test_a_code_typed_at_the_cabinet_opens_its_door_and_no_other(town: Town, box: Box) -> None:
    first, second = town.resident("婆婆"), town.resident("骑手")
    stows(box, first)
    code = last_code(town)
    door = stows(box, second)
    assert box.types(code)
    assert box.works() == [1]
    assert door == 2
    assert heard(town, "用取件码开柜")


def test_it_is_asked_whether_they_stand_there(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    town.passes(hours=1)
    box.beats()
    assert resident.says("取件") == say.PROVE
    assert resident.says("0000" if box.shown() != "0000" else "0001") == say.PROVE_AGAIN
    assert box.takes() == []
    assert "正在等柜门反馈" in resident.says(box.shown())


@pytest.mark.parametrize(
    ("spot", "read"),
    [
        ((30.6211, 104.1130), "正在等柜门反馈"),
        ((30.6197, 104.1131), "您在示例新村1栋门口"),
        ((30.7000, 104.2000), "这个定位附近没有柜子"),
    ],
)
def test_a_shared_place_proves_it_within_a_hundred_metres(
    town: Town, box: Box, spot: tuple[float, float], read: str
) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    town.passes(hours=1)
    box.beats()
    resident.says("开柜")
    assert read in resident.shares(*spot)


def test_a_scan_goes_on_with_what_was_asked(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    town.passes(hours=1)
    box.beats()
    resident.says("开柜")
    assert "正在等柜门反馈" in resident.does("scan", SCENE)


def test_a_scan_alone_opens_nothing(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    town.passes(hours=1)
    box.beats()
    read = resident.does("scan", SCENE)
    assert "1号门" in read
    assert box.takes() == []
    assert "正在等柜门反馈" in resident.says("1")


def test_a_scan_with_old_digits_proves_nothing(town: Town, box: Box) -> None:
    old = box.shown(minutes=-5)
    resident = town.resident("婆婆")
    assert resident.does("scan", f"{SCENE}-{old}") == say.UNKNOWN_SCENE
    assert "跟前" in resident.does("scan", f"{SCENE}-{box.shown()}")


def test_which_of_several_is_asked_and_a_door_that_was_named_is_not(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    stows(box, resident, "要个大格存行李")
    assert "11号门" in resident.says("取件")
    assert "给示例花园2栋1单元门口的柜子，11号门" in resident.says("2")
    assert "1号门发了开门指令" in resident.says("开1号柜")


def test_nobody_opens_what_is_not_theirs(town: Town, box: Box) -> None:
    stows(box, town.resident("婆婆"))
    other = town.resident("骑手")
    other.does("scan", SCENE)
    assert other.says("开1号柜") == say.NOTHING
    assert box.takes() == []


def test_whoever_knows_the_code_may_fetch_it_and_the_owner_hears(town: Town, box: Box) -> None:
    stows(box, town.resident("婆婆"))
    code = last_code(town)
    other = town.resident("家长")
    assert other.says(f"取件码{code}") == say.WHERE_CODE
    assert "正在等柜门反馈" in other.does("scan", SCENE)
    assert box.works() == [1]
    assert heard(town, "不是您或家人取的")


def test_five_wrong_codes_in_the_chat_and_it_is_over(town: Town, box: Box) -> None:
    owner, other = town.resident("婆婆"), town.resident("骑手")
    stows(box, owner)
    code = last_code(town)
    other.does("scan", SCENE)
    wrong = [f"{(int(code) + step) % 10**6:06d}" for step in range(1, 6)]
    for left, one in zip((4, 3, 2, 1), wrong, strict=False):
        assert f"还可以试{left}次" in other.says(f"取件码{one}")
    assert "过10分钟再试" in other.says(f"取件码{wrong[4]}")
    assert "过10分钟再试" in other.says(f"取件码{code}")
    town.passes(minutes=11)
    box.beats()
    other.does("scan", SCENE)
    assert "正在等柜门反馈" in other.says(f"取件码{code}")


def test_a_code_that_does_not_work_is_tried_from_here(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    said = resident.says(f"取件码{last_code(town)}打不开")
    assert say.STILL_GOOD in said
    assert "正在等柜门反馈" in said


def test_in_a_group_nothing_is_opened_or_told(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    code = last_code(town)
    group = in_a_group(town).resident("婆婆")
    for words in ("取件", "我的快递", "存东西", f"取件码{code}", "谁开过我的柜子"):
        read = group.says(words)
        assert read == say.IN_GROUP, words
    assert "1号门" not in group.says(code)
    assert box.takes() == []


def test_six_digits_mean_nothing_to_who_has_nothing_there(town: Town, box: Box) -> None:
    assert "取件码" not in town.resident("婆婆").says("482913")


def test_a_command_that_nobody_answered_is_told_and_the_code_is_good(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    code = last_code(town)
    resident.says("取件")
    town.passes(seconds=31)
    assert chore(box, line.late) == 1
    assert chore(box, line.late) == 0
    assert heard(town, "取件码没有用掉。柜机一直没有回音")
    assert box.takes() == []  # it is too late for it
    assert box.types(code)


def test_a_door_without_a_signal_asks_the_one_who_stands_there(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    code = last_code(town)
    box.jammed.add(door)
    resident.says("取件")
    box.works()
    assert heard(town, "没看到柜门的信号。门开了吗")
    assert "没有用掉" in resident.says("没有开")
    assert box.types(code)


def test_who_says_it_opened_has_spent_the_code(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    code = last_code(town)
    box.jammed.add(door)
    resident.says("取件")
    box.works()
    assert resident.says("门开了") == say.GLAD
    assert not box.types(code)


def test_a_door_that_opens_after_all_is_told(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    resident.says("取件")
    [command] = box.takes()
    box.says(command, Outcome.ACKED)
    town.passes(seconds=31)
    chore(box, line.late)
    box.door(door, DoorState.OPEN)
    assert heard(town, "1号门已开")


def test_already_open_spends_nothing(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    code = last_code(town)
    box.outcome = Outcome.ALREADY_OPEN
    resident.says("取件")
    box.works()
    assert heard(town, "柜门本来就开着，没有再开")
    assert "现在就开着" in resident.says("取件")
    assert box.types(code)


def test_asking_twice_gives_one_pulse(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    resident.says("取件")
    assert "刚发过" in resident.says("取件")
    assert len(box.takes()) == 1


def test_the_same_delivery_twice_gives_one_pulse(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    message = resident.message(text="取件")
    first, again = resident.last(message), resident.last(message)
    assert first.reply.text == again.reply.text
    assert len(box.takes()) == 1


def test_what_was_forgotten_inside_can_be_fetched_for_ten_minutes(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    resident.says("取件")
    box.works()
    box.shuts(door, occupied=False)
    assert "正在等柜门反馈" in resident.says("开柜")
    assert box.works() == [door]
    box.shuts(door, occupied=False)
    town.passes(minutes=11)
    chore(box, care.tidy)
    assert resident.says("开柜") == say.NOTHING
    assert box.parcel(door) is None


def test_what_the_sensor_still_sees_is_kept_for_them(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    resident.says("取件")
    box.works()
    box.shuts(door, occupied=True)
    town.passes(minutes=11)
    chore(box, care.tidy)
    assert heard(town, "好像还有东西没拿")
    assert box.types(last_code(town))


def test_overdue_is_never_void_but_asked_once_more(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    code = last_code(town)
    town.passes(hours=49)
    box.beats()
    resident.does("scan", SCENE)
    said = resident.says("取件")
    assert "超时了，码没有作废" in said
    assert "快递48小时内免费" in said
    assert box.takes() == []
    assert resident.taps("先不开") == say.NOT_NOW
    resident.says("取件")
    assert "正在等柜门反馈" in resident.taps("确认开柜")
    assert box.types(code)


def test_two_reminders_and_a_word_when_it_is_overdue(town: Town, box: Box) -> None:
    stows(box, town.resident("婆婆"))
    for hours in (23, 2, 19, 1, 2, 2, 24):
        town.passes(hours=hours)
        chore(box, care.remind)
        chore(box, care.remind)
    assert sum("提醒您" in words for words in town.waiting_words()) == 2
    assert sum("超时了" in words for words in town.waiting_words()) == 1


def test_an_offline_cabinet_takes_a_signed_code(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    online = last_code(town)
    box.is_away()
    said = resident.says("取件")
    assert "柜机离线了" in said
    code = said.splitlines()[1]
    found = offline.find(box.lock_key(), code, doors=12, at=town.now)
    assert found == (offline.Kind.OPEN, door, offline.window(town.now), 0)
    assert said != resident.says("取件")  # each is good once
    box.did_alone(OfflineDid.OPENED, door, window=found[2], counter=0)
    assert heard(town, "用离线码开柜")
    assert not box.types(online)
    assert not box.types(code)


def test_an_offline_code_that_opened_nothing_spends_nothing(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    online = last_code(town)
    box.is_away()
    resident.says("取件")
    box.did_alone(OfflineDid.STAYED_SHUT, door, window=offline.window(town.now), counter=0)
    assert box.types(online)


def test_a_cabinet_that_does_nothing_alone_is_told_as_dead(town: Town, plain: Box) -> None:
    resident = town.resident("婆婆")
    resident.does("scan", "locker-G0002")
    resident.says("存东西，小格")
    plain.works()
    plain.shuts(1)
    plain.is_away()
    said = resident.says("取件")
    assert "028-0000-0002" in said
    assert "东西还在里面" in said


def test_what_waits_is_listed_without_its_code(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    assert resident.says("我的快递") == say.NOTHING
    stows(box, resident)
    code = last_code(town)
    said = resident.says("我的快递")
    assert "1号门，后天10:00前取" in said or "11月24日10:00前取" in said
    assert code not in said


def test_a_new_code_makes_the_old_one_void(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    stows(box, resident)
    old = last_code(town)
    resident.says("我的快递")
    new = resident.taps("换取件码").splitlines()[1]
    assert not box.types(old)
    assert box.types(new)
    assert "新取件码" in resident.says("换个取件码")


def test_the_family_gets_a_code_for_one_parcel(town: Town, box: Box) -> None:
    resident, parent = town.resident("婆婆"), town.resident("家长")
    stows(box, resident)
    own = last_code(town)
    code = resident.says("让我女儿帮我取").splitlines()[1]
    assert code != own
    parent.does("scan", SCENE)
    parent.says(f"取件码{code}")
    assert box.works() == [1]
    assert heard(town, "用代取码开柜")
    assert not box.types(own)


def test_who_opened_my_door(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    assert resident.says("谁开过我的柜子") == say.NO_BOOK
    stows(box, resident)
    box.types(last_code(town))
    box.works()
    said = resident.says("谁开过我的柜子")
    assert "用取件码开柜" in said
    assert "您自己存件开门" in said


def test_codes_are_kept_as_hashes_only(town: Town, box: Box) -> None:
    stows(box, town.resident("婆婆"))
    code = last_code(town)
    with transaction(town.store) as session:
        [row] = session.scalars(select(PickupCode)).all()
    assert code not in repr(row)
    assert row.live is not None
    assert len(row.live) == 64


def test_who_leaves_leaves_their_things_to_the_station(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    resident.does("unsubscribe")
    kept = box.parcel(door)
    assert kept is not None
    assert (kept.recipient_id, kept.by_station, kept.state) == (None, True, "stored")
    assert all(line.resident_id is None for line in box.book())


def test_a_door_that_failed_twice_goes_to_the_station_once(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    box.jammed.add(door)
    for _ in range(3):
        resident.says("取件")
        box.works()
        resident.says("没有开")
    with transaction(town.store) as session:
        [ticket] = session.scalars(select(Ticket)).all()
        [*commands] = session.scalars(select(DoorCommand)).all()
    assert ticket.resident_id is None
    assert town.talk.seal.open(ticket.words or b"").startswith("示例花园2栋1单元门口的存储柜（G0001）1号门连续2次")
    assert len(commands) == 4


def test_an_offline_code_that_comes_to_us_is_spent_by_the_open_door_only(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    box.is_away()
    code = resident.says("取件").splitlines()[1]
    box.beats()
    assert not box.types(code, door=door + 1)
    box.jammed.add(door)
    assert box.types(code)
    assert box.works() == []
    box.jammed.clear()
    assert box.types(code)
    assert box.works() == [door]
    assert not box.types(code)


def test_after_a_clear_code_no_offline_code_of_that_hour_is_given_out(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    box.is_away()
    assert "离线码" in resident.says("取件")
    with box.office() as office:
        by = By(uuid4(), "示例服务站值班员")
        staff.clear_code(office, box.id_in(office), door, by=by, words="居民说码被人看到了")
    assert "打服务站电话" in resident.says("取件")
    town.passes(hours=1)
    assert "离线码" in resident.says("取件")


def test_what_somebody_who_left_forgot_inside_is_kept_by_the_station(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    resident.says("取件")
    box.works()
    box.shuts(door, occupied=True)
    resident.does("unsubscribe")
    town.passes(minutes=11)
    chore(box, care.tidy)
    kept = box.parcel(door)
    assert kept is not None
    assert (kept.state, kept.recipient_id, kept.by_station) == ("stored", None, True)


def test_the_book_shows_the_time_after_fetching_and_nobody_elses_doings(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    door = stows(box, resident)
    resident.says("取件")
    box.works()
    box.shuts(door, occupied=False)
    town.passes(minutes=5)
    box.beats()
    resident.says("开柜")
    box.works()
    box.shuts(door, occupied=False)
    assert resident.says("谁开过我的柜子").count("聊天里开柜") == 2
    town.passes(minutes=6)
    chore(box, care.tidy)
    box.beats()
    assert stows(box, town.resident("骑手")) == door
    assert resident.says("谁开过我的柜子").count("存件开门") == 1
