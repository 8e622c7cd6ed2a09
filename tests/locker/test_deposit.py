"""Putting in: nothing without consent, nothing without an owner, and a compartment has one thing at a time."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from bot.nlu.lockers import Wish
from bot.rules.forwarding.destinations import add_key
from bot.rules.locker import care, deposit, people, staff
from bot.rules.locker.deposit import Draft
from bot.rules.locker.terms import NoConsent, NoFreeCompartment, NotTheirs
from bot.store import Store, forwarding, transaction
from bot.store.locker import CompartmentClaim, Courier, Parcel, ParcelKind, ParcelState, Size, writing
from bot.wording.locker import chat as say
from tests.support.box import Box, heard, last_code, verified
from tests.support.town import Person, Town

SCENE = "locker-G0001"
PHONE = "028-0000-0099"
ASKED = "已经问收件人同不同意"


def courier(town: Town, box: Box, name: str = "快递员") -> Person:
    """Somebody who delivers, and stands before the cabinet."""
    with box.office() as office:
        word = staff.let_in(office, "示例快递")
    person = town.resident(name)
    assert "示例快递的投递员" in person.says(f"投递码{word}")
    person.does("scan", SCENE)
    return person


def test_a_courier_without_a_word_delivers_nothing(town: Town, box: Box) -> None:
    person = town.resident("快递员")
    assert person.says("我是快递员，要投件") == say.COURIER_WORD
    assert person.says("投递码AAAAAAAA") == say.COURIER_WRONG


def test_a_word_is_good_for_one_courier(town: Town, box: Box) -> None:
    with box.office() as office:
        word = staff.let_in(office, "示例快递")
    town.resident("快递员").says(f"投递码{word}")
    assert town.resident("骑手").says(f"投递码{word}") == say.COURIER_WRONG


def test_the_recipient_is_asked_and_agrees(town: Town, box: Box) -> None:
    owner, who = town.resident("婆婆"), courier(town, box)
    verified(town, owner, PHONE)
    assert "要多大的格子" in who.says(f"投件，给{PHONE}")
    assert ASKED in who.says("小格")
    assert box.takes() == []
    assert heard(town, "想放到示例花园2栋1单元门口的柜子，您同意吗")
    assert "已告诉投递的人" in owner.says("同意放柜")
    assert heard(town, "收件人同意了")
    assert "正在等柜门反馈" in who.says("开门存件")
    [door] = box.works()
    box.shuts(door, occupied=True)
    assert heard(town, "快递（示例快递）放好了")
    assert heard(town, "取件码已经发给收件人")
    assert "快递（示例快递）" in owner.says("我的快递")
    assert box.types(last_code(town))


def test_the_recipient_says_no(town: Town, box: Box) -> None:
    owner, who = town.resident("婆婆"), courier(town, box)
    verified(town, owner, PHONE)
    who.says(f"投件，给{PHONE}")
    who.says("小格")
    owner.says("不要放柜子")
    assert heard(town, "收件人不同意放柜子")
    assert box.parcel(1) is None


def test_no_answer_frees_the_compartment(town: Town, box: Box) -> None:
    owner, who = town.resident("婆婆"), courier(town, box)
    verified(town, owner, PHONE)
    who.says(f"投件，给{PHONE}")
    who.says("小格")
    town.passes(minutes=16)
    with box.office() as office:
        assert care.tidy(office) == 1
    assert heard(town, "收件人15分钟没有回复")
    assert box.parcel(1) is None
    assert "会先问您" in owner.says("同意放柜")


def test_never_and_always_are_kept(town: Town, box: Box) -> None:
    owner, who = town.resident("婆婆"), courier(town, box)
    verified(town, owner, PHONE)
    assert "都不放柜子" in owner.says("以后都不要放柜子")
    who.says(f"投件，给{PHONE}")
    assert "收件人说过不放柜子" in who.says("小格")
    assert "可以直接放柜子" in owner.says("以后都可以放柜子")
    box.beats()
    who.says(f"投件，给{PHONE}")
    assert "正在等柜门反馈" in who.says("小格")


def test_an_unknown_recipient_must_have_agreed_by_telephone(town: Town, box: Box) -> None:
    who = courier(town, box)
    who.says(f"投件，给{PHONE}")
    assert say.HAS_CONSENT in who.says("小格")
    assert who.taps("还没问") == say.ASK_FIRST
    who.says(f"投件，给{PHONE}")
    who.says("小格")
    assert "正在等柜门反馈" in who.taps("对方同意放柜")
    [door] = box.works()
    box.shuts(door, occupied=True)
    assert heard(town, "请把取件码转告收件人")
    assert box.types(last_code(town))


def test_whoever_proves_the_number_later_finds_it(town: Town, box: Box) -> None:
    who = courier(town, box)
    who.says(f"投件，给{PHONE}")
    who.says("小格")
    who.taps("对方同意放柜")
    [door] = box.works()
    box.shuts(door, occupied=True)
    owner = town.resident("婆婆")
    assert owner.says("我的快递") == say.NOTHING
    verified(town, owner, PHONE)
    assert "快递（示例快递）" in owner.says("我的快递")
    owner.does("scan", SCENE)
    assert "正在等柜门反馈" in owner.says("1")


def test_an_address_is_enough_where_they_agreed(town: Town, box: Box) -> None:
    who = courier(town, box)
    who.says("投件")
    assert "收件人是谁" in who.says("小格")
    assert say.HAS_CONSENT in who.says("3栋2单元501")
    assert "正在等柜门反馈" in who.taps("对方同意放柜")


def test_a_takeaway_has_two_hours(town: Town, box: Box) -> None:
    who = courier(town, box, "骑手")
    who.says(f"存外卖，给{PHONE}")
    who.says("小格")
    who.taps("对方同意放柜")
    [door] = box.works()
    box.shuts(door, occupied=True)
    kept = box.parcel(door)
    assert kept is not None
    assert kept.due_at is not None
    assert kept.stored_at is not None
    assert (kept.due_at - kept.stored_at).total_seconds() == 2 * 3600


def test_something_for_a_neighbour_leaves_its_code_with_the_giver(town: Town, box: Box) -> None:
    giver = town.resident("婆婆")
    giver.does("scan", SCENE)
    giver.says("给邻居放个东西在柜子里")
    assert giver.says("小格") == say.WHOM
    assert "正在等柜门反馈" in giver.says("没有")
    [door] = box.works()
    box.shuts(door, occupied=True)
    assert heard(town, "请把取件码转告收件人")
    other = town.resident("家长")
    other.does("scan", SCENE)
    assert "正在等柜门反馈" in other.says(f"取件码{last_code(town)}")


def test_nothing_is_delivered_without_consent_by_another_way(town: Town, box: Box) -> None:
    with box.office() as office, pytest.raises(NoConsent):
        deposit.reserve(office, Draft(ParcelKind.PARCEL, Size.SMALL, box.id_in(office), None, phone=PHONE))


def test_the_next_bigger_one_and_then_none(town: Town, box: Box) -> None:
    with box.office() as office:
        taken = [
            deposit.reserve(office, Draft(ParcelKind.HANDOVER, Size.MIDDLE, box.id_in(office), None)).door
            for _ in range(6)
        ]
    assert taken == [7, 8, 9, 10, 11, 12]
    resident = town.resident("家长")
    resident.does("scan", SCENE)
    assert "没有合适的空格了" in resident.says("要个大格存行李")


def test_an_empty_compartment_is_not_taken_for_full(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    resident.does("scan", SCENE)
    resident.says("存东西，小格")
    box.works()
    box.shuts(1, occupied=False)
    assert heard(town, "里面好像是空的")
    assert resident.says("不存了") == say.GIVEN_UP
    assert box.parcel(1) is None


def test_a_door_opened_for_it_is_given_to_nobody_else(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    resident.does("scan", SCENE)
    resident.says("存东西，小格")
    box.works()
    town.passes(minutes=16)
    with box.office() as office:
        care.tidy(office)
    kept = box.parcel(1)
    assert kept is not None
    assert kept.state == ParcelState.STORED


def test_a_cabinet_without_switches_believes_the_depositor(town: Town, plain: Box) -> None:
    cabinet = plain.row()
    cabinet.has_feedback = False
    with transaction(town.store) as session:
        session.add(cabinet)
    resident = town.resident("婆婆")
    resident.does("scan", "locker-G0002")
    resident.says("存东西，小格")
    plain.jammed.add(1)
    plain.works()
    assert resident.says("门开了") == say.PUT_IT_IN
    assert "存好了" in resident.says("放好了")
    assert plain.types(last_code(town))


def test_an_offline_cabinet_takes_nothing_in(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    resident.does("scan", SCENE)
    box.is_away()
    assert "离线了，现在存不了" in resident.says("存东西，小格")


def test_no_compartment_is_claimed_twice(store: Store, town: Town) -> None:
    """On both databases the constraint has the last word."""
    box = Box(Town(store, town.talk))
    with box.office() as office:
        cabinet = box.id_in(office)
        draft = Draft(ParcelKind.HANDOVER, Size.SMALL, cabinet, None)
        doors = [deposit.reserve(office, draft).door for _ in range(12)]
        with pytest.raises(NoFreeCompartment):
            deposit.reserve(office, draft)
        claims = office.session.scalars(select(CompartmentClaim)).all()
        office.session.expunge_all()
        with pytest.raises(IntegrityError), office.session.begin_nested():
            writing.add(office.session, CompartmentClaim(**claims[0].model_dump()))
    assert sorted(doors) == list(range(1, 13))
    assert len(doors) == len(set(doors))


def test_a_parcel_without_an_owner_is_refused_by_the_database(store: Store, town: Town) -> None:
    box = Box(Town(store, town.talk))
    with box.office() as office:
        deposit.reserve(office, Draft(ParcelKind.HANDOVER, Size.SMALL, box.id_in(office), None))
        kept = office.session.scalars(select(Parcel)).one()
        kept.addressee = None
        with pytest.raises(IntegrityError), office.session.begin_nested():
            office.session.flush()
        office.session.expunge_all()


def test_a_word_that_begins_with_digits_is_no_pick_up_code(town: Town, box: Box) -> None:
    for word in ("8857MC6L", "482913AB"):
        with box.office() as office:
            row = Courier(company="示例快递", digest=office.seal.keyed_hash(word, staff.COURIER), created_at=office.now)
            writing.add(office.session, row)
        assert "示例快递的投递员" in town.resident("快递员").says(f"投递码{word}")


def test_never_is_kept_where_the_courier_gave_up_before(town: Town, box: Box) -> None:
    owner, who = town.resident("婆婆"), courier(town, box)
    verified(town, owner, PHONE)
    who.says(f"投件，给{PHONE}")
    assert ASKED in who.says("小格")
    assert who.says("不存了") == say.GIVEN_UP
    with box.office() as office:
        owner_id = people.of_phone(office, PHONE)
        given_up = office.session.scalars(select(Parcel)).one()
        assert owner_id is not None
        deposit.answer(office, owner_id, given_up.id, Wish.NEVER)
        with pytest.raises(NotTheirs):
            deposit.answer(office, owner_id, given_up.id, Wish.ONCE)
    who.says(f"投件，给{PHONE}")
    assert "收件人说过不放柜子" in who.says("小格")


def test_an_opened_door_is_not_given_up(town: Town, box: Box) -> None:
    resident = town.resident("婆婆")
    resident.does("scan", SCENE)
    resident.says("存东西，小格")
    box.works()
    assert resident.says("不存了") == say.ALREADY_IN


def test_a_couriers_system_says_that_it_is_in_where_no_switch_tells(town: Town, plain: Box) -> None:
    owner = town.resident("婆婆")
    verified(town, owner, PHONE)
    owner.says("以后都可以放柜子")
    plain.jammed.add(1)
    with plain.office() as office:
        add_key(office, "courier")
        client = forwarding.key_named(office.session, "courier").id  # type: ignore[union-attr]
        draft = Draft(ParcelKind.PARCEL, Size.SMALL, plain.id_in(office), None, phone=PHONE, client_id=client)
        held = deposit.reserve(office, draft)
        deposit.begin(office, client, held.id, channel="")
        with pytest.raises(NotTheirs):
            deposit.is_in(office, client, held.id)
    plain.works()
    assert not heard(town, "门开了吗")  # the recipient is not there
    with plain.office() as office:
        deposit.is_in(office, client, held.id)
    assert heard(town, "放好了")
    assert plain.types(last_code(town))
