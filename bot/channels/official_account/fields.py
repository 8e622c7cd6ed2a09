"""What the platform lets into each kind of field of a template. Source: docs/wechat.md §5."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

from bot.rules.means import Template

_CUT = "…"
_SPACE = re.compile(r"\s+")


def filled(fields: Mapping[str, str], said: Mapping[str, str | datetime]) -> dict[str, str] | None:
    """A value for every field (`fields`: part to field); None where one of them cannot take what is to be said."""
    values = {name: value_for(name, said.get(part, "")) for part, name in fields.items()}
    return {name: value for name, value in values.items() if value} if all(values.values()) else None


def value_for(field: str, said: str | datetime) -> str | None:
    """What stands in a field, cut where its kind lets it be cut; None where it cannot stand there."""
    kind = field.rstrip("0123456789")
    text = _moment(kind, said) if isinstance(said, datetime) else _SPACE.sub(" ", said).strip()
    rule = _RULES.get(kind)
    return rule(text) if rule is not None and text else None


def check_fields(templates: Iterable[Template]) -> None:
    """Raises ValueError for a field of a kind that the platform does not have."""
    for template in templates:
        for name in template.fields.values():
            if not re.fullmatch(r"[a-z_]+\d+", name) or name.rstrip("0123456789") not in _RULES:
                raise ValueError(f"{name} is no field of a template; one is thing2, time3 or character_string1")


def _moment(kind: str, at: datetime) -> str:
    day = _day_format().format(at)
    return day if kind == "date" else f"{day} {at:%H:%M}"


@cache
def _day_format() -> str:
    return str(tomllib.loads((files(__package__) / "fields.toml").read_text("utf-8"))["day"])


def _cut(most: int) -> Callable[[str], str]:
    return lambda text: text if len(text) <= most else text[: most - 1] + _CUT


def _matching(pattern: str) -> Callable[[str], str | None]:
    whole = re.compile(pattern)
    return lambda text: text if whole.fullmatch(text) else None


_RULES: Mapping[str, Callable[[str], str | None]] = {
    "thing": _cut(20),
    "const": _matching(r".{1,20}"),
    "phrase": _matching(r".{1,5}"),
    "character_string": _matching(r"[\x20-\x7e]{1,32}"),
    "number": _matching(r"-?[0-9]{1,20}(\.[0-9]{1,10})?"),
    "letter": _matching(r"[A-Za-z]{1,32}"),
    "symbol": _matching(r"\W{1,5}"),
    "phone_number": _matching(r"[0-9+\-]{1,17}"),
    "car_number": _matching(r".{1,8}"),
    "amount": _matching(r"[\u00a5$\u20ac]?[0-9]{1,10}(\.[0-9]{1,2})?\u5143?"),
    "time": _matching(r"(?=.*[0-9])[^\n]{1,32}"),
    "date": _matching(r"(?=.*[0-9])[^\n]{1,32}"),
}
