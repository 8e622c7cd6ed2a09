"""WeCom on loopback as a group assistant meets it: groups, single chats, both transports. See README.md."""

from bot.simulator.wecom.bot.assistant import AssistantSim
from bot.simulator.wecom.bot.chats import Bubble
from bot.simulator.wecom.bot.delivering import Attempt, Exchange, Outcome
from bot.simulator.wecom.bot.keys import BotKeys
from bot.simulator.wecom.bot.mishaps import Mishap
from bot.simulator.wecom.bot.world import Limits

__all__ = ["AssistantSim", "Attempt", "BotKeys", "Bubble", "Exchange", "Limits", "Mishap", "Outcome"]
