"""The keys file on a cabinet's host."""

import json
from pathlib import Path

from bot.errors import OperatorError
from bot.rules.locker.device import Keys


def read_keys(file: Path, serial: str) -> Keys:
    """What `weizhan cabinet key` printed. Raises OperatorError."""
    try:
        if file.stat().st_mode & 0o077:
            raise OperatorError(f"{file} can be read by others; run: chmod 600 {file}")
        value = json.loads(file.read_text("utf-8"))
        number = int(value["key"])
        keys = Keys(str(value["serial"]), {number: bytes.fromhex(value["line"])}, number, bytes.fromhex(value["lock"]))
    except OSError as error:
        raise OperatorError(f"{file} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise OperatorError(
            f"{file} holds no keys; write what `weizhan cabinet key {serial}` prints into it"
        ) from error
    if keys.cabinet != serial:
        raise OperatorError(f"{file} holds the keys of {keys.cabinet}, not of {serial}")
    return keys
