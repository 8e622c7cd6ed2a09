"""What stands in a GeoReport request, as values; what cannot be right is answered with 400."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.channels.back_office.open311.states import stage_of
from bot.channels.back_office.open311.wire import moment
from bot.nlu.kinds import Trouble
from bot.rules.forwarding.values import News, Point
from bot.rules.open311.asking import NotServed
from bot.rules.open311.reading import MOST, Asked
from bot.rules.open311.taking import Posted
from bot.wording import forwarding as say

MOST_WORDS = 4000  # Source: GeoReport v2
MOST_NAME = 120


@dataclass(frozen=True, slots=True)
class Letter:
    """A request as it came: its fields, those of the form before those of the address."""

    jurisdiction: str
    form: str
    fields: Mapping[str, str]
    idempotency_key: str = ""
    base: str = ""  # as the other system called us
    subject: str = ""  # the id or code in the path

    def field(self, *names: str) -> str:
        return next((found for name in names if (found := self.fields.get(name, "").strip())), "")

    def needed(self, name: str) -> str:
        """Raises NotServed(400)."""
        found = self.field(name)
        if not found:
            raise NotServed(400, f"{name} was not provided")
        return found

    def many(self, name: str) -> tuple[str, ...]:
        return tuple(one.strip() for one in self.field(name).split(",") if one.strip())


def asked(letter: Letter) -> Asked:
    """Which requests or updates somebody wants to see."""
    return Asked(
        since=_moment(letter, "start_date"),
        until=_moment(letter, "end_date"),
        kinds=letter.many("service_code"),
        numbers=letter.many("service_request_id"),
        statuses=letter.many("status"),
        page=_count(letter, "page", 1, 100_000),
        page_size=_count(letter, "page_size", MOST, MOST),
    )


def posted(letter: Letter) -> Posted:
    """A new request. Raises NotServed: 400 for what is missing or wrong, 404 for a kind that is none."""
    code = letter.needed("service_code")
    if code not in set(Trouble):
        raise NotServed(404, "service_code was not found")
    words = letter.needed("description")
    if len(words) > MOST_WORDS:
        raise NotServed(400, f"description is longer than {MOST_WORDS} characters")
    point, address = _point(letter), letter.field("address_string", "address_id")
    if point is None and not address:
        raise NotServed(400, "a location was not provided: lat and long, address_string or address_id")
    return Posted(Trouble(code), words, address[:200], point, _reference(letter))


def reported(letter: Letter, title: str) -> tuple[str, News]:
    """An update with the number of its request. Raises NotServed(400)."""
    number, update_id = letter.needed("service_request_id"), letter.needed("update_id")
    letter.needed("updated_datetime")
    at = _moment(letter, "updated_datetime")
    status, code = letter.needed("status"), letter.field("external_status_code")
    stage, said = stage_of(status, code), letter.field("description")[:MOST_WORDS]
    if stage is None:
        raise NotServed(400, "status is none that is known here")
    if at is None or len(update_id) > MOST_NAME:
        raise NotServed(400, "update_id is too long")
    return number, News(update_id, code or status, stage, at, say.heard(title, stage, said), said)


def _reference(letter: Letter) -> str:
    """Their own name for it. Raises NotServed(400) for one that is too long."""
    found = letter.idempotency_key or letter.field("attribute[reference]", "reference")
    if len(found) > MOST_NAME:
        raise NotServed(400, f"the reference is longer than {MOST_NAME} characters")
    return found


def _moment(letter: Letter, name: str) -> datetime | None:
    said = letter.field(name).replace(" ", "+")  # a plus that nobody escaped
    found = moment(said) if said else None
    if said and found is None:
        raise NotServed(400, f"{name} is no moment such as 2026-11-22T10:00:00+08:00")
    return found


def _count(letter: Letter, name: str, default: int, most: int) -> int:
    said = letter.field(name)
    if not said:
        return default
    if not (said.isascii() and said.isdigit() and 1 <= len(said) <= 6 and 1 <= int(said) <= most):
        raise NotServed(400, f"{name} must be a number from 1 to {most}")
    return int(said)


def _point(letter: Letter) -> Point | None:
    lat, lon = letter.field("lat"), letter.field("long")
    if not lat and not lon:
        return None
    try:
        found = Point(float(lat), float(lon))
    except ValueError:
        raise NotServed(400, "lat and long must be degrees") from None
    if not (-90 <= found.lat <= 90 and -180 <= found.lon <= 180):
        raise NotServed(400, "lat and long must be degrees")
    return found
