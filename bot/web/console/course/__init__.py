"""Courses in the back office: the calendar, the list, one course, one lesson."""

from bot.web.console.course import calendar, drawing, lesson, listing, one

PAGES = (calendar.pages, listing.pages, drawing.pages, one.pages, lesson.pages)
PLACE = calendar.PLACE
