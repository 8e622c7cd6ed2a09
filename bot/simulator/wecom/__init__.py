"""WeCom on loopback, as far as a self-built app for the staff meets it: members, cards, callbacks. See README.md."""

from bot.simulator.wecom.chats import Bubble
from bot.simulator.wecom.corp import Corp
from bot.simulator.wecom.mishaps import Mishap
from bot.simulator.wecom.office import WeCom
from bot.simulator.wecom.pushes import Attempt, Exchange, Outcome
from bot.simulator.wecom.world import Limits, Member

__all__ = ["Attempt", "Bubble", "Corp", "Exchange", "Limits", "Member", "Mishap", "Outcome", "WeCom"]
