"""The `weizhan` command as an operator types it, in this process or in one of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import structlog

from bot.cli import run
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


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment with these settings and no others; a faq folder and a secret unless said."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("WEIZHAN_")}
    chosen = {"faq_dir": str(ROOT / "faq"), "secret_key": SECRET, **(settings or {})}
    return {**bare, **{f"WEIZHAN_{name.upper()}": value for name, value in chosen.items()}}


def weizhan(*words: str, folder: Path, typed: str = "", settings: Mapping[str, str] | None = None) -> Said:
    """Run the command in a folder, with something on its stdin."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, environment(settings), clear=True),
        mock.patch.object(sys, "stdin", io.StringIO(typed)),
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            status = run(list(words))
        finally:
            structlog.reset_defaults()
    return Said(status, out.getvalue(), err.getvalue())


def weizhan_process(*words: str | bytes, folder: Path, settings: Mapping[str, str] | None = None) -> Said:
    """Run the command as a process of its own."""
    command: list[str | bytes] = [sys.executable, "-m", "bot.cli", *words]
    env = {**environment(settings), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=120, check=False)  # noqa: S603
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())
