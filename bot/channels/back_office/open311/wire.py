"""GeoReport v2 as bytes, in both of its forms: rows in, rows out.

Source: https://wiki.open311.org/GeoReport_v2/ and https://github.com/mysociety/open311-service-request-updates.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

import xmltodict

Row: TypeAlias = Mapping[str, object]
JSON, XML = "application/json", "text/xml"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


class Unreadable(Exception):
    """Nothing that GeoReport v2 knows."""


def read(body: bytes, kind: str) -> list[dict[str, object]]:
    """The rows of an answer. Raises Unreadable."""
    return _read_xml(body) if "xml" in kind or body.lstrip()[:1] == b"<" else _read_json(body)


def text(row: Row, *names: str) -> str:
    """The first of these fields that has something in it, as text."""
    for name in names:
        value = row.get(name)
        if value is not None and not isinstance(value, dict | list) and str(value).strip():
            return str(value).strip()
    return ""


def moment(said: str) -> datetime | None:
    """A moment with its zone; without one it is taken as UTC. None where it is no moment."""
    try:
        found = datetime.fromisoformat(said.strip())
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def write(rows: Sequence[Row], form: str, *, around: str, each: str) -> bytes:
    """Rows as JSON or XML; `around` and `each` name the elements of the latter."""
    if form == "json":
        return json.dumps(list(rows), ensure_ascii=False).encode()
    root = ElementTree.Element(around)
    for row in rows:
        _element(ElementTree.SubElement(root, each), row)
    return _bytes(root)


def write_one(row: Row, form: str, *, around: str) -> bytes:
    """One object as JSON or XML."""
    if form == "json":
        return json.dumps(row, ensure_ascii=False).encode()
    root = ElementTree.Element(around)
    _element(root, row)
    return _bytes(root)


def _bytes(root: ElementTree.Element) -> bytes:
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _element(parent: ElementTree.Element, row: Row) -> None:
    for name, value in row.items():
        for one in value if isinstance(value, list) else [value]:
            below = ElementTree.SubElement(parent, name)
            if isinstance(one, Mapping):
                _element(below, one)
            elif one is not None:
                below.text = _FORBIDDEN.sub("", _plain(one))


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read_json(body: bytes) -> list[dict[str, object]]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if isinstance(found, dict):
        inside = next((value for value in found.values() if isinstance(value, list)), None)
        found = inside if inside is not None else [found]
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Unreadable("no list of objects")
    return found


def _read_xml(body: bytes) -> list[dict[str, object]]:
    if _DOCTYPE.search(body):
        raise Unreadable("XML with a document type")
    try:
        found = xmltodict.parse(body, encoding="utf-8")
    except (ExpatError, ValueError, LookupError, RecursionError) as error:
        raise Unreadable("not well-formed XML") from error
    below = next(iter(found.values()), None)
    if not isinstance(below, dict):
        return []
    rows = [row for value in below.values() for row in (value if isinstance(value, list) else [value])]
    if not all(isinstance(row, dict) for row in rows):
        return [below]
    return rows
