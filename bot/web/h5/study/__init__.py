"""Study on the residents' pages: the link to a lesson, what one has learnt, replays to confirm, certificates."""

from bot.web.h5.study import certificate, learning, watch

PAGES = (watch.pages, learning.pages, certificate.pages)
