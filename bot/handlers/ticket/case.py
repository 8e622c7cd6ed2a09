"""The ticket a question is about, kept in its memo by id."""

from uuid import UUID

from bot.router import Turn
from bot.rules.ticket import Office
from bot.store import ticket as tickets
from bot.store.ticket import Ticket

FALSE_ALARM = "false_alarm"  # the choice that takes a danger back


def office(turn: Turn) -> Office:
    """The transaction and moment of this turn, as the rules of tickets want them."""
    return Office(turn.session, turn.seal, turn.zone, turn.now)


def of_question(turn: Turn, name: str = "ticket") -> Ticket | None:
    """The ticket the open question is about; None where it is gone."""
    kept = turn.memo.get(name)
    return tickets.ticket(turn.session, UUID(str(kept))) if kept else None


def memo(ticket: Ticket, **more: object) -> dict[str, object]:
    return {"ticket": str(ticket.id), **more}
