"""`python -m bench [PART…] [--quick]`: speed and size of the product, each figure beside its baseline and its goal."""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from bench import machine
from bench.load import FULL, QUICK
from bench.parts import PARTS
from bench.report import Report
from bench.wire import WrongReply


def main() -> None:
    words = _arguments()
    if words.parts == ["profile"]:
        from bench.profile import main as profile  # it replaces parts of the product with its own clocks

        profile(functions=words.functions)
        return
    report = Report(
        notes=[f"the machine's load before: {os.getloadavg()[0]:.1f}; whatever else runs is in the figures"]
    )
    with tempfile.TemporaryDirectory(prefix="weizhan-bench-", dir=words.folder) as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as a user of its own
        for part in words.parts or PARTS:
            print(f"measuring: {part} …", file=sys.stderr)
            report.add(PARTS[part](folder, QUICK if words.quick else FULL))
        report.notes.append(_about(folder))
    print(report.drawn())


def _about(folder: Path) -> str:
    usual, rare = machine.disk_milliseconds(folder)
    return (
        f"{platform.machine()}, Python {platform.python_version()}, server on core {machine.SERVER_CORE}, "
        f"client on core {machine.CLIENT_CORE}; the disk keeps 4 KiB in {usual:.2f} ms (p50) / {rare:.2f} ms (p99)"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}, or profile alone; default: all")
    parser.add_argument("--quick", action="store_true", help="about 20 seconds, rough figures")
    parser.add_argument("--folder", type=Path, help="where the databases stand; default: the temporary folder")
    parser.add_argument("--functions", action="store_true", help="profile: the dearest functions too")
    words = parser.parse_args()
    if unknown := [part for part in words.parts if part not in PARTS and words.parts != ["profile"]]:
        parser.error(f"no part {unknown[0]!r}; there are {', '.join(PARTS)} and profile")
    return words


if __name__ == "__main__":
    try:
        main()
    except (WrongReply, RuntimeError) as error:
        sys.exit(f"bench: {type(error).__name__}: {error}")
