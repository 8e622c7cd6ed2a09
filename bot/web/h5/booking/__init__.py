"""Booking by tapping: what there is, the calendar, the times of a day, what else is needed; and what one has booked."""

from bot.web.h5.booking import cancelling, catalogue, mine, moving, order, waiting

PAGES = (catalogue.pages, order.pages, mine.pages, moving.pages, cancelling.pages, waiting.pages)
