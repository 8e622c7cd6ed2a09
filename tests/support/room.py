"""Where the files of the tests lie: in memory where there is room, for most of what tests wait for is the disk."""

import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3  # bytes: a database server for each worker, and the files of the tests that run


def for_files() -> Path | None:
    """The folder for temporary files; None for the machine's usual one."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM else None
