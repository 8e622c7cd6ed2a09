"""Every page about bookings, in the order in which their addresses are tried."""

from bot.web.console import booking, booking_lists, booking_order, catalogue, catalogue_provider, provider

PAGES = (
    booking.pages,
    booking_lists.pages,
    provider.pages,
    catalogue.pages,
    catalogue_provider.pages,
    booking_order.pages,
)
PLACE = booking.PLACE
