"""Activities in the chat: what is on, enrolling, what one has, giving up, checking in."""

from bot.handlers.activity import arrive, join, look, mine
from bot.router import Router

router = Router().including([look.router, join.router, mine.router, arrive.router])
