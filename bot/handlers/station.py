"""Stations in the chat: which one is near a shared place."""

from bot.messages import Kind, Reply
from bot.router import Router, Turn
from bot.rules import station
from bot.wording import station as say

router = Router()


@router.kind(Kind.LOCATION)
def near_here(turn: Turn) -> Reply | None:
    """A place shared outside any dialogue asks for what is near it."""
    if turn.message.spot is None:
        return None
    return Reply(say.nearby(station.nearest(turn.session, turn.message.spot)))
