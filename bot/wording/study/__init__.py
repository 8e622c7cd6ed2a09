"""Every sentence about study: watching, hours, certificates, notices, refusals, the staff's pages."""

from bot.wording.study import dialogue, refusals
from bot.wording.study.notices import NOTICES

__all__ = ["NOTICES", "dialogue", "refusals"]
