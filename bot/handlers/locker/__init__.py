"""Cabinets in the chat: fetching, what waits, putting in, consent. In a group nothing of it."""

from bot.handlers.locker import book, consent, courier, door, fetch, here, mine, store
from bot.router import Router

router = Router().including(
    [courier.router, fetch.router, here.router, mine.router, book.router, store.router, consent.router, door.router]
)
