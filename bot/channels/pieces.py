"""Long words in pieces that a message can hold: cut between lines, else after a sentence, never inside a character."""

from collections.abc import Iterator

ENDS = "。！？；!?;"


def pieces(text: str, most: int) -> list[str]:
    """The text in pieces of at most so many UTF-8 bytes each; together they are the text, but for blank edges."""
    found: list[str] = []
    for line in _short_lines(text, most):
        joined = f"{found[-1]}\n{line}" if found else line
        if found and len(joined.encode()) <= most:
            found[-1] = joined
        else:
            found.append(line)
    return [piece for piece in (one.strip("\n") for one in found) if piece.strip()]


def _short_lines(text: str, most: int) -> Iterator[str]:
    """The lines, those that are too long cut."""
    for line in text.splitlines():
        rest = line
        while len(rest.encode()) > most:
            cut = _cut(rest, most)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _cut(line: str, most: int) -> int:
    """After how many characters: behind the last sentence that fits, else behind the last character that does."""
    fits = len(line.encode()[:most].decode(errors="ignore"))
    end = max(line.rfind(mark, 0, fits) for mark in ENDS)
    return end + 1 if end >= fits // 2 else fits
