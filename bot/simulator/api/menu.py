"""The account's menu: publish, read, delete."""

from __future__ import annotations

from collections.abc import Mapping

from bot.simulator.api.call import OK, Answer, Call, Endpoint
from bot.simulator.errors import PlatformError
from bot.simulator.jsons import JsonValue
from bot.simulator.menu import Menu, published


def create(call: Call) -> Answer:
    """Replaces the menu there is."""
    call.world.set_menu(published(call.body))
    return OK


def get(call: Call) -> Answer:
    menu = _menu(call)
    buttons: list[JsonValue] = [_listed(button) for button in menu.buttons]
    return {"menu": {"button": buttons, "menuid": menu.id}}


def current(call: Call) -> Answer:
    """The menu in the other shape, with the level below in a list."""
    menu = call.world.menu
    if menu is None:
        return {"is_menu_open": 0, "selfmenu_info": {"button": []}}
    buttons: list[JsonValue] = [_in_lists(button) for button in menu.buttons]
    return {"is_menu_open": 1, "selfmenu_info": {"button": buttons}}


def delete(call: Call) -> Answer:
    call.world.set_menu(None)
    return OK


def _menu(call: Call) -> Menu:
    if call.world.menu is None:
        raise PlatformError(46003)
    return call.world.menu


def _listed(button: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Every button has the level below, be it empty."""
    below = button.get("sub_button")
    subs = [_listed(sub) for sub in below if isinstance(sub, Mapping)] if isinstance(below, list) else []
    return {**button, "sub_button": subs}


def _in_lists(button: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    below = button.get("sub_button")
    if not below:
        return {name: value for name, value in button.items() if name != "sub_button"}
    return {**button, "sub_button": {"list": below}}


ENDPOINTS = {
    "/cgi-bin/menu/create": Endpoint(create, quota="menu_create"),
    "/cgi-bin/menu/get": Endpoint(get, "GET", quota="menu_get"),
    "/cgi-bin/get_current_selfmenu_info": Endpoint(current, "GET", quota="menu_get"),
    "/cgi-bin/menu/delete": Endpoint(delete, "GET", quota="menu_delete"),
}
