"""What a resident has said so far, kept in the open question between two messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

KEY = "form"


@dataclass(frozen=True, slots=True)
class Draft:
    """The values of the slots, each as text, and notes that belong to no slot alone.

    `asked`: the questions that were asked before; `tries`: how often the open one was asked in vain; `at`: when the
    resident last spoke in it.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    tries: int = 0
    at: datetime | None = None

    @classmethod
    def of(cls, memo: Mapping[str, object]) -> "Draft":
        """What `memo` kept; an empty one where it kept none."""
        kept = memo.get(KEY)
        if not isinstance(kept, Mapping):
            return cls()
        return cls(
            _texts(kept.get("values")),
            _texts(kept.get("notes")),
            tuple(map(str, kept.get("asked", ()))),
            int(kept.get("tries", 0)),
            _moment(kept.get("at")),
        )

    def memo(self) -> dict[str, object]:
        at = self.at.isoformat() if self.at else None
        said = {"values": dict(self.values), "notes": dict(self.notes), "asked": list(self.asked)}
        return {KEY: {**said, "tries": self.tries, "at": at}}

    def get(self, name: str) -> str:
        """The value of a slot, empty where there is none."""
        return self.values.get(name, "")

    def note(self, name: str) -> str:
        return self.notes.get(name, "")

    def put(self, name: str, value: str) -> "Draft":
        return replace(self, values={**self.values, name: value})

    def noted(self, **notes: str) -> "Draft":
        """With these notes; an empty one is dropped."""
        merged = {**self.notes, **notes}
        return replace(self, notes={name: note for name, note in merged.items() if note})

    def without(self, *names: str) -> "Draft":
        return replace(self, values={name: value for name, value in self.values.items() if name not in names})


def _texts(kept: object) -> dict[str, str]:
    return {str(name): str(value) for name, value in kept.items()} if isinstance(kept, Mapping) else {}


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None
