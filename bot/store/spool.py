"""Messages that were acknowledged before the database could take them: a file that survives a crash.

Only a message nobody can wait for any longer comes here (docs/architecture.md, "four seconds"). What
stands here at the start is asked again; a message that was answered meanwhile is found as a retry.
"""

import json
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bot.errors import OperatorError
from bot.messages import Kind, Message, Opens, Spot
from bot.privacy import Seal


class Spool:
    """Append-only, sealed, flushed to the disk before it is acknowledged."""

    def __init__(self, file: Path, seal: Seal) -> None:
        self._file = file
        self._seal = seal
        self._lock = threading.Lock()
        self._open: set[tuple[str, str]] = set()

    def keep(self, message: Message) -> None:
        """Raises OSError when the disk does not take it."""
        line = self._seal.close(json.dumps(asdict(message), ensure_ascii=False, default=str)).hex()
        with self._lock, self._file.open("a", encoding="ascii") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
            self._open.add((message.sender, message.key))

    def left_over(self) -> list[Message]:
        """What an earlier run kept and nobody has said to be done, in its order."""
        messages = list(self._read())
        self._open |= {(message.sender, message.key) for message in messages}
        return messages

    def done(self, messages: Iterable[Message]) -> None:
        """These are in the database; when nothing is left the file goes."""
        with self._lock:
            self._open -= {(message.sender, message.key) for message in messages}
            if not self._open:
                self._file.unlink(missing_ok=True)

    def _read(self) -> Iterator[Message]:
        if not self._file.exists():
            return
        for line in self._file.read_text("ascii").splitlines():
            try:
                yield _message(json.loads(self._seal.open(bytes.fromhex(line))))
            except (ValueError, OperatorError):  # cut off by a crash, so never acknowledged
                continue


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
