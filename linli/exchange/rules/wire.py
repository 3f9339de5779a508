"""The two forms of an answer: XML, and JSON by the Spark convention (the root is left out)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

XML, JSON = "xml", "json"
MIME = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}
# what the parts of a list are called
ONE_OF = {
    "services": "service", "attributes": "attribute", "values": "value",
    "service_requests": "request", "service_requests_updates": "request_update",
    "errors": "error", "endpoints": "endpoint", "formats": "format", "media_urls": "media_url",
}  # fmt: skip
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(root: str, value: Any, form: str) -> bytes:
    """Return an answer in its form, UTF-8."""
    if form == JSON:
        return json.dumps(value, ensure_ascii=False).encode()
    body: bytes = ElementTree.tostring(_element(root, value), encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _element(name: str, value: Any) -> Element:
    made = Element(name)
    if isinstance(value, Mapping):
        made.extend(_element(key, inner) for key, inner in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        made.extend(_element(ONE_OF[name], inner) for inner in value)
    else:
        made.text = _text(value)
    return made


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NOT_XML.sub("", str(value))
