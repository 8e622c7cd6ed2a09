"""Forwarding: every back office that is to hear of a ticket hears of it, once, in order, or people are told.

`plan` and `follow_up` are called by the rules of tickets, in the ticket's own transaction. The rest is imported by its
own path: `sending` for the worker, `hearing` for what comes back, `deciding` for the console, `destinations` for the
operator.
"""

from bot.rules.forwarding.asking import go_without_waiting, needs_contact, wait_for_contact
from bot.rules.forwarding.planning import follow_up, plan

__all__ = ["follow_up", "go_without_waiting", "needs_contact", "plan", "wait_for_contact"]
