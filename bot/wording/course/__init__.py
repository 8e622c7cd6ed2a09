"""Every sentence about courses: the dialogue, refusals, the staff's pages."""

from bot.wording.course import refusals
from bot.wording.course.notices import NOTICES

__all__ = ["NOTICES", "refusals"]
