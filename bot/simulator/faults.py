"""Mishaps that can be switched on: on the way to the webhook, and on the API side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from bot.simulator.errors import Refused
from bot.simulator.jsons import Json
from bot.simulator.words import fault_words

Option: TypeAlias = "int | float | str"


class FaultName(StrEnum):
    """Every mishap there is."""

    SLOW = "slow"
    DROP = "drop"
    DEAD_TOKEN = "dead_token"  # noqa: S105 - a name, not a secret
    QUOTA = "quota"
    RESEND = "resend"
    API_DOWN = "api_down"
    API_SLOW = "api_slow"
    ERRCODE = "errcode"
    JUNK = "junk"
    BAD_SIGNATURE = "bad_signature"
    STALE = "stale"
    SAME_IDS = "same_ids"


DEFAULTS: Mapping[FaultName, Mapping[str, Option]] = {
    FaultName.SLOW: {"before": 1.0, "after": 2.0},
    FaultName.DROP: {"what": "reply"},
    FaultName.DEAD_TOKEN: {},
    FaultName.QUOTA: {},
    FaultName.RESEND: {"copies": 3},
    FaultName.API_DOWN: {"how": "close"},
    FaultName.API_SLOW: {"seconds": 3.0},
    FaultName.ERRCODE: {"code": -1, "path": ""},
    FaultName.JUNK: {},
    FaultName.BAD_SIGNATURE: {},
    FaultName.STALE: {"seconds": 86_400},
    FaultName.SAME_IDS: {},
}

ONE_OF = {"what": ("request", "reply"), "how": ("close", "503", "hang", "lost")}


@dataclass(frozen=True, slots=True)
class Fault:
    """One mishap as it is set now. `times`: how many uses are left, None for as long as it is on."""

    name: FaultName
    on: bool
    times: int | None
    options: Mapping[str, Option]

    def number(self, option: str) -> float:
        return float(self.options[option])

    def word(self, option: str) -> str:
        return str(self.options[option])

    def as_json(self) -> Json:
        said = fault_words()[self.name.value]
        return {
            "name": self.name.value,
            "label": said.label,
            "hint": said.hint,
            "on": self.on,
            "times": self.times,
            "options": dict(self.options),
            "highlight": said.highlight,
        }


class Faults:
    """The switchboard. `take` is asked at the very place where a mishap would strike."""

    def __init__(self, changed: Callable[[Fault], None] = lambda _: None) -> None:
        self._changed = changed
        self._faults = {name: _off(name) for name in FaultName}

    def __getitem__(self, name: FaultName | str) -> Fault:
        return self._faults[FaultName(name)]

    def all(self) -> list[Fault]:
        return list(self._faults.values())

    def on(self, name: FaultName | str, *, times: int | None = None, **options: Option) -> Fault:
        """Switch on, with the options given over the defaults. Raises Refused for a name or option not known."""
        known = _known(name)
        for option, value in options.items():
            _check(known, option, value)
        if times is not None and times < 1:
            raise Refused("bad_request", "times is at least 1")
        return self._set(Fault(known, True, times, MappingProxyType({**DEFAULTS[known], **options})))

    def off(self, name: FaultName | str) -> Fault:
        return self._set(_off(_known(name)))

    def clear(self) -> None:
        for name in FaultName:
            if self._faults[name].on:
                self.off(name)

    def take(self, name: FaultName) -> Fault | None:
        """The fault if it strikes now, counting the use."""
        fault = self._faults[name]
        if not fault.on:
            return None
        if fault.times is not None:
            self._set(replace(fault, times=fault.times - 1) if fault.times > 1 else _off(name))
        return fault

    def _set(self, fault: Fault) -> Fault:
        self._faults[fault.name] = fault
        self._changed(fault)
        return fault


def _off(name: FaultName) -> Fault:
    return Fault(name, False, None, MappingProxyType(dict(DEFAULTS[name])))


def _known(name: FaultName | str) -> FaultName:
    try:
        return FaultName(name)
    except ValueError as error:
        raise Refused("bad_request", f"there is no fault {name}") from error


def _check(name: FaultName, option: str, value: Option) -> None:
    default = DEFAULTS[name].get(option)
    if default is None:
        raise Refused("bad_request", f"{name} has no option {option}")
    if isinstance(default, str) != isinstance(value, str):
        raise Refused("bad_request", f"{option} should be like {default!r}")
    if option in ONE_OF and value not in ONE_OF[option]:
        raise Refused("bad_request", f"{option} is one of {', '.join(ONE_OF[option])}")
