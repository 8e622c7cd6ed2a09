"""The `weizhan` command as an operator types it, in this process or in one of its own."""

import io
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import structlog
from sqlalchemy import func, select
from sqlmodel import SQLModel

from bot.cli import run
from bot.store import open_store
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
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=120, check=False)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def counts(folder: Path, name: str = "town.db") -> dict[str, int]:
    """How many rows each table of a database in the folder has."""
    store = open_store(f"sqlite:///{folder / name}")
    with store.engine.connect() as connection:
        tables = SQLModel.metadata.sorted_tables
        found = {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
    store.close()
    return found


def objects(said: Said) -> list[dict[str, object]]:
    """The JSON object of each line printed."""
    assert (said.status, said.err) == (0, ""), said.err
    return [json.loads(line) for line in said.out.removesuffix("\n").split("\n")]


def nobody() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
