"""One structured line for each thing worth knowing, as text or JSON, with personal data masked."""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from io import TextIOBase
from typing import Any, TextIO, cast

import structlog

from bot.privacy import masked

_PLAIN = {"event", "level", "timestamp", "number", "size", "waiting", "errcode", "status", "notice"}


def configure(*, level: str, form: str) -> None:
    """Set up logging for this process; `form` is text or json. The log goes to stderr."""
    drawn: Any = structlog.dev.ConsoleRenderer(colors=False)
    if form == "json":
        drawn = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            mask,
            drawn,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, _Steadfast(sys.stderr))),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Masked("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class _Steadfast(TextIOBase):
    """A stream whose writers never fail: where the log's disk is full, its line is lost and nothing else."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


class _Masked(logging.Formatter):
    """For what the libraries say: their words and tracebacks may hold anything."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


def mask(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide what points to a person in every value a line was given, tracebacks included."""
    for name, value in line.items():
        if name not in _PLAIN:
            line[name] = _hidden(value)
    return line


def _hidden(value: object) -> object:
    """The value masked: text, whatever is made of it, numbers long enough to be a code, and things as they show."""
    if value is None or isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 1000):
        return value
    if isinstance(value, Mapping):
        return {masked(str(name)): _hidden(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden(inner) for inner in value]
    return masked(value if isinstance(value, str) else repr(value))
