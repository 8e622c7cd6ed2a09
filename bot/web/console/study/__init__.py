"""Hours of study in the back office: branches, one member, what is given by hand, certificates, the rules."""

from bot.web.console.study import member, report, terms

PAGES = (terms.pages, report.pages, member.pages)
