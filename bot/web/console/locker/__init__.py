"""Locker cabinets in the back office: the fleet, one cabinet, what is overdue, the book of doors, the couriers."""

from bot.web.console.locker import book, cabinet, courier, deeds, fleet, overdue, service

PAGES = (fleet.pages, overdue.pages, book.pages, courier.pages, cabinet.pages, deeds.pages, service.pages)
PLACE = fleet.PLACE
