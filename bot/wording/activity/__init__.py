"""Every sentence about activities: the dialogue, notices, refusals, the staff's pages."""

from bot.wording.activity import dialogue, refusals
from bot.wording.activity.notices import NOTICES

__all__ = ["NOTICES", "dialogue", "refusals"]
