"""`weizhan city`: fills an empty database with a synthetic city of any size."""

import sys
from contextlib import closing
from time import perf_counter
from typing import Annotated

import typer

from bot import app as build
from bot import settings
from bot.errors import OperatorError
from bot.privacy import Seal
from bot.samples import city
from bot.store import mark, transaction

MOST_RESIDENTS = 30_000_000
Count = Annotated[int, typer.Option(min=0, max=MOST_RESIDENTS)]


def register(app: typer.Typer) -> None:
    app.command("city")(fill)


def fill(
    stations: Count = 200,
    lockers: Count = 0,
    residents: Count = 3_000_000,
    seed: Annotated[int, typer.Option(min=0, help="Another seed is another city.")] = 1,
) -> None:
    """Fill an empty database with a synthetic city: places, posts, residents, complaints; nobody of it exists."""
    if not stations and not residents:
        raise OperatorError("a city needs something in it: --stations N or --residents N")
    chosen = settings.load()
    seal = Seal(chosen.secret_key)
    plan = city.Plan(stations, residents, lockers, seed, build.utc_now(), chosen.zone, seal)
    started = perf_counter()
    with closing(build.store_of(chosen)) as store, transaction(store) as session:
        mark.check(session, seal)
        counts = city.fill(session, plan)
    for table, rows in counts.items():
        sys.stdout.write(f"{table}\t{rows}\n")
    sys.stdout.write(f"{sum(counts.values())} rows in {perf_counter() - started:.0f} seconds\n")
