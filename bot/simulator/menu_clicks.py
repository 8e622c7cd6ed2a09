"""What pressing a button of the menu pushes, by the button's type."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.simulator import media, pushes
from bot.simulator.errors import Refused
from bot.simulator.ledger import Opening
from bot.simulator.menu import OWN_TYPES, PICTURE_TYPES, SCAN_TYPES, Button
from bot.simulator.people import Person
from bot.simulator.pushes import Push
from bot.simulator.wire import XmlFields
from bot.simulator.words import sentence
from bot.simulator.world import World

PIN_SCALE = 15


@dataclass(frozen=True, slots=True)
class Press:
    """What the person adds on the screen a button opens: the code scanned, the pictures chosen, the place picked."""

    result: str = ""
    pictures: tuple[bytes, ...] = ()
    lat: float = 0.0
    lon: float = 0.0
    label: str = ""


def find(world: World, key_or_name: str) -> Button:
    """Raises Refused `no_such_button`."""
    button = world.menu.button(key_or_name) if world.menu else None
    if button is None or button.kind in OWN_TYPES:
        raise Refused("no_such_button", f"the menu has no button {key_or_name} that tells the account")
    return button


def opening(button: Button) -> Opening | None:
    """Only these types let the account write."""
    return Opening.MENU if button.kind == "click" or button.kind in SCAN_TYPES else None


def push(world: World, person: Person, button: Button, press: Press) -> Push:
    """Raises Refused `bad_request` where `press` lacks something."""
    if button.kind == "click":
        return pushes.event(person, "CLICK", {"EventKey": button.key})
    if button.kind in ("view", "miniprogram"):
        return _opens_page(world, person, button)
    details = _DETAILS["picture" if button.kind in PICTURE_TYPES else button.kind](press, button)
    return pushes.event(person, button.kind, {"EventKey": button.key, **details})


def pictures(button: Button, press: Press) -> tuple[bytes, ...]:
    """What follows as messages."""
    return press.pictures if button.kind in PICTURE_TYPES else ()


def with_sample(button: Button, press: Press) -> Press:
    """The same with a picture, for a person who has no file at hand."""
    if button.kind not in PICTURE_TYPES or press.pictures:
        return press
    return Press(press.result, (media.sample_picture(),), press.lat, press.lon, press.label)


def _opens_page(world: World, person: Person, button: Button) -> Push:
    name, key = ("VIEW", button.url) if button.kind == "view" else ("view_miniprogram", button.key)
    menu_id = world.menu.id if world.menu else 0
    return pushes.event(person, name, {"EventKey": key, "MenuId": menu_id})


def _scanned(press: Press, button: Button) -> XmlFields:
    if not press.result:
        raise Refused("bad_request", f"{button.kind} needs the result of the scan")
    return pushes.scanned("qrcode", press.result)


def _pictures(press: Press, _: Button) -> XmlFields:
    digests = [hashlib.md5(one, usedforsecurity=False).hexdigest() for one in press.pictures]
    return pushes.pictures(digests)


def _place(press: Press, button: Button) -> XmlFields:
    if not press.lat or not press.lon:
        raise Refused("bad_request", f"{button.kind} needs a place")
    return pushes.place(press.lat, press.lon, press.label or sentence("place"), sentence("poi"), PIN_SCALE)


_DETAILS: Mapping[str, Callable[[Press, Button], XmlFields]] = {
    **dict.fromkeys(SCAN_TYPES, _scanned),
    "picture": _pictures,
    "location_select": _place,
}
