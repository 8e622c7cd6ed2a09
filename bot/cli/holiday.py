"""`weizhan holiday`: days that are not as the published calendar has them."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from typing import Annotated

import typer

from bot import app as build
from bot import settings
from bot.errors import OperatorError, Refusal
from bot.privacy import Seal
from bot.rules import audit, holiday
from bot.rules.audit import Act
from bot.rules.office import Office
from bot.store import holiday as days
from bot.store import transaction
from bot.store.holiday import DayKind
from bot.wording import explain
from bot.wording import holiday as _words  # noqa: F401 - gives the refusals their words

app = typer.Typer(no_args_is_help=True, help="Holidays, and weekend days that are worked for them.")
Day = Annotated[datetime, typer.Argument(metavar="DAY", formats=["%Y-%m-%d"], help="Such as 2027-01-01.")]


@app.command()
def add(
    day: Day,
    kind: Annotated[DayKind, typer.Argument(help="What it is, whatever its weekday.")],
    name: Annotated[str, typer.Argument(help="What residents read as the reason.")],
) -> None:
    """Decide what a day is; by when open tickets are due is counted anew within minutes."""
    with _office() as office:
        holiday.decide(office, day.date(), kind, name)
        audit.add(office, Act("holiday.decided", None, day.date().isoformat(), details={"kind": kind.value}))
    sys.stdout.write(f"{day.date()}: {kind.value}, {name}\n")


@app.command()
def drop(day: Day) -> None:
    """Leave a day to the published calendar again."""
    with _office() as office:
        if not holiday.leave_to_calendar(office, day.date()):
            raise OperatorError(f"{day.date()} is left to the calendar already; weizhan holiday list shows the others")
        audit.add(office, Act("holiday.left", None, day.date().isoformat()))
    sys.stdout.write(f"{day.date()}: as the calendar has it\n")


@app.command("list")
def everything() -> None:
    """Show the days that the staff decided."""
    with _office() as office:
        for one in days.decided(office.session):
            sys.stdout.write(f"{_day(one.day)}  {one.kind}  {one.name}\n")


def _day(day: date) -> str:
    return f"{day.isoformat()} ({day:%a})"


@contextmanager
def _office() -> Iterator[Office]:
    """A transaction on the database of the settings; a refusal becomes the one line of an error."""
    chosen = settings.load()
    with closing(build.store_of(chosen)) as store:
        build.check_secret(store, chosen)
        try:
            with transaction(store) as session:
                yield Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
        except Refusal as refusal:
            raise OperatorError(explain(refusal)) from refusal
