"""Why a message is not taken: a closed set of codes that a maker finds in docs/cabinets.md."""

from enum import StrEnum


class Fault(StrEnum):
    """The `code` of an `error`."""

    TOO_LARGE = "too_large"
    BAD_JSON = "bad_json"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_VERSION = "unknown_version"
    UNKNOWN_TYPE = "unknown_type"
    WRONG_SERIAL = "wrong_serial"
    UNKNOWN_CABINET = "unknown_cabinet"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    CLOCK_SKEW = "clock_skew"
    INTERNAL = "internal"

    @property
    def is_forgery(self) -> bool:
        """Whether the sender could not prove to be the cabinet."""
        return self in (Fault.UNKNOWN_CABINET, Fault.UNKNOWN_KEY, Fault.BAD_SIGNATURE, Fault.WRONG_SERIAL)


class Unreadable(Exception):
    """A message that is not taken; `field` names the part that is wrong, `seq` the message where it can be told."""

    def __init__(self, fault: Fault, field: str = "", seq: int | None = None) -> None:
        super().__init__(f"{fault.value} {field}".rstrip())
        self.fault = fault
        self.field = field
        self.seq = seq
