"""The keys of cabinets, drawn from the secret: nothing of them stands in the database but how often they changed."""

import hashlib
import hmac
from functools import lru_cache

from bot.privacy import Seal
from bot.rules.locker.device import Keys
from bot.store.locker import Cabinet
from bot.store.locker.beat import Plate


def keys(seal: Seal, cabinet: Cabinet | Plate) -> Keys:
    """The line keys prove who speaks: the newest and, until it is dropped, the one before. Codes have the lock key."""
    numbers = range(max(cabinet.key_least, cabinet.key_number - 1), cabinet.key_number + 1)
    return Keys(
        cabinet=cabinet.code,
        accepted={number: line(seal, cabinet, number) for number in reversed(numbers)},
        signing=max(cabinet.key_seen, numbers[0]),
        lock=lock(seal, cabinet),
    )


def line(seal: Seal, cabinet: Cabinet | Plate, number: int) -> bytes:
    """The line key of that number."""
    return _drawn(seal, "locker line", cabinet, str(number))


def lock(seal: Seal, cabinet: Cabinet | Plate) -> bytes:
    """The key of codes; it lives as long as the cabinet."""
    return _drawn(seal, "locker codes", cabinet, "")


@lru_cache(maxsize=64)
def _root(seal: Seal, purpose: str) -> bytes:
    """What all cabinets' keys of one purpose are drawn from; every message asks for it."""
    return seal.key(purpose)


def _drawn(seal: Seal, purpose: str, cabinet: Cabinet | Plate, what: str) -> bytes:
    return hmac.new(_root(seal, purpose), cabinet.id.bytes + what.encode(), hashlib.sha256).digest()
