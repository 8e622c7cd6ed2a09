"""A GeoReport v2 server of our own: other systems pull tickets, post theirs, and report on what we sent them."""

from bot.web.api.open311.server import Open311

__all__ = ["Open311"]
