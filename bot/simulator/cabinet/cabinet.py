"""A cabinet: what it does with letters, doors and keys pressed. It is told the time and calls no network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot.simulator.cabinet import secrets
from bot.simulator.cabinet.alone import Alone, Deed
from bot.simulator.cabinet.door import Door
from bot.simulator.cabinet.memory import Memory
from bot.simulator.cabinet.mishap import Mishap
from bot.simulator.cabinet.secrets import Forged, Keys
from bot.simulator.errors import Refused
from bot.simulator.jsons import Json, JsonValue

FEEDBACK_SECONDS = 3.0
ANSWER_SECONDS = 5.0
CLOCK_TRUST_MS = 5000
CLOCK_SLACK_MS = 2000
FIRMWARE = "sim-1.0"

Later: TypeAlias = "Callable[[float, Callable[[], None]], object]"


class Cabinet:
    """One cabinet. `now` is the true time in seconds; `later` calls something after so many seconds."""

    def __init__(
        self,
        keys: Keys,
        *,
        doors: int,
        now: Callable[[], float],
        later: Later,
        changed: Callable[[Cabinet], None] | None = None,
        name: str = "",
    ) -> None:
        self.keys = keys
        self.name = name
        self.doors = {number: Door(number) for number in range(1, doors + 1)}
        self.memory = Memory(seq=int(now() * 1000))
        self.connected = False
        self.mishaps: set[Mishap] = set()
        self.display = "idle"
        self.heard: list[str] = []  # the types of letters that came, newest last
        self.forged = 0
        self.taken = 0  # messages the server has written down
        self.news: Callable[[], None] = _nothing  # the carrier's: there is something to send
        self.switched: Callable[[], None] = _nothing  # the carrier's: it went off line, or may come back
        self.clock_off_ms = 0
        self._now = now
        self._later = later
        self._changed = changed or (lambda _cabinet: None)
        self._sent_ms: dict[int, int] = {}
        self._powered = True
        self._alone = Alone(keys, self.memory, self.doors)

    @property
    def serial(self) -> str:
        return self.keys.serial

    @property
    def is_offline(self) -> bool:
        return Mishap.OFFLINE in self.mishaps or not self._powered

    # What the carrier asks.

    def letters(self, most: int) -> list[str]:
        """The oldest messages that were not taken yet, signed as they were told."""
        waiting = self.memory.queue[:most]
        for body in waiting:
            self._sent_ms.setdefault(_number(body["seq"]), self._true_ms())
        return [secrets.signed(self.keys, body) for body in waiting]

    def poll(self, wait: int) -> str:
        """The letter that asks for commands."""
        return secrets.signed(self.keys, {"type": "poll", "wait": wait, "at": self.clock_ms()})

    def hello(self) -> None:
        """Connected, for the first time or again."""
        self.connected = True
        self.memory.queue = [body for body in self.memory.queue if body["type"] not in ("hello", "heartbeat")]
        self._tell("hello", firmware=FIRMWARE, doors=len(self.doors), board="simulated")
        if self.memory.entries:
            self._tell("offline_log", entries=self.memory.entries[:100])
            del self.memory.entries[:100]
        self.heartbeat(every_door=True)

    def lost(self) -> None:
        """The connection broke."""
        self.connected = False
        self._changed(self)

    def heartbeat(self, *, every_door: bool = False) -> None:
        """Alive; an older heartbeat that nobody has taken yet is not worth sending any more."""
        self.memory.queue[1:] = [body for body in self.memory.queue[1:] if body["type"] != "heartbeat"]
        doors: list[JsonValue] = [door.report for door in self.doors.values()] if every_door else []
        self._tell("heartbeat", doors=doors, battery=None, signal=-67, codes_version=self.memory.codes_version)

    def hear(self, letter: str) -> None:
        """A letter of the server; what is forged, or for somebody else, is passed over."""
        try:
            said = secrets.opened(self.keys, letter)
        except Forged:
            self.forged += 1
            return
        kind = str(said.get("type"))
        self.heard = [*self.heard[-49:], kind]
        match kind:
            case "open":
                self._open(said)
            case "sync_codes":
                self._keep_codes(said)
            case "taken" | "code_refused" | "error":
                self._taken(kind, said)
        self._changed(self)

    # What people do in front of it.

    def type_code(self, code: str, door: int | None = None) -> None:
        """The keypad."""
        if not (code.isascii() and code.isdigit() and 4 <= len(code) <= 12):
            raise Refused("bad_code", "the keypad takes four to twelve digits")
        self.display = "checking"
        if len(code) == 8 and (deed := self._alone.offline_code(code, self.clock_ms())):
            self._did(deed)
        elif self.connected and not self.is_offline:
            self._tell("code_try", code=code, door=door)
            number = self.memory.seq
            self._later(ANSWER_SECONDS, lambda: self._unanswered(number, code))
        else:
            self._listed(code)
        self._changed(self)

    def shut(self, door: int) -> None:
        self._move(door, is_open=False)

    def force(self, door: int) -> None:
        """A key, or a crowbar."""
        self._move(door, is_open=True)

    def put(self, door: int, *, occupied: bool) -> None:
        """Something goes in or out; the door must be open for it."""
        if not self.door(door).open:
            raise Refused("door_shut", "the door is shut")
        self.doors[door].occupied = occupied
        self._changed(self)

    def door(self, number: int) -> Door:
        """Raises Refused for a door it does not have."""
        if number not in self.doors:
            raise Refused("no_such_door", f"there is no door {number}")
        return self.doors[number]

    def mishap(self, name: Mishap, *, on: bool, door: int = 1, seconds: float = 0.0) -> None:
        """Make something go wrong, or right again."""
        match name:
            case Mishap.JAMMED:
                self.door(door).jammed = on
            case Mishap.NO_FEEDBACK:
                self.door(door).dumb = on
            case Mishap.WRONG_POLARITY:
                for one in self.doors.values():
                    one.inverted = on
            case Mishap.SKEWED_CLOCK:
                self.clock_off_ms = int(seconds * 1000) if on else 0
        (self.mishaps.add if on else self.mishaps.discard)(name)
        if name is Mishap.OFFLINE:
            self.switched()
        self._changed(self)

    def cut_power(self) -> None:
        """Everything that is not in its flash is gone; it starts again at the next connection."""
        self._powered, self.connected, self.display = False, False, "dark"
        self.switched()
        self._changed(self)

    def power(self) -> None:
        self._powered, self.display = True, "idle"
        self.switched()
        self._changed(self)

    def clock_ms(self) -> int:
        """What its own clock says."""
        return self._true_ms() + self.clock_off_ms

    # How it does it.

    def _tell(self, kind: str, **facts: JsonValue) -> None:
        body = {name: value for name, value in facts.items() if value is not None}
        self.memory.queue.append({"type": kind, "seq": self.memory.next_seq(), "at": self.clock_ms(), **body})
        self.news()

    def _move(self, number: int, *, is_open: bool) -> None:
        door = self.door(number)
        if door.open is not is_open:
            door.open = is_open
            self._tell_door(door)
        self._changed(self)

    def _tell_door(self, door: Door) -> None:
        self._tell("door_event", **door.report)

    def _open(self, said: Json) -> None:
        cmd_id, door = str(said["cmd_id"]), self.doors.get(_number(said["door"]))
        if not self.memory.is_new(cmd_id):
            return
        if self.clock_ms() > _number(said["expires_at"]):
            self._result(cmd_id, "expired")
        elif door is None:
            self._result(cmd_id, "refused")
        elif door.seen == "open":
            self._result(cmd_id, "already_open")
        else:
            self._result(cmd_id, "acked")
            door.pulse()
            if Mishap.POWER_CUT in self.mishaps:
                self.mishaps.discard(Mishap.POWER_CUT)
                self.cut_power()
                return
            self._after_pulse(cmd_id, door)

    def _after_pulse(self, cmd_id: str, door: Door) -> None:
        """The switch has the word; where it says nothing, that is what is told."""
        if door.seen == "open":
            self.display = "opened"
            self._result(cmd_id, "opened")
            self._tell_door(door)
        else:
            self._later(FEEDBACK_SECONDS, lambda: self._silent(cmd_id, door))

    def _silent(self, cmd_id: str, door: Door) -> None:
        self._result(cmd_id, "no_feedback" if door.seen != "open" else "opened")
        if door.dumb:
            self._tell_door(door)
        self._changed(self)

    def _result(self, cmd_id: str, outcome: str) -> None:
        self._tell("open_result", cmd_id=cmd_id, outcome=outcome)

    def _taken(self, kind: str, said: Json) -> None:
        """The message with that number need not be told again; and the server has said what time it is."""
        seq = said.get("seq")
        if not isinstance(seq, int) or (kind == "error" and said.get("code") == "internal"):
            return
        sent = self._sent_ms.pop(seq, None)
        self.taken += sent is not None
        if sent is not None and self._true_ms() - sent <= CLOCK_TRUST_MS and Mishap.SKEWED_CLOCK not in self.mishaps:
            off = _number(said["at"]) - self._true_ms()
            self.clock_off_ms = off if abs(off - self.clock_off_ms) > CLOCK_SLACK_MS else self.clock_off_ms
        self.memory.queue = [body for body in self.memory.queue if body["seq"] != seq]
        if kind == "code_refused":
            self.display = "wait" if said.get("wait_seconds") else "wrong"
        if self.memory.queue:
            self.news()

    def _keep_codes(self, said: Json) -> None:
        version, codes = _number(said["version"]), said["codes"]
        if self.memory.codes_version is not None and version < self.memory.codes_version:
            return
        listed = codes if isinstance(codes, list) else []
        self.memory.codes = {str(code["digest"]): _number(code["door"]) for code in listed}
        self.memory.codes_version, self.memory.codes_until_ms = version, _number(said["until"])
        self.heartbeat()

    def _unanswered(self, number: int, code: str) -> None:
        """The server does not say a word: the cabinet decides alone, and does not ask later any more."""
        before = len(self.memory.queue)
        self.memory.queue = [body for body in self.memory.queue if body["seq"] != number]
        if len(self.memory.queue) < before:
            self._listed(code)
            self._changed(self)

    def _listed(self, code: str) -> None:
        self._did(self._alone.listed_code(code, self.clock_ms()))

    def _did(self, deed: Deed) -> None:
        """What it did alone, told now or when it is back."""
        self.display = deed.display
        entry: Json = {"seq": self.memory.next_seq(), "at": self.clock_ms(), **deed.entry}
        if self.connected and not self.is_offline:
            self._tell("offline_log", entries=[entry])
        else:
            self.memory.entries.append(entry)

    def _true_ms(self) -> int:
        return int(self._now() * 1000)


def _number(value: JsonValue) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Forged("a number was expected")
    return value


def _nothing() -> None:
    pass
