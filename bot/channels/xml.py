"""XML as the platform speaks it: read without trust, written without surprise."""

import re
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict

from bot.channels import Rejected

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENCRYPT = re.compile(rb"<Encrypt><!\[CDATA\[([A-Za-z0-9+/=]+)\]\]></Encrypt>")
_EMPTY: dict[str, Any] = {}
# Nothing but a declaration before the root: a document type could make megabytes of a small body.
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b[^>]*>\s*)?<xml[\s/>]")


def cipher_of(body: bytes) -> str:
    """What stands in the envelope's `<Encrypt>`. Raises Rejected(400) unless it stands there once.

    The envelope as the platform writes it is found without a parser; the signature that is checked
    next covers exactly these characters. Any other shape is read as XML.
    """
    found = _ENCRYPT.findall(body)
    if len(found) == 1:
        return str(found[0], "ascii")
    cipher = text_of(read_xml(body), "Encrypt")
    if not cipher:
        raise Rejected(400, "no Encrypt element")
    return cipher


def read_xml(body: bytes) -> dict[str, Any]:
    """The elements below `<xml>`. Raises Rejected(400) for anything that is not such a document."""
    if not _BEGINNING.match(body):
        raise Rejected(400, "does not begin with <xml>")
    try:
        root = xmltodict.parse(body, encoding="utf-8")
    except (ExpatError, ValueError, LookupError) as error:  # ValueError: entities are refused, not UTF-8
        raise Rejected(400, "not well-formed XML") from error
    found = root.get("xml")
    if not isinstance(found, dict):
        raise Rejected(400, "no <xml> element with content")
    return found


def text_of(elements: dict[str, Any], name: str) -> str:
    """The text of an element, "" where it is absent or empty. Raises Rejected(400) where it stands twice."""
    value = elements.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Rejected(400, f"{name} is not one plain element")
    return value


def part_of(elements: dict[str, Any], name: str) -> dict[str, Any]:
    """The elements below an element, none where it is absent or plain."""
    value = elements.get(name)
    return value if isinstance(value, dict) else _EMPTY


def cdata(text: str) -> str:
    """The text as character data that cannot end early and holds nothing XML 1.0 forbids."""
    return f"<![CDATA[{_FORBIDDEN.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"
