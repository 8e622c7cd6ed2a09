"""When something that failed is tried again: soon, then more and more patiently, and never not."""

from datetime import timedelta
from uuid import UUID
from zlib import crc32

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
HOUR = timedelta(hours=1)
JITTER = 0.1  # of an hour, so that what failed together does not come again together


def pause(tries: int, forward_id: UUID) -> timedelta:
    """How long to wait after so many failures; the jitter is the forward's own and the same each time.

    >>> pause(1, UUID(int=1)), pause(4, UUID(int=1))
    (datetime.timedelta(seconds=60), datetime.timedelta(seconds=3600))
    """
    if tries <= len(PAUSES):
        return PAUSES[max(tries, 1) - 1]
    chance = crc32(forward_id.bytes + tries.to_bytes(4, "big")) / 0xFFFFFFFF
    return HOUR + HOUR * (JITTER * (2 * chance - 1))
