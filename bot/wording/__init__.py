"""Every sentence a person can read: typed functions and constants, Chinese only here."""

from functools import singledispatch

from bot.errors import Refusal

__all__ = ["explain"]


@singledispatch
def explain(refusal: Refusal) -> str:
    """The sentence for a refusal, naming the next step; registered per kind beside that noun's words."""
    raise LookupError(f"no words for {type(refusal).__name__}")
