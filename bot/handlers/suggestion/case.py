"""The suggestion a question is about, kept in its memo by id."""

from uuid import UUID

from bot.router import Turn
from bot.store import suggestion as rows
from bot.store.suggestion import Suggestion


def of_question(turn: Turn) -> Suggestion | None:
    """The open suggestion of the question; None where it is gone or decided, or others read along."""
    kept = turn.memo.get("suggestion")
    row = rows.suggestion(turn.session, UUID(str(kept))) if kept else None
    return row if row is not None and row.is_open and not turn.overheard else None


def memo(row: Suggestion, **more: object) -> dict[str, object]:
    return {"suggestion": str(row.id), **more}
