"""`weizhan station clone`: a new station from one that works."""

import getpass
import sys
from typing import Annotated

import typer

from bot.cli.office import opened
from bot.rules import audit
from bot.rules.audit import Act
from bot.rules.station_clone import Own, clone

app = typer.Typer(no_args_is_help=True, help="Stations: a new one from another.")


@app.callback()
def station() -> None:
    """Stations: a new one from another."""


@app.command("clone")
def clone_station(
    code: Annotated[str, typer.Argument(help="The station to begin with.")],
    new: Annotated[str, typer.Argument(help="The code of the new one.")],
    name: Annotated[str, typer.Option(help="Its name; by default the other's.")] = "",
    address: Annotated[str, typer.Option(help="Its address.")] = "",
    phone: Annotated[str, typer.Option(help="Its telephone.")] = "",
) -> None:
    """Copy profile, hours, facilities and services; not its place, closures and people."""
    with opened() as office:
        made = clone(office, code, new, Own(name, address, phone))
        audit.add(office, Act("station.cloned", None, made.code, details={"of": code, "by": getpass.getuser()}))
    sys.stdout.write(f"station {new} made from {code}; check its name, address, telephone and place\n")
