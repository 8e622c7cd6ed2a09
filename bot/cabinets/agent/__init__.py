"""A small reference agent for a cabinet's Linux host: our protocol over HTTP on one side, lock boards on the other."""

from bot.cabinets.agent.agent import Agent
from bot.cabinets.agent.keys import read_keys
from bot.cabinets.agent.locks import Locks, open_line

__all__ = ["Agent", "Locks", "open_line", "read_keys"]
