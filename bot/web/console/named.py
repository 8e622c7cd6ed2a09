"""The id in an address, as a value."""

from uuid import UUID

from bot.web.console.page import NotThere, Visit


def named(visit: Visit, part: str = "id") -> UUID:
    """Raises NotThere for what is no id: it names nothing."""
    try:
        return UUID(visit.asked.path[part])
    except ValueError:
        raise NotThere from None
