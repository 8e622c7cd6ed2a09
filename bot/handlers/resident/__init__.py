"""A resident's own details and rights in the chat: tell, see, erase, and choose what news to get."""

from bot.handlers.resident import erasing, invited, mine, news, telling
from bot.router import Router

router = Router().including([telling.router, mine.router, erasing.router, news.router, invited.router])
