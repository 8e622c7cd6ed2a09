"""Message templates, the data they take, and people's consents to subscription notices."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator import words
from bot.simulator.bubbles import Content
from bot.simulator.errors import PlatformError
from bot.simulator.jsons import Body, Json

IDEMPOTENT_FOR = timedelta(minutes=10)

_FIELD = re.compile(r"^(.*?)[:\uff1a]?\s*\{\{(\w+)\.DATA\}\}$")
_AMOUNT = re.compile(r"^[¥$€]?\d{1,10}(\.\d+)?\u5143?$")

_RULES: dict[str, Callable[[str], bool]] = {
    "thing": lambda value: len(value) <= 20,
    "character_string": lambda value: len(value) <= 32 and value.isascii(),
    "number": lambda value: len(value) <= 32 and re.fullmatch(r"-?\d+(\.\d+)?", value) is not None,
    "letter": lambda value: len(value) <= 32 and value.isalpha() and value.isascii(),
    "symbol": lambda value: len(value) <= 5,
    "phone_number": lambda value: len(value) <= 17 and re.fullmatch(r"[\d+\-]+", value) is not None,
    "car_number": lambda value: len(value) <= 8,
    "const": lambda value: len(value) <= 20,
    "amount": lambda value: _AMOUNT.fullmatch(value) is not None,
    "time": lambda value: re.search(r"\d", value) is not None and len(value) <= 32,
    "date": lambda value: re.search(r"\d", value) is not None and len(value) <= 32,
}


@dataclass(frozen=True, slots=True)
class Template:
    """One template: `fields` pairs each field's name with the words before it."""

    id: str
    title: str
    content: str
    fields: tuple[tuple[str, str], ...]

    def filled(self, data: Body) -> list[Json]:
        """The rows as the phone shows them. Raises PlatformError 47003 for a field missing or against its rule."""
        return [{"label": label, "value": _value(data, name)} for name, label in self.fields]

    def as_json(self) -> Json:
        return {"template_id": self.id, "title": self.title, "content": self.content, "example": ""}


def template(template_id: str, title: str, content: str) -> Template:
    """Raises ValueError for a content without {{field.DATA}} lines."""
    found = [_FIELD.match(line.strip()) for line in content.splitlines() if line.strip()]
    fields = tuple((one[2], one[1]) for one in found if one is not None)
    if not fields:
        raise ValueError("a template needs {{field.DATA}} lines")
    return Template(template_id, title, content, fields)


def _value(data: Body, name: str) -> str:
    row = data.table_or_none(name)
    value = row.text_or("value") if row is not None else ""
    rule = _RULES.get(name.rstrip("0123456789"))
    if not value or (rule is not None and not rule(value)):
        raise PlatformError(47003, f"data.{name}.value invalid")
    return value


class Templates:
    """The account's templates, and the sends remembered for their client_msg_id."""

    def __init__(self) -> None:
        self._templates: dict[str, Template] = {}
        self._sent: dict[tuple[str, str], tuple[datetime, int]] = {}
        for row in words.tables("templates.toml").values():
            self.add(str(row["id"]), str(row["title"]), str(row["content"]))

    def add(self, template_id: str, title: str, content: str) -> Template:
        made = template(template_id, title, content)
        self._templates[template_id] = made
        return made

    def get(self, template_id: str) -> Template:
        """Raises PlatformError 40037."""
        found = self._templates.get(template_id)
        if found is None:
            raise PlatformError(40037)
        return found

    def all(self) -> list[Template]:
        return list(self._templates.values())

    def sent_before(self, openid: str, client_id: str, now: datetime) -> int | None:
        """The message id of the same send within ten minutes."""
        at, msg_id = self._sent.get((openid, client_id), (None, 0))
        return msg_id if at is not None and now - at < IDEMPOTENT_FOR else None

    def remember(self, openid: str, client_id: str, msg_id: int, now: datetime) -> None:
        self._sent[openid, client_id] = (now, msg_id)


class Consents:
    """What people have agreed to be sent: once each, or for good."""

    def __init__(self) -> None:
        self._once: dict[tuple[str, str], int] = {}
        self._for_good: set[tuple[str, str]] = set()

    def give(self, openid: str, template_id: str, *, long_term: bool) -> None:
        if long_term:
            self._for_good.add((openid, template_id))
        else:
            self._once[openid, template_id] = self._once.get((openid, template_id), 0) + 1

    def withdraw(self, openid: str, template_id: str) -> None:
        self._once.pop((openid, template_id), None)
        self._for_good.discard((openid, template_id))

    def use(self, openid: str, template_id: str) -> None:
        """Take one consent. Raises PlatformError 43101 where none is left."""
        key = (openid, template_id)
        if key in self._for_good:
            return
        left = self._once.get(key, 0)
        if left == 0:
            raise PlatformError(43101)
        self._once[key] = left - 1

    def left(self, openid: str, template_id: str) -> int | None:
        """None: for good."""
        return None if (openid, template_id) in self._for_good else self._once.get((openid, template_id), 0)


def shown(made: Template, rows: list[Json], url: str | None) -> Content:
    """A notice as the phone draws it."""
    lines = [made.title, *(f"{row['label']} {row['value']}" for row in rows)]
    return Content("template", "\n".join(lines), {"title": made.title, "rows": rows, "url": url})
