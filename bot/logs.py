"""One structured line for each thing worth knowing, as text or JSON, with personal data masked."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)


def mask(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide what points to a person in every value a line was given, tracebacks included."""
    for name, value in line.items():
        if isinstance(value, str) and name not in _PLAIN:
            line[name] = masked(value)
    return line
