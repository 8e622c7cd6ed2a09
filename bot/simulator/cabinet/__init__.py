"""Simulated locker cabinets on either carrier, written from docs/cabinets.md alone."""

from bot.simulator.cabinet.cabinet import Cabinet
from bot.simulator.cabinet.mishap import Mishap
from bot.simulator.cabinet.park import Park
from bot.simulator.cabinet.secrets import Keys
from bot.simulator.cabinet.view import view

__all__ = ["Cabinet", "Keys", "Mishap", "Park", "view"]
