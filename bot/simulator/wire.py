"""XML as the platform writes it (text in CDATA, numbers bare) and a careful reader of what a webhook answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from xml.etree import ElementTree

XmlValue: TypeAlias = "str | int | float | Sequence[XmlFields] | Mapping[str, XmlValue]"
XmlFields: TypeAlias = "Mapping[str, XmlValue]"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(fields: XmlFields) -> str:
    """The fields as one <xml> element, in their order."""
    return f"<xml>{''.join(_element(name, value) for name, value in fields.items())}</xml>"


def _element(name: str, value: XmlValue) -> str:
    if isinstance(value, str):
        return f"<{name}><![CDATA[{_cdata(value)}]]></{name}>"
    if isinstance(value, Mapping):
        return f"<{name}>{''.join(_element(key, inner) for key, inner in value.items())}</{name}>"
    if isinstance(value, Sequence):
        return "".join(_element(name, item) for item in value)
    return f"<{name}>{value}</{name}>"


def _cdata(text: str) -> str:
    return _NOT_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>")


def read(text: str) -> ElementTree.Element:
    """The root element. Raises ValueError where it is not XML the platform takes."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("a document type is not allowed")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - no document type, so nothing to expand
    except ElementTree.ParseError as error:
        raise ValueError(f"not XML: {error}") from error
    if root.tag != "xml":
        raise ValueError(f"the root is <{root.tag}>, not <xml>")
    return root


def content(element: ElementTree.Element, path: str) -> str:
    """The text at `path`, empty where there is none."""
    return element.findtext(path) or ""
