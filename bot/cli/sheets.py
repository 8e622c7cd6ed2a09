"""`weizhan import` and `weizhan export`: the staff's workbooks, in all rows or none, and out."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import app as build
from bot import settings, sheets
from bot.cli.office import sealed_store
from bot.errors import OperatorError
from bot.privacy import Seal
from bot.rules import audit, grid
from bot.rules.audit import Act
from bot.rules.office import Office
from bot.settings import Settings
from bot.store import Session, Store, transaction
from bot.wording import grid as say

MOST_SHOWN = 50


class Kind(StrEnum):
    """What a table can hold; the names are those of `sheets.KINDS`."""

    STATIONS = "stations"
    GRIDS = "grids"
    CONTACTS = "contacts"
    RESIDENTS = "residents"
    LOCKERS = "lockers"
    STAFF = "staff"
    SERVICES = "services"
    ACTIVITIES = "activities"
    COURSES = "courses"
    PARTY_MEMBERS = "party-members"


File = Annotated[Path, typer.Argument(help="A table: .xlsx or .csv.")]


def register(app: typer.Typer) -> None:
    app.command("import")(take_in)
    app.command("export")(give_out)


def take_in(
    kind: Annotated[Kind, typer.Argument(help="What the table holds.")],
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything and keep nothing.")] = False,
) -> None:
    """Take in a table: all rows or none, each wrong one named with its line and reason."""
    chosen = settings.load()
    try:
        with _kept_unless(dry_run, _store(chosen, kind)) as session:
            taken = sheets.take_in(_office(session, chosen), kind.value, file)
            findings = grid.check(session, taken.communities, datetime.now(chosen.zone).date())
    except sheets.WrongRows as error:
        for problem in error.problems[:MOST_SHOWN]:
            sys.stdout.write(f"{problem}\n")
        raise
    for found in findings[:MOST_SHOWN]:
        sys.stdout.write(f"{say.finding(found)}\n")
    if taken.communities:
        sys.stdout.write(f"{say.summary(len(findings))}\n")
    done = "checked, nothing kept" if dry_run else "imported"
    sys.stdout.write(f"{kind.value}: {taken.rows} rows {done}, {taken.changed} different from before\n")


def give_out(
    kind: Annotated[Kind, typer.Argument(help="What the table shall hold.")],
    file: File,
    template: Annotated[bool, typer.Option("--template", help="The headings alone, to be filled in.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Personal data unmasked; needs --reason.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why the personal data are needed; kept.")] = "",
) -> None:
    """Write a table that `import` takes back as it is; personal data are masked unless in --full."""
    if template:
        sheets.give_template(kind.value, file)
        sys.stdout.write(f"written: {file} (headings of {kind.value})\n")
        return
    full = full and sheets.is_personal(kind.value)  # of anything else everything is shown anyway
    if full and not reason.strip():
        raise OperatorError("--full needs a reason that is written down: --reason TEXT")
    chosen = settings.load()
    with closing(_store(chosen, kind)) as store, transaction(store) as session:
        office = _office(session, chosen)
        if full:
            told = {"reason": reason, "file": file.name, "by": getpass.getuser()}
            audit.add(office, Act("sheet.exported_full", None, kind.value, details=told))
        rows = sheets.give_out(office, kind.value, file, full=full)
    sys.stdout.write(f"written: {file} ({rows} {kind.value})\n")


def _office(session: Session, chosen: Settings) -> Office:
    return Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())


def _store(chosen: Settings, kind: Kind) -> Store:
    """The database of the settings. Raises OperatorError where people would be sealed with another secret, or none."""
    if chosen.secret_key or sheets.is_personal(kind.value):
        return sealed_store(chosen)
    return build.store_of(chosen)


class _NotKept(Exception):
    """Ends a transaction that was only a trial."""


@contextmanager
def _kept_unless(dry_run: bool, store: Store) -> Iterator[Session]:
    """One transaction on it; after a trial run it is as it was before."""
    with closing(store):
        try:
            with transaction(store) as session:
                yield session
                if dry_run:
                    raise _NotKept
        except _NotKept:
            return
