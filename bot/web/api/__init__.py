"""What other systems call: cabinets, the city, a mini-program; `NOUNS` are the operations that describe themselves."""

from bot.web.api import resident, station

NOUNS = (station.operations, resident.operations)
