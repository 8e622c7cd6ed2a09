"""The `weizhan` command: one line on stderr for every error, 2 for wrong usage, 1 for a failure."""

import sys

import typer
from typer._click import exceptions as usage  # typer carries its own click and shows no other door to its errors

from bot.cli import (
    api_key,
    ask,
    cabinet,
    city,
    db,
    destination,
    faq,
    group,
    holiday,
    learning,
    menu,
    serve,
    sheets,
    staff,
    station,
)
from bot.errors import OperatorError

app = typer.Typer(
    name="weizhan", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)
for module in (serve, ask, sheets, menu, city, cabinet):
    module.register(app)
learning.register(faq.app)
app.add_typer(faq.app, name="faq")
app.add_typer(db.app, name="db")
app.add_typer(staff.app, name="staff")
app.add_typer(station.app, name="station")
app.add_typer(destination.app, name="destination")
app.add_typer(group.app, name="group")
app.add_typer(api_key.app, name="api-key")
app.add_typer(holiday.app, name="holiday")


def main() -> None:
    """Run the command line; the status says what happened."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run the command with these words; returns its exit status."""
    try:
        status = app(words, prog_name="weizhan", standalone_mode=False)
    except usage.UsageError as error:
        return _say(error.format_message(), 2)
    except usage.ClickException as error:
        return _say(error.format_message(), 1)
    except typer.Abort:
        return _say("stopped", 1)
    except OperatorError as error:
        return _say(str(error), 1)
    except BrokenPipeError:
        return 1
    return status if isinstance(status, int) else 0


def _say(what: str, status: int) -> int:
    print(f"weizhan: {what}", file=sys.stderr)  # noqa: T201 - a command line talks
    return status
