"""Ids that are born in the order of time, so that a new row stands beside the last one and not anywhere on the disk."""

import os
import time
from uuid import UUID

_MASK_LOW = (1 << 62) - 1


def new_id() -> UUID:
    """A version 7 UUID: 48 bits of milliseconds, then chance. Source: RFC 9562 §5.7."""
    millis = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10))
    return UUID(int=millis << 80 | 7 << 76 | (chance >> 62 & 0xFFF) << 64 | 2 << 62 | chance & _MASK_LOW)
