"""The demo's cabinets: something lies there at once for the first person, and a courier may put in more."""

from bot.channels.official_account import NAME
from bot.samples import lockers
from tests.support.box import Box, last_code
from tests.support.town import Town


def furnished(town: Town) -> Box:
    box = Box(town)
    with box.office() as office:
        assert lockers.stow(office, "婆婆", channel=NAME) == [2, 8]
        lockers.let_in(office, "快递员", channel=NAME)
    return box


def test_the_first_person_has_something_to_fetch(town: Town) -> None:
    box, granny = furnished(town), town.resident("婆婆")
    said = granny.says("我的快递")
    assert "柜子里有您2件" in said
    assert "2号门" in said
    assert "8号门" in said
    granny.does("scan", "locker-G0001")
    assert "想开哪个门" in granny.says("取件")
    assert "发了开门指令" in granny.says("1")
    assert len(box.works()) == 1
    assert not town.waiting_words()[:-1]


def test_the_courier_puts_in_more_for_the_first_person(town: Town) -> None:
    box, courier, granny = furnished(town), town.resident("快递员"), town.resident("婆婆")
    courier.does("scan", "locker-G0001")
    assert "要多大的格子" in courier.says("投递")
    courier.says("小格")
    assert "已经问收件人" in courier.says(lockers.PHONE)
    assert "好的" in granny.says("同意放柜")
    assert "发了开门指令" in courier.says("开门存件")
    [door] = box.works()
    box.shuts(door, occupied=True)
    assert box.types(last_code(town))
    assert box.works() == [door]
