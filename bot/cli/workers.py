"""Several processes behind one port, forked from one that has loaded everything; whichever dies is replaced."""

import gc
import os
import signal
from dataclasses import dataclass, field

import typer

from bot.errors import OperatorError

MOST_FAILED_STARTS = 3
READY = b"+"
STOPS = (signal.SIGTERM, signal.SIGINT)


def supervise(workers: int) -> int | None:
    """Fork so many workers and fork another for whichever dies, until told to stop.

    Comes back in each worker with what it has to `say_ready` to once it serves, and in the supervisor with None once
    all have ended. Nothing may run beside it: no thread, no open database. Raises OperatorError when several in a row
    end before they serve: the reason stands above, in their own words.
    """
    crew = _Crew()
    gc.freeze()  # what is loaded stays where it is, and is shared by all of them
    for name in STOPS:
        signal.signal(name, lambda _signal, _frame: crew.stop())
    try:
        while not crew.stopping:
            while len(crew.running) < workers and not crew.stopping:
                if (ready_fd := crew.start()) is not None:
                    return ready_fd
            crew.wait_for_one()
    except OperatorError:
        crew.stop()
        raise
    finally:
        if crew.is_supervisor:
            crew.wait()
    return None


def say_ready(ready_fd: int) -> None:
    """Tell the supervisor that this worker serves."""
    os.write(ready_fd, READY)


@dataclass(slots=True)
class _Crew:
    """The workers by their process, each with our end of a pipe; and how many in a row ended before they served."""

    running: dict[int, int] = field(default_factory=dict)
    stopping: bool = False
    is_supervisor: bool = True
    failed_starts: int = 0

    def start(self) -> int | None:
        """Fork one; in the worker, its end of the pipe. A word to stop waits until both know which they are."""
        ours, theirs = os.pipe()
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        pid = os.fork()
        if pid == 0:
            self.is_supervisor = False
            for name in STOPS:
                signal.signal(name, signal.SIG_DFL)
            os.close(ours)
        else:
            os.close(theirs)
            self.running[pid] = ours
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        return theirs if pid == 0 else None

    def wait_for_one(self) -> None:
        """Until one ends. Raises OperatorError after too many failed starts."""
        gone, status = os.wait()
        if gone not in self.running:
            return
        served = _has_served(self.running.pop(gone))
        if self.stopping:
            return
        self.failed_starts = 0 if served else self.failed_starts + 1
        if self.failed_starts == MOST_FAILED_STARTS:
            raise OperatorError(f"{MOST_FAILED_STARTS} workers in a row could not start; see their errors above")
        ended = os.waitstatus_to_exitcode(status)
        typer.echo(f"weizhan: worker {gone} ended with {ended}, starting another", err=True)

    def stop(self) -> None:
        self.stopping = True
        for pid in self.running:
            os.kill(pid, signal.SIGTERM)

    def wait(self) -> None:
        for pid in self.running:
            os.waitpid(pid, 0)


def _has_served(ready_fd: int) -> bool:
    """Of a process that has ended; asked once."""
    try:
        return os.read(ready_fd, 1) == READY
    finally:
        os.close(ready_fd)
