"""The knowledge base: TOML files that staff write, read into values and checked."""

from bot.nlu.faq.entries import Entry, FaqError, load
from bot.nlu.faq.lint import Finding, Flaw, Level, check, check_one

__all__ = ["Entry", "FaqError", "Finding", "Flaw", "Level", "check", "check_one", "load"]
