"""A cabinet as the sandbox page draws it."""

from __future__ import annotations

from bot.simulator.cabinet import secrets
from bot.simulator.cabinet.cabinet import Cabinet
from bot.simulator.jsons import Json


def view(cabinet: Cabinet) -> Json:
    """What stands on its display and plate, what its doors are really like, and what is wrong with it."""
    return {
        "serial": cabinet.serial,
        "name": cabinet.name,
        "connected": cabinet.connected and not cabinet.is_offline,
        "display": cabinet.display,
        "shown": secrets.shown(cabinet.keys, cabinet.clock_ms() // 1000),
        "clock_ms": cabinet.clock_ms(),
        "codes_version": cabinet.memory.codes_version,
        "codes": len(cabinet.memory.codes),
        "waiting": len(cabinet.memory.queue),
        "mishaps": sorted(name.value for name in cabinet.mishaps),
        "doors": [door.as_json() for door in cabinet.doors.values()],
    }
