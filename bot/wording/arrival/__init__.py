"""Every sentence about arriving: the chat, refusals, the hall's screen and the staff's roster."""

from bot.wording.arrival import console, dialogue, refusals

__all__ = ["console", "dialogue", "refusals"]
