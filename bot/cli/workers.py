"""Several processes behind one port: started, replaced when they die, stopped together."""

import os
import signal
import subprocess
from dataclasses import dataclass

import typer

from bot.errors import OperatorError

MOST_FAILED_STARTS = 3
READY = b"+"


def supervise(command: list[str], workers: int) -> None:
    """Run so many of the command and start anew whichever dies, until told to stop.

    The command gets `--ready-fd N` and calls `say_ready(N)` once it serves. Raises OperatorError when several in a
    row end before that: the reason stands above, in their own words.
    """
    crew = _Crew(command)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: crew.stop())
    try:
        for _ in range(workers):
            crew.start()
        while not crew.stopping:
            crew.replace_one()
    finally:
        crew.stop()
        crew.wait()


def say_ready(ready_fd: int) -> None:
    """Tell the supervisor that this worker serves."""
    os.write(ready_fd, READY)


@dataclass(frozen=True, slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    ready_fd: int  # our end of a pipe

    def ever_served(self) -> bool:
        """Of a process that has ended; asked once."""
        try:
            return os.read(self.ready_fd, 1) == READY
        finally:
            os.close(self.ready_fd)


class _Crew:
    """The workers, and how many in a row ended before they served."""

    def __init__(self, command: list[str]) -> None:
        self.stopping = False
        self._command = command
        self._running: dict[int, _Worker] = {}
        self._failed_starts = 0

    def start(self) -> None:
        ours, theirs = os.pipe()
        command = [*self._command, "--ready-fd", str(theirs)]
        process = subprocess.Popen(command, pass_fds=(theirs,))  # noqa: S603 - our own command
        os.close(theirs)
        self._running[process.pid] = _Worker(process, ours)

    def replace_one(self) -> None:
        """Wait until one ends and start another. Raises OperatorError after too many failed starts."""
        gone, status = os.wait()
        if self.stopping or gone not in self._running:
            return
        worker = self._running.pop(gone)
        worker.process.returncode = os.waitstatus_to_exitcode(status)
        self._failed_starts = 0 if worker.ever_served() else self._failed_starts + 1
        if self._failed_starts == MOST_FAILED_STARTS:
            raise OperatorError(f"{MOST_FAILED_STARTS} workers in a row could not start; see their errors above")
        typer.echo(f"weizhan: worker {gone} ended with {worker.process.returncode}, starting another", err=True)
        self.start()

    def stop(self) -> None:
        self.stopping = True
        for worker in list(self._running.values()):
            worker.process.terminate()

    def wait(self) -> None:
        for worker in self._running.values():
            worker.process.wait()
