"""Groups: how the assistant behaves in them, and how what was said there goes on in private."""

from bot.handlers.group import carried
from bot.handlers.group.manners import among_people
from bot.router import Router

__all__ = ["among_people", "router"]

router = Router().including([carried.router])
