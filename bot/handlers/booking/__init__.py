"""Booking in the chat: services and rooms, what one has, moving and cancelling, waiting and rating."""

from bot.handlers.booking import changes, keep, mine, order
from bot.router import Router

router = Router().including([order.router, changes.router, mine.router, keep.router])
