"""What a cabinet says, between values and JSON."""

from collections.abc import Callable, Mapping

from bot.cabinets.protocol.faults import Fault, Unreadable
from bot.cabinets.protocol.fields import MOST_DOORS, MOST_SEQ, Fields, Json, milliseconds
from bot.cabinets.protocol.letter import Letter
from bot.rules.locker.device import (
    CodeTry,
    DoorEvent,
    DoorReport,
    DoorState,
    Event,
    Heartbeat,
    Hello,
    OfflineDid,
    OfflineEntry,
    OfflineLog,
    OpenResult,
    Outcome,
)

MOST_ENTRIES = 100


def read_up(letter: Letter) -> Event:
    """The event in a letter of a cabinet. Raises Unreadable; members nobody knows are passed over."""
    if letter.kind not in _READERS:
        raise Unreadable(Fault.UNKNOWN_TYPE, "type", letter.seq)
    try:
        return _READERS[letter.kind](letter.fields)
    except Unreadable as error:
        error.seq = letter.seq
        raise


def write_up(event: Event) -> dict[str, Json]:
    """The body of the letter that tells this event."""
    body: dict[str, Json] = {"seq": event.seq}
    match event:
        case Hello():
            return body | {"type": "hello", "firmware": event.firmware, "doors": event.doors, "board": event.board}
        case Heartbeat():
            doors: list[Json] = [{"door": door, **_seen(report)} for door, report in sorted(event.doors.items())]
            known = {"battery": event.battery, "signal": event.signal, "codes_version": event.codes_version}
            return body | {"type": "heartbeat", "doors": doors} | _known(known)
        case OpenResult():
            return body | {"type": "open_result", "cmd_id": str(event.cmd_id), "outcome": event.outcome.value}
        case DoorEvent():
            seen = _seen(DoorReport(event.state, event.occupied))
            return body | {"type": "door_event", "door": event.door, **seen}
        case CodeTry():
            return body | {"type": "code_try", "code": event.code} | _known({"door": event.door})
        case OfflineLog():
            return body | {"type": "offline_log", "entries": [_entry(entry) for entry in event.entries]}


def _seq(fields: Fields) -> int:
    return fields.number("seq", least=1, most=MOST_SEQ)


def _hello(fields: Fields) -> Hello:
    return Hello(
        _seq(fields),
        fields.moment("at"),
        firmware=fields.text("firmware", longest=32),
        doors=fields.number("doors", least=1, most=MOST_DOORS),
        board=fields.maybe("board", fields.text) or "",
    )


def _heartbeat(fields: Fields) -> Heartbeat:
    doors = fields.each("doors", lambda one: (one.door(), _report(one)), most=MOST_DOORS) if _has_doors(fields) else []
    return Heartbeat(
        _seq(fields),
        fields.moment("at"),
        doors=dict(doors),
        battery=fields.maybe("battery", lambda name: fields.number(name, most=100)),
        signal=fields.maybe("signal", lambda name: fields.number(name, least=-200, most=0)),
        codes_version=fields.maybe("codes_version", fields.number),
    )


def _has_doors(fields: Fields) -> bool:
    return fields.values.get("doors") is not None


def _open_result(fields: Fields) -> OpenResult:
    cmd_id, outcome = fields.uuid("cmd_id"), fields.choice("outcome", Outcome)
    return OpenResult(_seq(fields), fields.moment("at"), cmd_id=cmd_id, outcome=outcome)


def _door_event(fields: Fields) -> DoorEvent:
    report = _report(fields)
    return DoorEvent(
        _seq(fields), fields.moment("at"), door=fields.door(), state=report.state, occupied=report.occupied
    )


def _code_try(fields: Fields) -> CodeTry:
    door = fields.maybe("door", fields.door)
    return CodeTry(_seq(fields), fields.moment("at"), code=fields.digits("code"), door=door)


def _offline_log(fields: Fields) -> OfflineLog:
    entries = fields.each("entries", _read_entry, most=MOST_ENTRIES)
    return OfflineLog(_seq(fields), fields.moment("at"), entries=tuple(entries))


def _read_entry(fields: Fields) -> OfflineEntry:
    return OfflineEntry(
        _seq(fields),
        fields.moment("at"),
        did=fields.choice("did", OfflineDid),
        door=fields.maybe("door", fields.door),
        window=fields.maybe("window", fields.number),
        counter=fields.maybe("counter", fields.number),
        digest=fields.maybe("digest", fields.digest) or "",
    )


def _report(fields: Fields) -> DoorReport:
    return DoorReport(fields.choice("state", DoorState), fields.maybe("occupied", fields.flag))


def _entry(entry: OfflineEntry) -> Json:
    facts = {"door": entry.door, "window": entry.window, "counter": entry.counter, "digest": entry.digest or None}
    return {"seq": entry.seq, "at": milliseconds(entry.at), "did": entry.did.value, **_known(facts)}


def _seen(report: DoorReport) -> dict[str, Json]:
    return {"state": report.state.value, **_known({"occupied": report.occupied})}


def _known(facts: Mapping[str, str | int | None]) -> dict[str, Json]:
    return {name: value for name, value in facts.items() if value is not None}


_READERS: Mapping[str, Callable[[Fields], Event]] = {
    "hello": _hello,
    "heartbeat": _heartbeat,
    "open_result": _open_result,
    "door_event": _door_event,
    "code_try": _code_try,
    "offline_log": _offline_log,
}
