"""The `weizhan` command as an operator types it: a process of its own with its own settings."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT, SECRET


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on stderr, without the program's name."""
        [line] = self.err.splitlines()
        assert line.startswith("weizhan: "), line
        return line.removeprefix("weizhan: ")


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with these settings and no others; a faq folder and a secret unless said."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("WEIZHAN_")}
    chosen = {"faq_dir": str(ROOT / "faq"), "secret_key": SECRET, **settings}
    return {**bare, "PYTHONIOENCODING": "utf-8", **{f"WEIZHAN_{name.upper()}": value for name, value in chosen.items()}}


def weizhan(*words: str | bytes, folder: Path, typed: str = "", settings: Mapping[str, str] | None = None) -> Said:
    """Run the command in a folder, with something on its stdin."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *words],
        cwd=folder,
        env=environment(**(settings or {})),
        input=typed.encode(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())
