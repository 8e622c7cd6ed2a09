"""A report of a resident as WeCom hands it out, as our own value: everything in it was written by anybody."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.messages import Spot
from bot.rules.resident_report import Order, Step

MOST_WORDS = 2000


def order(said: Mapping[str, Any]) -> Order | None:
    """None for what has no number or no words."""
    order_id, words = _text(said, "order_id")[:64], _text(said, "desc").strip()[:MOST_WORDS]
    where = said.get("location") if isinstance(said.get("location"), dict) else {}
    case = _text(said, "case_name")
    if not order_id or not (words or case):
        return None
    address = " ".join(filter(None, (_text(where or {}, "name"), _text(where or {}, "address"))))
    return Order(
        order_id=order_id,
        words=words or case,
        case=case[:80],
        grid=_text(said, "grid_name")[:80],
        name=_text(said, "reporter_name")[:80],
        mobile=_text(said, "reporter_mobile")[:20],
        unionid=_text(said, "unionid")[:64],
        spot=_spot(where or {}, address),
        address=address[:200],
        pictures=tuple(one for one in _list(said, "image_urls") if isinstance(one, str) and one)[:20],
        steps=tuple(_steps(said)),
    )


def _steps(said: Mapping[str, Any]) -> Iterator[Step]:
    """What was done about it there, in the platform's order."""
    for one in _list(said, "process_list"):
        if isinstance(one, dict):
            at = one.get("solved_time")
            moment = datetime.fromtimestamp(at, UTC) if isinstance(at, int) and 0 < at < 10**11 else None
            yield Step(moment, _text(one, "solve_userid")[:64], _text(one, "process_desc")[:400])


def _spot(where: Mapping[str, Any], label: str) -> Spot | None:
    lat, lon = _number(where, "latitude"), _number(where, "longitude")
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat, lon) == (0, 0):
        return None
    return Spot(lat, lon, label[:200])


def _number(where: Mapping[str, Any], name: str) -> float | None:
    """A number, also where it comes as text."""
    try:
        return float(where[name])
    except (KeyError, TypeError, ValueError):
        return None


def _list(said: Mapping[str, Any], name: str) -> list[Any]:
    found = said.get(name)
    return found if isinstance(found, list) else []


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    return found if isinstance(found, str) else ""
