"""The machine under the bench: cores, processor time, memory, and how long its disk takes to keep a promise."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from time import perf_counter

_TICK = os.sysconf("SC_CLK_TCK")
_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = _CORES[0], _CORES[min(1, len(_CORES) - 1)]
PROMISES = 200


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Keep this process on one core for a while; what it starts meanwhile stays there."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def cpu_seconds(pid: int) -> float:
    """Processor time of a process with all its threads: user and system. See proc(5)."""
    return sum(map(int, _fields(pid)[11:13])) / _TICK


def family_cpu_seconds(parent: int) -> float:
    """Processor time of a process, its children, and those of them that ended already."""
    children = [ticks for path in Path("/proc").glob("[0-9]*") if (ticks := _ticks_below(path, parent))]
    return (sum(map(int, _fields(parent)[11:15])) + sum(children)) / _TICK


def memory_mib(pid: int) -> tuple[float, float]:
    """What a process holds in memory now, and the most it ever did, in MiB."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024, int(lines["VmHWM"].split()[0]) / 1024


def disk_milliseconds(folder: Path) -> tuple[float, float]:
    """Median and 99th percentile of writing 4 KiB durably where the databases of the bench stand."""
    took = []
    with (folder / "promise").open("wb", buffering=0) as file:
        for _ in range(PROMISES):
            began = perf_counter()
            file.write(b"x" * 4096)
            os.fdatasync(file.fileno())
            took.append(1000 * (perf_counter() - began))
    cuts = quantiles(took, n=100)
    return cuts[49], cuts[98]


def _fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on: the second may hold blanks."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _ticks_below(path: Path, parent: int) -> int:
    """User and system time of the process if it is a child of that parent; none if it ends while we look."""
    try:
        fields = _fields(int(path.name))
    except OSError:
        return 0
    return sum(map(int, fields[11:13])) if int(fields[1]) == parent else 0
