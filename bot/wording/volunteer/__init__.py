"""Every sentence about volunteers: the dialogue, notices, refusals, the staff's pages."""

from bot.wording.volunteer import dialogue, refusals
from bot.wording.volunteer.notices import NOTICES

__all__ = ["NOTICES", "dialogue", "refusals"]
