"""The ticket a question is about, kept in its memo by id."""

from uuid import UUID

from bot.router import Turn
from bot.store import ticket as tickets
from bot.store.ticket import Ticket

FALSE_ALARM = "false_alarm"  # the choice that takes a danger back


def of_question(turn: Turn, name: str = "ticket") -> Ticket | None:
    """The ticket the open question is about; None where it is gone."""
    kept = turn.memo.get(name)
    return tickets.ticket(turn.session, UUID(str(kept))) if kept else None


def memo(ticket: Ticket, **more: object) -> dict[str, object]:
    return {"ticket": str(ticket.id), **more}
