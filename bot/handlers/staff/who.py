"""Whoever writes in WeCom, as an account of ours."""

from bot.router import Turn
from bot.store import staff
from bot.store.staff import Staff


def account_of(turn: Turn) -> Staff | None:
    """The active account with that name in WeCom; None for somebody we do not know."""
    return staff.by_wecom(turn.session, turn.message.sender)
