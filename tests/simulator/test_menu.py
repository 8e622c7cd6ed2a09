"""The account's menu and the rules for one."""

from __future__ import annotations

import pytest

from bot.simulator import Platform
from tests.simulator.client import Api


def _button(**change: object) -> dict[str, object]:
    return {"type": "click", "name": "找人", "key": "find", **change}


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([], 40016),
        ([_button()] * 4, 40016),
        ([_button(name="六个汉字不行")], 40018),
        ([_button(name="")], 40018),
        ([_button(key="k" * 129)], 40019),
        ([_button(type="dance")], 40017),
        ([_button(type="view", url="http://a.b/" + "x" * 1014)], 40020),
        ([_button(type="view", url="ftp://a.b")], 40055),
        ([_button(sub_button=[_button()] * 6)], 40023),
        ([_button(sub_button=[_button(name="二十一个汉字" * 4)])], 40025),
        ([_button(sub_button=[_button(sub_button=[_button()])])], 40022),
        ([_button(sub_button=[_button(type="view", url="")])], 40027),
        ([_button(sub_button=[_button(key="")])], 40026),
    ],
)
async def test_menus_the_platform_refuses(api: Api, buttons: list[dict[str, object]], code: int) -> None:
    assert await api.code("/cgi-bin/menu/create", {"button": buttons}) == code
    assert (await api.get("/cgi-bin/menu/get"))["errcode"] == 46003


async def test_a_menu_is_published_read_and_deleted(platform: Platform, api: Api) -> None:
    buttons = [{"name": "办事", "sub_button": [_button(name="十" * 20, key="k" * 128)]}, _button(name="一二三四五")]
    assert await api.code("/cgi-bin/menu/create", {"button": buttons}) == 0
    got = (await api.get("/cgi-bin/menu/get"))["menu"]
    assert got["button"][0]["sub_button"][0]["key"] == "k" * 128
    assert (await api.get("/cgi-bin/get_current_selfmenu_info"))["is_menu_open"] == 1
    await api.get("/cgi-bin/menu/delete")
    assert platform.menu is None
