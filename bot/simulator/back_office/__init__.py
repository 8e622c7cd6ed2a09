"""A city's back office on loopback: it takes complaints over Open311, well or badly, and says what becomes of them."""

from bot.simulator.back_office.books import Books, Fault, Kind
from bot.simulator.back_office.server import BackOffice

__all__ = ["BackOffice", "Books", "Fault", "Kind"]
