"""Being there in the back office: the hall's screen, the roster, and lists that were kept on paper."""

from bot.web.console.arrival import listed, roster, screen

PAGES = (screen.pages, roster.pages, listed.pages)
