"""What the assistant knows now: an understanding that may be exchanged for a newer one while people talk to it."""

from datetime import datetime

from bot.nlu.actions import ActionCard
from bot.nlu.explain import Explanation
from bot.nlu.faq import Entry
from bot.nlu.heard import Understanding
from bot.nlu.understand import Understander


class Current:
    """Speaks for the newest understanding; a message that is being read keeps the one it began with."""

    def __init__(self, first: Understander) -> None:
        self.newest = first

    def understand(self, text: str, now: datetime) -> Understanding:
        return self.newest.understand(text, now)

    def explain(self, text: str, now: datetime) -> Explanation:
        return self.newest.explain(text, now)

    def entry(self, id: str) -> Entry:
        return self.newest.entry(id)

    def action(self, name: str) -> ActionCard:
        return self.newest.action(name)
