"""The account's menu as the platform wants it, made from menu.toml. Source: docs/wechat.md §7."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any


def menu(pages: str = "") -> dict[str, Any]:
    """The body of `menu/create`. `pages`: where our pages are that tell by themselves who opens them, "" for none."""
    raw = tomllib.loads((files(__package__) / "menu.toml").read_text("utf-8"))
    return {"button": [{"name": top["name"], "sub_button": list(_below(top["below"], pages))} for top in raw["button"]]}


def _below(items: list[dict[str, str]], pages: str) -> Iterator[dict[str, str]]:
    for item in items:
        if "page" not in item:
            yield {"type": item.get("type", "click"), "name": item["name"], "key": item["key"]}
        elif pages:
            yield {"type": "view", "name": item["name"], "url": pages.rstrip("/") + item["page"]}
