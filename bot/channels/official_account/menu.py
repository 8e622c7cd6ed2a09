"""The account's menu as the platform wants it, made from menu.toml. Source: docs/wechat.md §7."""

import tomllib
from importlib.resources import files
from typing import Any


def menu() -> dict[str, Any]:
    """The body of `menu/create`."""
    raw = tomllib.loads((files(__package__) / "menu.toml").read_text("utf-8"))
    return {"button": [{"name": top["name"], "sub_button": list(map(_below, top["below"]))} for top in raw["button"]]}


def _below(item: dict[str, str]) -> dict[str, str]:
    return {"type": item.get("type", "click"), "name": item["name"], "key": item["key"]}
