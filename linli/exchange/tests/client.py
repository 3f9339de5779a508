"""A client of Open311 GeoReport v2 that knows the standard's text and nothing of this city's code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from django.test import Client as Browser

FORM = "application/x-www-form-urlencoded; charset=utf-8"
LISTS = {"services", "attributes", "values", "service_requests", "errors", "endpoints", "formats",
         "service_requests_updates", "media_urls"}  # fmt: skip


@dataclass
class Answer:
    """Status, the root of XML (JSON has none), and the content as lists, mappings and texts."""

    status: int
    content: Any
    root: str
    content_type: str


class Open311:
    """Speaks to one endpoint in one form."""

    def __init__(self, endpoint: str, form: str, *, api_key: str = "") -> None:
        self.endpoint, self.form, self.api_key = endpoint.rstrip("/"), form, api_key
        self.browser = Browser()

    def discovery(self, address: str) -> Answer:
        return self._read(self.browser.get(f"{address}.{self.form}"))

    def services(self, **given: str) -> Answer:
        return self.get("services", **given)

    def definition(self, code: str) -> Answer:
        return self.get(f"services/{code}")

    def requests(self, **given: str) -> Answer:
        return self.get("requests", **given)

    def request(self, number: str, **given: str) -> Answer:
        return self.get(f"requests/{number}", **given)

    def get(self, resource: str, **given: str) -> Answer:
        address = f"{self.endpoint}/{resource}.{self.form}"
        query = f"?{urlencode(given)}" if given else ""
        return self._read(self.browser.get(address + query))

    def post(self, fields: Mapping[str, str | list[str]], *, once: str = "") -> Answer:
        """Post a request as the standard has it: form-urlencoded, with the api_key in it."""
        sent = urlencode({"api_key": self.api_key, **fields}, doseq=True)
        headers = {"Idempotency-Key": once} if once else {}
        address = f"{self.endpoint}/requests.{self.form}"
        return self._read(self.browser.post(address, sent, content_type=FORM, headers=headers))

    def post_update(self, fields: Mapping[str, Any], *, once: str = "") -> Answer:
        """Add to a request, with the api_key; files go as multipart."""
        headers = {"Idempotency-Key": once} if once else {}
        address = f"{self.endpoint}/servicerequestupdates.{self.form}"
        sent = {"api_key": self.api_key, **fields}
        return self._read(self.browser.post(address, sent, headers=headers))

    def post_with_media(self, fields: Mapping[str, Any]) -> Answer:
        address = f"{self.endpoint}/requests.{self.form}"
        return self._read(self.browser.post(address, {"api_key": self.api_key, **fields}))

    def _read(self, response: Any) -> Answer:
        kind = response["Content-Type"]
        if self.form == "json":
            return Answer(response.status_code, json.loads(response.content), "", kind)
        assert response.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
        root = ElementTree.fromstring(response.content)
        return Answer(response.status_code, _plain(root), root.tag, kind)


def _plain(element: ElementTree.Element) -> Any:
    """Return an element as the Spark convention would: lists by their names, no value as None."""
    if element.tag in LISTS:
        return [_plain(child) for child in element]
    if len(element):
        return {child.tag: _plain(child) for child in element}
    return element.text or None
