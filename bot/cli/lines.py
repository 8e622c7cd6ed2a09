"""Files with one thing a line, as people's editors write them."""

from pathlib import Path

from bot.errors import OperatorError


def lines_of(file: Path) -> list[str]:
    """The lines, whether they end as on Linux or on Windows; only a line break ends one. Raises OperatorError."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"{file} cannot be read: {error}") from error
    return text.removesuffix("\n").split("\n") if text else []
