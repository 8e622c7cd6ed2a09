"""Volunteers in the chat: becoming one, the shifts, giving one up, swapping, hours."""

from bot.handlers.volunteer import become, drop, leaving, mine, shifts, swap
from bot.router import Router

router = Router().including([leaving.router, mine.router, swap.router, drop.router, shifts.router, become.router])
