"""Courses in the chat: what is on, one of them, enrolling in a lesson or in all of them."""

from bot.handlers.course import join, look
from bot.router import Router

router = Router().including([look.router, join.router])
