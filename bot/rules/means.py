"""By which message templates the platform lets us reach residents; given once from the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Form(StrEnum):
    """What a template is about. Several kinds of news share one, for an account may have no more than 25."""

    TICKET = "ticket"
    BOOKING = "booking"
    LESSON = "lesson"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Template:
    """One template of the account: its id, and which of its fields takes which part of the news."""

    id: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Means:
    """The templates there are; without any, news go as customer messages or wait."""

    templates: Mapping[Form, Template] = field(default_factory=dict)
    subscriptions: Mapping[Form, Template] = field(default_factory=dict)


# The part of the news that each form has, with the field it fills where the settings name only an id. The kind of a
# field (its name without the number) says what the platform lets into it: docs/wechat.md §5.
USUAL_FIELDS: Mapping[Form, Mapping[str, str]] = {
    Form.TICKET: {"number": "character_string1", "progress": "thing2", "at": "time3"},
    Form.BOOKING: {"what": "thing1", "when": "time2", "where": "thing3"},
    Form.LESSON: {"what": "thing1", "when": "time2"},
    Form.NOTICE: {"what": "thing1", "when": "time2", "more": "thing3"},
}


def template(form: Form, said: object) -> Template:
    """A template as the settings name it: an id, or `{"id": …, "fields": {part: field}}`. Raises ValueError."""
    if isinstance(said, str) and said:
        return Template(said, USUAL_FIELDS[form])
    if not isinstance(said, dict) or not isinstance(said.get("id"), str) or not said["id"]:
        raise ValueError(f"{form}: neither an id nor an object with an id")
    fields = said.get("fields", USUAL_FIELDS[form])
    if not isinstance(fields, dict) or not fields or not set(fields) <= set(USUAL_FIELDS[form]):
        raise ValueError(f"{form}: fields may be named for {', '.join(USUAL_FIELDS[form])} only")
    return Template(said["id"], {str(part): str(name) for part, name in fields.items()})


def templates(said: Mapping[str, object]) -> dict[Form, Template]:
    """All of them by their form. Raises ValueError, naming what is wrong."""
    unknown = set(said) - set(Form)
    if unknown:
        raise ValueError(f"knows no form {', '.join(sorted(unknown))}; there are {', '.join(Form)}")
    return {Form(name): template(Form(name), one) for name, one in said.items()}
