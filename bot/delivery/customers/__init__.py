"""Residents' groups at work beside the requests: read, written in by their owners, and their reports taken in."""

from bot.delivery.customers.groups import CustomerGroups
from bot.delivery.customers.reports import Reports
from bot.delivery.customers.tasks import Tasks
from bot.delivery.customers.transport import CustomerPosts

__all__ = ["CustomerGroups", "CustomerPosts", "Reports", "Tasks"]
