"""Neighbours' help in the chat: the board, one's own posts, and hands held out."""

from bot.handlers.aid import board, hand, post
from bot.router import Router

router = Router().including([board.router, post.router, hand.router])
