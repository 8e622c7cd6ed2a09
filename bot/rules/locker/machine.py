"""What can become of a command to a door: a table, so that every late and repeated word has its place in it."""

from enum import StrEnum

from bot.rules.locker.device import Outcome


class Stand(StrEnum):
    """Where a command stands."""

    CREATED = "created"
    SENT = "sent"
    ACKED = "acked"
    OPENED = "opened"
    CLOSED = "closed"
    TIMEOUT = "timeout"  # its time was over before the cabinet said anything
    REFUSED = "refused"  # the cabinet gave no pulse
    UNKNOWN = "unknown"  # a pulse was or may have been given, and nobody saw the door


class Signal(StrEnum):
    """What happens to a command: it is sent, the cabinet answers, the door moves, its time is over."""

    SENT = "sent"
    ACKED = Outcome.ACKED.value
    OPENED = Outcome.OPENED.value
    ALREADY_OPEN = Outcome.ALREADY_OPEN.value
    NO_FEEDBACK = Outcome.NO_FEEDBACK.value
    REFUSED = Outcome.REFUSED.value
    EXPIRED = Outcome.EXPIRED.value
    FAILED = Outcome.FAILED.value
    DOOR_OPENED = "door_opened"  # the door's own event
    DOOR_CLOSED = "door_closed"
    SAID_OPEN = "said_open"  # a person says so, where no switch told
    TIME_OVER = "time_over"


LIVE = frozenset({Stand.CREATED, Stand.SENT, Stand.ACKED})
_ENDS = {
    Signal.OPENED: Stand.OPENED,
    Signal.DOOR_OPENED: Stand.OPENED,
    Signal.ALREADY_OPEN: Stand.REFUSED,
    Signal.REFUSED: Stand.REFUSED,
    Signal.EXPIRED: Stand.TIMEOUT,
    Signal.NO_FEEDBACK: Stand.UNKNOWN,
    Signal.FAILED: Stand.UNKNOWN,
}
_LATE = {Signal.OPENED: Stand.OPENED, Signal.DOOR_OPENED: Stand.OPENED}  # the door has the last word
TABLE: dict[Stand, dict[Signal, Stand]] = {
    Stand.CREATED: {**_ENDS, Signal.SENT: Stand.SENT, Signal.ACKED: Stand.ACKED, Signal.TIME_OVER: Stand.TIMEOUT},
    Stand.SENT: {**_ENDS, Signal.ACKED: Stand.ACKED, Signal.TIME_OVER: Stand.TIMEOUT},
    Stand.ACKED: {**_ENDS, Signal.TIME_OVER: Stand.UNKNOWN},
    Stand.OPENED: {Signal.DOOR_CLOSED: Stand.CLOSED},
    Stand.CLOSED: {},
    Stand.TIMEOUT: {
        **_LATE,
        Signal.ALREADY_OPEN: Stand.REFUSED,
        Signal.REFUSED: Stand.REFUSED,
        Signal.NO_FEEDBACK: Stand.UNKNOWN,
        Signal.FAILED: Stand.UNKNOWN,
    },
    Stand.REFUSED: {},
    Stand.UNKNOWN: {**_LATE, Signal.SAID_OPEN: Stand.OPENED},
}


def step(stand: Stand, signal: Signal) -> Stand | None:
    """Where a command stands after that; None for a word that is stale, repeated or makes no sense any more.

    >>> step(Stand.ACKED, Signal.OPENED)
    <Stand.OPENED: 'opened'>
    >>> step(Stand.CLOSED, Signal.OPENED) is None
    True
    """
    return TABLE[stand].get(signal)
