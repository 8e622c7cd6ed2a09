"""What people read at a cabinet: in the chat, in notices, and why something cannot be done."""

from bot.wording.locker.news import NOTICES

__all__ = ["NOTICES"]
