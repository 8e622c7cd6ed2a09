"""`weizhan menu push`: publishes the official account's menu."""

import asyncio
import json
import sys
from datetime import datetime
from typing import Any

import typer

from bot import app as build
from bot import settings
from bot.channels.official_account.client import Answer, Client
from bot.channels.official_account.menu import menu
from bot.errors import OperatorError
from bot.settings import Settings

group = typer.Typer(no_args_is_help=True, help="The official account's menu.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="menu")


@group.command()
def show() -> None:
    """Print the menu as it would be published."""
    sys.stdout.write(json.dumps(_menu(settings.load()), ensure_ascii=False, indent=2) + "\n")


@group.command()
def push() -> None:
    """Publish the menu; followers see it within five minutes."""
    chosen = settings.load()
    for name in ("wechat_app_id", "wechat_app_secret"):
        if not getattr(chosen, name):
            raise OperatorError(f"WEIZHAN_{name.upper()} is empty; copy it from the account's developer page")
    for wrong in settings.unsafe_api(chosen):
        raise OperatorError(wrong)
    answer = asyncio.run(_pushed(chosen))
    if not answer.ok:
        raise OperatorError(f"the platform refused the menu: {answer.errcode.code} {answer.errcode.meaning}")
    sys.stdout.write("menu published\n")


def _menu(chosen: Settings) -> dict[str, Any]:
    return menu(chosen.public_url if chosen.wechat_oauth else "")


class _OwnToken:
    """A token for this one run."""

    def __init__(self) -> None:
        self._kept: tuple[str, datetime] | None = None

    async def get(self) -> tuple[str, datetime] | None:
        return self._kept

    async def put(self, token: str, expires_at: datetime) -> None:
        self._kept = (token, expires_at)


async def _pushed(chosen: Settings) -> Answer:
    client = Client(
        base=chosen.wechat_api_base,
        app_id=chosen.wechat_app_id,
        secret=chosen.wechat_app_secret,
        tokens=_OwnToken(),
        now=build.utc_now,
    )
    await client.open()
    try:
        return await client.create_menu(_menu(chosen))
    finally:
        await client.close()
