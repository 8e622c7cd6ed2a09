"""What the server and a cabinet tell each other, as plain values: no wire, no database.

Seconds on the wire, signatures and frames are the business of `bot.cabinets`; what a value means is said here.
`seq` grows with every message of a cabinet over its whole life, also over a restart; who repeats one delivers it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class DoorState(StrEnum):
    """What a door is known to be; a line that failed is UNKNOWN, never LOCKED."""

    LOCKED = "locked"
    OPEN = "open"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What a cabinet tells of an opening it was asked for."""

    ACKED = "acked"  # understood, the pulse is given now; another result follows
    OPENED = "opened"  # the door's switch said so
    ALREADY_OPEN = "already_open"  # the door stood open, no pulse was given
    NO_FEEDBACK = "no_feedback"  # the pulse was given, the switch said nothing within its time
    REFUSED = "refused"  # no such door, or the cabinet is being serviced
    EXPIRED = "expired"  # it came after its `expires_at`
    FAILED = "failed"  # the board or the line reported an error


class Reason(StrEnum):
    """By what right a door is opened; every opening has one."""

    PICKUP = "pickup"  # the one the parcel is for, in chat
    FAMILY = "family"  # the one they allowed for this parcel
    CODE = "code"  # the pick-up code, typed at the cabinet
    LISTED_CODE = "listed_code"  # the same, checked by the cabinet alone
    OFFLINE_CODE = "offline_code"  # the signed code of a cabinet that cannot reach us
    DEPOSIT = "deposit"  # to put something in
    STAFF = "staff"  # one door, with the reason in words
    MASTER = "master"  # all doors, two people
    UNASKED = "unasked"  # nobody asked for it: a key, a jam, force


class Board(StrEnum):
    """The families of lock boards that are known. Source: docs/cabinets.md."""

    BOARD_8A = "8a"
    KR_CU16 = "kr_cu16"
    CU = "cu"
    ASCII16 = "ascii16"
    SIMULATED = "simulated"


class Polarity(StrEnum):
    """When the feedback switch of a lock is closed; found by the self-test at commissioning."""

    CLOSED_WHEN_LOCKED = "closed_when_locked"
    CLOSED_WHEN_OPEN = "closed_when_open"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a cabinet is built of and able to do."""

    board: Board = Board.SIMULATED
    polarity: Polarity = Polarity.CLOSED_WHEN_LOCKED
    pulse_ms: int = 400
    has_feedback: bool = True  # the doors' switches are wired
    has_sensor: bool = False  # it sees whether a compartment is occupied
    has_display: bool = True  # it shows the four digits that prove presence
    works_offline: bool = True  # it checks offline codes and the list of live codes by itself


# What the server tells a cabinet.


@dataclass(frozen=True, slots=True)
class OpenCommand:
    """Give one door its pulse, once for this `cmd_id`, and not after `expires_at`."""

    cmd_id: UUID
    cabinet: str  # the code on its plate
    door: int
    pulse_ms: int
    expires_at: datetime
    reason: Reason


@dataclass(frozen=True, slots=True)
class LiveCode:
    """A pick-up code as the cabinet may know it: `offline.listed(lock_key, cabinet, code)` as hex."""

    door: int
    digest: str


@dataclass(frozen=True, slots=True)
class SyncCodes:
    """The codes the cabinet may take by itself while it cannot reach us, instead of every list before it."""

    cabinet: str
    version: int
    until: datetime
    codes: tuple[LiveCode, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The message with that number is written down and need not be sent again."""

    cabinet: str
    seq: int


@dataclass(frozen=True, slots=True)
class CodeRefused:
    """A code typed at the cabinet opens nothing; `wait_seconds` while the cabinet takes none at all."""

    cabinet: str
    seq: int
    wait_seconds: int = 0


Answer = Taken | CodeRefused  # commands are not among them: ask `commands_for` and `lists_for` after `heard`


# What a cabinet tells the server. `at` is its own clock, which may be wrong.


@dataclass(frozen=True, slots=True)
class Hello:
    """It has started, or is connected again."""

    seq: int
    at: datetime
    firmware: str
    doors: int
    board: str = ""


@dataclass(frozen=True, slots=True)
class DoorReport:
    """One door as it is seen now; `occupied` is None without a sensor."""

    state: DoorState
    occupied: bool | None = None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """It is alive; `doors` may be empty or hold only those that changed."""

    seq: int
    at: datetime
    doors: Mapping[int, DoorReport] = field(default_factory=dict)
    battery: int | None = None  # per cent; None on mains
    signal: int | None = None  # dBm
    codes_version: int | None = None  # of the list it has


@dataclass(frozen=True, slots=True)
class OpenResult:
    """What became of a command."""

    seq: int
    at: datetime
    cmd_id: UUID
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class DoorEvent:
    """A door changed."""

    seq: int
    at: datetime
    door: int
    state: DoorState
    occupied: bool | None = None


@dataclass(frozen=True, slots=True)
class CodeTry:
    """Somebody typed a code; `door` where they had to choose one first."""

    seq: int
    at: datetime
    code: str
    door: int | None = None


class OfflineDid(StrEnum):
    """What a cabinet did by itself."""

    OPENED = "opened"  # the code was right, and the door's switch said it opened
    STAYED_SHUT = "stayed_shut"  # the code was right, the door did not open; the code is not used up
    WRONG_CODE = "wrong_code"
    CLEARED = "cleared"  # a clear-code made the offline codes of the door void


@dataclass(frozen=True, slots=True)
class OfflineEntry:
    """One thing a cabinet did while it could not reach us.

    `window` and `counter` say which offline code was typed, `digest` which of the listed ones.
    """

    seq: int
    at: datetime
    did: OfflineDid
    door: int | None = None
    window: int | None = None
    counter: int | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class OfflineLog:
    """Everything it did alone, oldest first, told when it is back; the entries have numbers of their own."""

    seq: int
    at: datetime
    entries: tuple[OfflineEntry, ...]


Event = Hello | Heartbeat | OpenResult | DoorEvent | CodeTry | OfflineLog


@dataclass(frozen=True, slots=True)
class Keys:
    """What proves who speaks on the line, and what the cabinet checks codes with.

    `accepted` are the line keys whose signature is believed, by their number; `signing` is the number of the one
    to sign with: the newest that the cabinet is known to have. `lock` stays the same when a line key is changed.
    """

    cabinet: str
    accepted: Mapping[int, bytes]
    signing: int
    lock: bytes
