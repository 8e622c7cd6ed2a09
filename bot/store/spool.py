"""Messages that were acknowledged before the database could take them: a file that survives a crash.

Only a message nobody can wait for any longer comes here (docs/architecture.md, "four seconds"). What
stands here at the start is asked again; a message that was answered meanwhile is found as a retry.
"""

import errno
import fcntl
import json
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from io import FileIO
from pathlib import Path
from uuid import uuid4

from bot.errors import OperatorError
from bot.messages import Kind, Message, Opens, Spot
from bot.privacy import Seal


class Spool:
    """Append-only, sealed, flushed to the disk before it is acknowledged.

    Each process writes a file of its own beside the others, `NAME-….spool`, and locks it while it lives;
    the files of those that died are taken over at the next start.
    """

    def __init__(self, folder: Path, seal: Seal, name: str = "weizhan") -> None:
        self._folder = folder
        self._name = name
        self._seal = seal
        self._lock = threading.Lock()
        self._open: set[tuple[str, str]] = set()
        self._files: list[FileIO] = []

    def keep(self, message: Message) -> None:
        """Raises OSError when the disk does not take it."""
        line = self._seal.close(json.dumps(asdict(message), ensure_ascii=False, default=str)).hex()
        record = f"\n{line}\n".encode()  # a line break first: the one before may have been cut off by a full disk
        with self._lock:
            file = self._mine()
            if file.write(record) != len(record):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file.fileno())
            self._open.add((message.sender, message.key))

    def left_over(self) -> list[Message]:
        """What an earlier run kept and nobody has said to be done, in its order."""
        with self._lock:
            self._files += [file for path in sorted(self._folder.glob(f"{self._name}*.spool")) for file in _taken(path)]
            messages = [message for file in self._files for message in self._read(file)]
            self._open |= {(message.sender, message.key) for message in messages}
            self._drop_if_done()
        return messages

    def done(self, messages: Iterable[Message]) -> None:
        """These are in the database; when nothing is left the file goes."""
        with self._lock:
            self._open -= {(message.sender, message.key) for message in messages}
            self._drop_if_done()

    def close(self) -> None:
        """Let go of the files; what stands in them is for the next start."""
        with self._lock:
            while self._files:
                self._files.pop().close()

    def _mine(self) -> FileIO:
        if not self._files:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = FileIO(self._folder / f"{self._name}-{uuid4().hex}.spool", "a+")
            fcntl.flock(file, fcntl.LOCK_EX)
            self._files.append(file)
            _flush_folder(self._folder)
        return self._files[0]

    def _drop_if_done(self) -> None:
        while self._files and not self._open:
            with self._files.pop() as file:
                Path(os.fsdecode(file.name)).unlink(missing_ok=True)

    def _read(self, file: FileIO) -> Iterator[Message]:
        file.seek(0)
        for line in file.readall().splitlines():
            try:
                yield _message(json.loads(self._seal.open(bytes.fromhex(line.decode("ascii")))))
            except (ValueError, OperatorError):  # cut off by a crash, so never acknowledged
                continue


def _taken(path: Path) -> Iterator[FileIO]:
    """The file, unless its process lives or has just finished with it."""
    try:
        file = FileIO(path, "r+")
    except FileNotFoundError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return
    if os.fstat(file.fileno()).st_nlink == 0:
        file.close()
        return
    file.seek(0, os.SEEK_END)
    yield file


def _flush_folder(folder: Path) -> None:
    """Make a new file's name durable too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _message(saved: dict[str, object]) -> Message:
    spot = saved.pop("spot")
    return Message(
        **{
            **saved,
            "kind": Kind(str(saved["kind"])),
            "opens": Opens(str(saved["opens"])),
            "sent_at": datetime.fromisoformat(str(saved["sent_at"])),
            "spot": Spot(**spot) if isinstance(spot, dict) else None,
        }  # type: ignore[arg-type]
    )
