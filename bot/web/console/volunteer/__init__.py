"""Volunteers in the back office: the week, one shift, the people, the pattern, the hours."""

from bot.web.console.volunteer import ledger, people, plans, rota, shift

PAGES = (rota.pages, shift.pages, people.pages, plans.pages, ledger.pages)
