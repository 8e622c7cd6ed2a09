"""Text in, meaning out: plain functions over plain tables, nothing kept and nothing sent."""

from bot.nlu.actions import ActionCard
from bot.nlu.explain import Explanation
from bot.nlu.faq import Entry
from bot.nlu.live import Live, Thing
from bot.nlu.understand import Understander, load_understander

__all__ = ["ActionCard", "Entry", "Explanation", "Live", "Thing", "Understander", "load_understander"]
