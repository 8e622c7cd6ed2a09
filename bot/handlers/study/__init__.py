"""Study in the chat: watching a lesson live or again, confirming a replay, the hours of the year."""

from bot.handlers.study import record, watch, watched
from bot.router import Router

router = Router().including([watch.router, watched.router, record.router])
