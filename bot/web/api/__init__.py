"""What other systems call: cabinets, the city, a mini-program; `NOUNS` are the operations that describe themselves."""

from bot.web.api import activity, booking, groups, parcel, resident, service, station

NOUNS = (
    station.operations,
    resident.operations,
    service.operations,
    booking.operations,
    activity.operations,
    parcel.operations,
    groups.operations,
)
