"""Members of the Party: who is one, and what follows from it."""

from bot.rules.member.reading import is_member

__all__ = ["is_member"]
