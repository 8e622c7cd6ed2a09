"""The short words at a cabinet."""

import pytest

from bot.nlu import lockers
from bot.nlu.lockers import Wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("同意", Wish.ONCE),
        ("可以", Wish.ONCE),
        ("要得", Wish.ONCE),
        ("放嘛", Wish.ONCE),
        ("不同意", Wish.NOT_NOW),
        ("不要放柜子", Wish.NOT_NOW),
        ("以后都可以放柜子", Wish.ALWAYS),
        ("以后都直接放柜子里", Wish.ALWAYS),
        ("以后都不要放柜子", Wish.NEVER),
        ("快递以后别放柜子", Wish.NEVER),
        ("居住证怎么办", None),
        ("柜子放满了怎么办", None),
    ],
)
def test_consent(text: str, wish: Wish | None) -> None:
    assert lockers.consent(text) is wish


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("门开了", True),
        ("开了", True),
        ("取到了", True),
        ("没有开", False),
        ("没开", False),
        ("还是没得反应", False),
        ("打不开", False),
        ("几点开门", None),
        ("开柜", None),
    ],
)
def test_opened(text: str, opened: bool | None) -> None:
    assert lockers.opened(text) is opened


@pytest.mark.parametrize(
    ("text", "size"),
    [("小格", "s"), ("中格", "m"), ("大的", "l"), ("要个大格存行李", "l"), ("存钥匙", "s"), ("存东西", None)],
)
def test_size(text: str, size: str | None) -> None:
    assert lockers.size_in(text) == size


@pytest.mark.parametrize(
    "text", ["谁开过我的柜子", "哪个开过我的柜门", "有没有人动过我的柜子", "我的柜子被谁开过", "查开柜记录"]
)
def test_who(text: str) -> None:
    assert lockers.asks_who(text)


@pytest.mark.parametrize("text", ["换个取件码", "取件码再发一遍", "重新发一个码", "给我换一个取件码", "补发取件码"])
def test_new_code(text: str) -> None:
    assert lockers.wants_new_code(text)


@pytest.mark.parametrize("text", ["让我老婆帮我取", "喊我儿子来拿", "让邻居帮我取快递", "请同事代取"])
def test_family(text: str) -> None:
    assert lockers.for_family(text)


@pytest.mark.parametrize("text", ["放好了", "关好了", "我放进去了", "存好了。"])
def test_put_in(text: str) -> None:
    assert lockers.is_put_in(text)
    assert not lockers.HINTS.isdisjoint(text)


@pytest.mark.parametrize("text", ["居住证怎么办", "我要投诉", "开门时间是几点", "帮我取消预约", "楼道堆放杂物"])
def test_other_needs_are_left_alone(text: str) -> None:
    assert not lockers.asks_who(text)
    assert not lockers.wants_new_code(text)
    assert not lockers.for_family(text)
    assert not lockers.is_put_in(text)
    assert lockers.wish_in(text) is None
    assert lockers.opened(text) is None
    assert not lockers.is_courier(text)
