"""Locker cabinets in the database: doors, what lies behind them, codes, commands, and the book of openings."""

from bot.store.locker.cabinet import Cabinet, CabinetEvent, CabinetPresence, CodeTry, Compartment, Size
from bot.store.locker.door import DoorAudit, DoorCommand, MasterOpen
from bot.store.locker.parcel import (
    WAITING,
    CompartmentClaim,
    Courier,
    LockerWish,
    OfflineCode,
    Parcel,
    ParcelKind,
    ParcelState,
    PickupCode,
)
from bot.store.locker.writing import (
    count_of,
    forget_before,
    forget_book_before,
    forget_events_before,
    forget_of,
    forget_tries_before,
)

__all__ = [
    "WAITING",
    "Cabinet",
    "CabinetEvent",
    "CabinetPresence",
    "CodeTry",
    "Compartment",
    "CompartmentClaim",
    "Courier",
    "DoorAudit",
    "DoorCommand",
    "LockerWish",
    "MasterOpen",
    "OfflineCode",
    "Parcel",
    "ParcelKind",
    "ParcelState",
    "PickupCode",
    "Size",
    "count_of",
    "forget_before",
    "forget_book_before",
    "forget_events_before",
    "forget_of",
    "forget_tries_before",
]
