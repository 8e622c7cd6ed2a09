"""Forms from pydantic models: errors beside their field, nothing typed is lost, nobody overwrites somebody unseen."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from bot.web.console.page import Asked
from bot.wording import console as say

M = TypeVar("M", bound=BaseModel)
Choices = Sequence[tuple[str, str]]
LONG = 120  # characters from which on a text gets more than one line
VERSION = "_version"


@dataclass(frozen=True, slots=True)
class Field:
    """One field as it is shown. `kind` is that of an input, or `long`, `choice`, `check`."""

    name: str
    label: str
    kind: str
    value: str
    required: bool
    hint: str = ""
    error: str = ""
    most: int | None = None
    choices: Choices = ()


@dataclass(frozen=True, slots=True)
class Theirs:
    """A field that somebody else changed meanwhile: what stands there now, and what was typed."""

    label: str
    saved: str
    typed: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with what stands in it."""

    fields: tuple[Field, ...]
    version: str
    theirs: tuple[Theirs, ...] = ()

    @property
    def wrong(self) -> int:
        """How many fields are wrong."""
        return sum(bool(one.error) for one in self.fields)


class Form(Generic[M]):
    """A model as a form. A field's `title` is its label, its `description` the hint, both from `wording`.

    `choices` gives value and label of each choice field; `kinds` says where the type alone does not tell the input.
    """

    def __init__(
        self, model: type[M], *, choices: Mapping[str, Choices] | None = None, kinds: Mapping[str, str] | None = None
    ) -> None:
        self.model = model
        self.choices = choices or {}
        self.kinds = kinds or {}

    def shown(self, values: Mapping[str, object] | None = None) -> Filled:
        """The form as it stands before anybody typed."""
        texts = {name: _text((values or {}).get(name)) for name in self.model.model_fields}
        return Filled(self._fields(texts, {}), version_of(texts))

    def read(self, asked: Asked, saved: Mapping[str, object] | None = None) -> M | Filled:
        """What was typed as a model, or the form again with the reasons.

        `saved` is what stands there now: where it is not what the typist saw, both are shown.
        """
        typed = {name: asked.form.get(name, "") for name in self.model.model_fields}
        now = {name: _text((saved or {}).get(name)) for name in self.model.model_fields}
        if saved is not None and asked.form.get(VERSION, "") != version_of(now):
            return Filled(self._fields(typed, {}), version_of(now), self._theirs(now, typed))
        try:
            return self.model.model_validate(self._given(typed))
        except ValidationError as error:
            wrong = {str(one["loc"][0]): worded(one) for one in reversed(error.errors()) if one["loc"]}
            return Filled(self._fields(typed, wrong), asked.form.get(VERSION, ""))

    def again(self, asked: Asked, wrong: Mapping[str, str]) -> Filled:
        """The form as it was typed, with what the rules say against it."""
        typed = {name: asked.form.get(name, "") for name in self.model.model_fields}
        return Filled(self._fields(typed, wrong), asked.form.get(VERSION, ""))

    def _fields(self, texts: Mapping[str, str], wrong: Mapping[str, str]) -> tuple[Field, ...]:
        return tuple(self._field(name, about, texts, wrong) for name, about in self.model.model_fields.items())

    def _field(self, name: str, about: FieldInfo, texts: Mapping[str, str], wrong: Mapping[str, str]) -> Field:
        most = next((one.max_length for one in about.metadata if hasattr(one, "max_length")), None)
        kind = self.kinds.get(name) or _kind(about, most, name in self.choices)
        return Field(
            name=name,
            label=about.title or name,
            kind=kind,
            value="" if kind == "password" else texts[name],
            required=about.is_required(),
            hint=about.description or "",
            error=wrong.get(name, ""),
            most=most,
            choices=self.choices.get(name, ()),
        )

    def _given(self, typed: Mapping[str, str]) -> dict[str, object]:
        """An empty field is one that was not given, but a box that was not ticked is a no."""
        given: dict[str, object] = {}
        for name, text in typed.items():
            if self.model.model_fields[name].annotation is bool:
                given[name] = bool(text)
            elif text.strip():
                given[name] = text if self.kinds.get(name) == "password" else text.strip()
        return given

    def _theirs(self, now: Mapping[str, str], typed: Mapping[str, str]) -> tuple[Theirs, ...]:
        fields = self.model.model_fields
        return tuple(
            Theirs(fields[name].title or name, self._label(name, now[name]), self._label(name, typed[name]))
            for name in fields
            if now[name] != typed[name]
        )

    def _label(self, name: str, value: str) -> str:
        return dict(self.choices.get(name, ())).get(value, value)


def version_of(texts: Mapping[str, str]) -> str:
    """A short name for exactly these values."""
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:16]


def worded(error: Mapping[str, Any]) -> str:
    """What is wrong with a field, in plain words."""
    words = say.ERRORS.get(str(error["type"]), say.WRONG_FIELD)
    return words.format(**error.get("ctx", {}))


def _kind(about: FieldInfo, most: int | None, is_choice: bool) -> str:
    if is_choice:
        return "choice"
    kinds: dict[object, str] = {bool: "check", int: "number", float: "number", date: "date", time: "time"}
    if about.annotation in kinds:
        return kinds[about.annotation]
    return "long" if most is not None and most > LONG else "text"


def _text(value: object) -> str:
    """A value as it stands in a field."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value).replace("\r\n", "\n")
