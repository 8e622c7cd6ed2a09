"""`weizhan holiday`: days that are not as the published calendar has them."""

import sys
from datetime import date, datetime
from typing import Annotated

import typer

from bot.cli.office import opened
from bot.errors import OperatorError
from bot.rules import audit, holiday
from bot.rules.audit import Act
from bot.store import holiday as days
from bot.store.holiday import DayKind
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
    with opened() as office:
        holiday.decide(office, day.date(), kind, name)
        audit.add(office, Act("holiday.decided", None, day.date().isoformat(), details={"kind": kind.value}))
    sys.stdout.write(f"{day.date()}: {kind.value}, {name}\n")


@app.command()
def drop(day: Day) -> None:
    """Leave a day to the published calendar again."""
    with opened() as office:
        if not holiday.leave_to_calendar(office, day.date()):
            raise OperatorError(f"{day.date()} is left to the calendar already; weizhan holiday list shows the others")
        audit.add(office, Act("holiday.left", None, day.date().isoformat()))
    sys.stdout.write(f"{day.date()}: as the calendar has it\n")


@app.command("list")
def everything() -> None:
    """Show the days that the staff decided."""
    with opened() as office:
        for one in days.decided(office.session):
            sys.stdout.write(f"{_day(one.day)}  {one.kind}  {one.name}\n")


def _day(day: date) -> str:
    return f"{day.isoformat()} ({day:%a})"
