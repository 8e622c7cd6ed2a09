"""Forms that are filled in by talking: any order, corrections, questions in between, a way out; see engine.py."""

from bot.form.draft import Draft
from bot.form.engine import Form
from bot.form.slot import Got, Question, Slot

__all__ = ["Draft", "Form", "Got", "Question", "Slot"]
