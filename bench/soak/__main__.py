"""`python -m bench.soak`: kills the real server at random moments and prints what came of everything said to it."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from bench.soak import Plan, soak
from tests.support.postgres import server as database_server


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak; 1 where something was lost or happened twice."""
    options = _parser().parse_args(arguments)
    plan = Plan(options.kills, options.seconds, options.seed)
    with tempfile.TemporaryDirectory(prefix="weizhan-soak-") as name:
        folder = Path(name)
        database = database_server(folder) if options.postgresql else nullcontext()
        with database as running:
            url = running.create("soak") if running else f"sqlite:///{folder}/soak.db"
            table = asyncio.run(soak(url, folder, plan))
    sys.stdout.write(table.text())
    return 0 if table.is_whole else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=900.0, help="of killing at most, whatever was reached by then")
    parser.add_argument("--seed", type=int, default=20261122, help="of the moments and of what is said")
    parser.add_argument("--postgresql", action="store_true", help="instead of SQLite")
    return parser


if __name__ == "__main__":
    sys.exit(main())
