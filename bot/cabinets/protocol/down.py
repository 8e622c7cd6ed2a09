"""What the server says, between values and JSON."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.cabinets.protocol.faults import Fault, Unreadable
from bot.cabinets.protocol.fields import MOST_DOORS, MOST_SEQ, Fields, Json, milliseconds
from bot.cabinets.protocol.letter import Letter
from bot.rules.locker.device import CodeRefused, LiveCode, OpenCommand, Reason, SyncCodes, Taken

MOST_PULSE_MS = 5000
MOST_CODES = MOST_DOORS


@dataclass(frozen=True, slots=True)
class Problem:
    """A message of the cabinet was not taken; `seq` where it could be read."""

    cabinet: str
    fault: Fault
    field: str = ""
    seq: int | None = None


Down: TypeAlias = OpenCommand | SyncCodes | Taken | CodeRefused | Problem


def write_down(said: Down) -> dict[str, Json]:
    """The body of the letter that says this."""
    match said:
        case OpenCommand():
            return {
                "type": "open",
                "cmd_id": str(said.cmd_id),
                "door": said.door,
                "pulse_ms": said.pulse_ms,
                "expires_at": milliseconds(said.expires_at),
                "reason": said.reason.value,
            }
        case SyncCodes():
            codes: list[Json] = [{"door": code.door, "digest": code.digest} for code in said.codes]
            return {
                "type": "sync_codes",
                "version": said.version,
                "until": milliseconds(said.until),
                "codes": codes,
            }
        case Taken():
            return {"type": "taken", "seq": said.seq}
        case CodeRefused():
            return {"type": "code_refused", "seq": said.seq, "wait_seconds": said.wait_seconds}
        case Problem():
            return {"type": "error", "seq": said.seq, "code": said.fault.value, "field": said.field}


def read_down(letter: Letter) -> Down:
    """What a letter of the server says. Raises Unreadable; members nobody knows are passed over."""
    fields = letter.fields
    match letter.kind:
        case "open":
            return _open(letter.serial, fields)
        case "sync_codes":
            return SyncCodes(
                letter.serial,
                version=fields.number("version"),
                until=fields.moment("until"),
                codes=tuple(
                    fields.each("codes", lambda one: LiveCode(one.door(), one.digest("digest")), most=MOST_CODES)
                ),
            )
        case "taken":
            return Taken(letter.serial, fields.number("seq", most=MOST_SEQ))
        case "code_refused":
            return CodeRefused(letter.serial, fields.number("seq", most=MOST_SEQ), fields.number("wait_seconds"))
        case "error":
            seq = fields.maybe("seq", fields.number)
            return Problem(letter.serial, fields.choice("code", Fault), fields.text("field", longest=200), seq)
        case _:
            raise Unreadable(Fault.UNKNOWN_TYPE, "type", letter.seq)


def _open(serial: str, fields: Fields) -> OpenCommand:
    """A door of its own is always named: 0, "all doors" on some boards, is out of range."""
    return OpenCommand(
        fields.uuid("cmd_id"),
        serial,
        door=fields.door(),
        pulse_ms=fields.number("pulse_ms", least=1, most=MOST_PULSE_MS),
        expires_at=fields.moment("expires_at"),
        reason=fields.choice("reason", Reason),
    )
