"""`weizhan group`: the groups in which the assistant is present: added, listed, tried out, dropped."""

import os
import sys
from contextlib import closing
from typing import Annotated

import typer

from bot import app as build
from bot import settings
from bot.cli.office import opened
from bot.errors import OperatorError
from bot.rules import group as rules
from bot.rules.group import Draft, Text
from bot.rules.office import Office
from bot.store import forwarding, transaction
from bot.store import group as rows
from bot.store.group import Audience, GroupChat, GroupKind
from bot.store.ids import new_id
from bot.wording import groups as say

app = typer.Typer(no_args_is_help=True, help="The groups in which the assistant is present.")
HOOK = "WEIZHAN_GROUP_HOOK"


@app.command()
def add(
    code: Annotated[str, typer.Argument(help="A short name of your own, such as dy-wg3.")],
    kind: Annotated[GroupKind, typer.Argument(help="What kind of group it is: docs/groups.md says what each can do.")],
    name: Annotated[str, typer.Option(help="What the staff call it.")],
    audience: Annotated[Audience, typer.Option(help="Who reads it.")] = Audience.RESIDENTS,
    within: Annotated[str, typer.Option(help="Code of the community or station that looks after it.")] = "",
    chat: Annotated[str, typer.Option(help="The platform's id of the chat, where it is known.")] = "",
    hook: Annotated[str, typer.Option(help=f"The push robot's whole address; better in {HOOK}.")] = "",
) -> None:
    """Take up a group; a gateway's secret is shown now and never again."""
    with opened() as office:
        area_id = forwarding.area_coded(office.session, within) if within else None
        if within and area_id is None:
            raise OperatorError(f"there is no community or station {within}; weizhan export grids shows the codes")
        given = hook or os.environ.get(HOOK, "") if kind is GroupKind.WEBHOOK else ""
        draft = Draft(code, name, kind, audience, area_id=area_id, chat_id=chat or None, hook=given)
        row = rules.add(office, draft)
        secret = rules.new_secret(office, row) if kind is GroupKind.GATEWAY else ""
    sys.stdout.write(f"added: {code} ({row.id})\n")
    if secret:
        sys.stdout.write(f"secret, shown this once: {secret}\npost to: /api/v1/groups/{row.id}/messages\n")


@app.command("list")
def show() -> None:
    """All groups in use, and how many posts stand where."""
    chosen = settings.load()
    with closing(build.store_of(chosen)) as store, transaction(store) as session:
        for one in rows.everywhere(session):
            trouble = f"  TROUBLE: {one.trouble}" if one.trouble else ""
            sys.stdout.write(f"{one.code}  {one.kind}  {one.audience}  {one.name}{trouble}\n")
        counts = ", ".join(f"{state} {number}" for state, number in sorted(rows.by_state(session).items()))
    sys.stdout.write(f"posts: {counts or 'none yet'}\n")


@app.command()
def test(code: Annotated[str, typer.Argument(help="The group's code.")]) -> None:
    """Have the server write one message that says it is a test; `weizhan group list` shows what became of it."""
    with opened() as office:
        rules.post(office, _named(office, code).id, Text(say.TEST), key=f"test {new_id()}")
    sys.stdout.write("queued: the running server sends it; weizhan group list shows the states\n")


@app.command()
def drop(code: Annotated[str, typer.Argument(help="The group's code.")]) -> None:
    """Write and answer nothing there any more; its keys are forgotten."""
    with opened() as office:
        rules.deactivate(office, _named(office, code))
    sys.stdout.write(f"dropped: {code}\n")


def _named(office: Office, code: str) -> GroupChat:
    found = rows.coded(office.session, code)
    if found is None or not found.active:
        raise OperatorError(f"there is no group {code} in use; weizhan group list shows them")
    return found
