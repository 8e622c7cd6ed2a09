"""`weizhan api-key`: who may speak to our interfaces: made, listed, dropped."""

import sys
from contextlib import closing
from typing import Annotated

import typer

from bot import app as build
from bot import settings
from bot.cli.office import opened
from bot.rules.forwarding import destinations
from bot.store import forwarding, transaction

app = typer.Typer(no_args_is_help=True, help="Who may speak to our interfaces.")
Code = Annotated[str, typer.Argument(help="A short name of your own for whoever gets the key.")]


@app.command()
def add(
    code: Code,
    within: Annotated[str, typer.Option(help="Code of the community or station it may see; all without.")] = "",
    destination: Annotated[str, typer.Option(help="The destination that reports with it on what it was sent.")] = "",
    may_post: Annotated[bool, typer.Option("--may-post", help="It may also post requests of its own.")] = False,
) -> None:
    """Make a key and print it. It is shown this once; only its hash is kept."""
    with opened() as office:
        key = destinations.add_key(office, code, within=within, destination=destination, may_post=may_post)
    sys.stdout.write(f"{key}\n")


@app.command("list")
def show() -> None:
    """The keys in use."""
    chosen = settings.load()
    with closing(build.store_of(chosen)) as store, transaction(store) as session:
        for one in forwarding.keys(session):
            if one.active:
                may = "reads and posts" if one.may_post else "reads"
                of = forwarding.destination_of(session, one.destination_id) if one.destination_id else None
                sys.stdout.write(f"{one.code}  {may}{f'  of destination {of.code}' if of else ''}\n")


@app.command()
def drop(code: Code) -> None:
    """Let the key open nothing any more."""
    with opened() as office:
        destinations.drop_key(office, code)
    sys.stdout.write(f"dropped: {code}\n")
