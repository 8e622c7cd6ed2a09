"""The chat of every capability, a module each; this list is all of them."""

from bot.handlers import contact, desk, faq, station, ticket
from bot.router import Router

__all__ = ["all_routers"]


def all_routers() -> Router:
    """One table of everything the assistant can talk about."""
    return Router().including([desk.router, faq.router, contact.router, station.router, ticket.router])
