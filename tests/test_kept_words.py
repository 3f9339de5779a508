"""Two write into the same form and one is first: the other's words come back with the refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from linli.kernel.permits import PERMITS, PROTECTED, Actor, Grant
from tests.addresses import addresses
from tests.conftest import City

pytestmark = pytest.mark.load
FIRST, SECOND = "先写的人写了这些话", "后写的人也写了一些话"
# buttons of one form that are tried against each other, at most
MOST_BUTTONS = 4


@dataclass
class Sent:
    """A form of a page as a browser would send it: hidden fields, first choices, where words go."""

    action: str
    given: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def data(self, words: str, button: tuple[str, str, str]) -> dict[str, str]:
        name, value, _to = button
        pressed = {name: value} if name else {}
        written = dict.fromkeys(self.words, words)
        return {**self.given, **written, **pressed, "key": str(uuid4())}


class Forms(HTMLParser):
    """Reads the forms of a page that are posted and take words."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found = path, list[Sent]()
        self.now: Sent | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag == "form":
            posts = has.get("method", "").lower() == "post"
            self.now = Sent(has.get("action") or self.path) if posts else None
        elif self.now is not None:
            self._field(self.now, tag, has)

    def _field(self, form: Sent, tag: str, has: dict[str, str]) -> None:
        name, kind = has.get("name", ""), has.get("type", "text")
        if tag == "textarea":
            form.words.append(name)
        elif tag == "select":
            self.select = name
        elif tag == "option" and has.get("value") and self.select:
            form.given.setdefault(self.select, has["value"])
        elif (
            tag == "button"
            and has.get("type", "submit") == "submit"
            and has.get("class") != "ll-enter"
        ):
            form.buttons.append((name, has.get("value", ""), has.get("formaction", "")))
        elif tag == "input" and name and kind in ("hidden", "text", "number", "radio"):
            form.given.setdefault(name, has.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.now is not None:
            if self.now.words and self.now.buttons:
                self.found.append(self.now)
            self.now = None
        elif tag == "select":
            self.select = ""


class _Undo(Exception):
    """Rolls back what two people did."""


def forms_of(client: Client, actor: Actor, where: str) -> list[Sent]:
    got = client.get(where, **{"test.actor": actor})
    if got.status_code != 200 or not got["Content-Type"].startswith("text/html"):
        return []
    reader = Forms(where)
    reader.feed(got.content.decode())
    return reader.found


def both_send(client: Client, actor: Actor, form: Sent, one: tuple[str, str, str],
              other: tuple[str, str, str]) -> tuple[bool, bool]:  # fmt: skip
    """Return whether the first got it done, and whether the words of the second are lost."""
    answer: list[tuple[bool, bool]] = []
    try:
        with transaction.atomic():
            was, got = (
                client.post(button[2] or form.action, form.data(words, button), **{"test.actor": actor})
                for words, button in ((FIRST, one), (SECOND, other))
            )  # fmt: skip
            shown = got.content.decode() if got.status_code >= 400 else SECOND
            answer.append((was.status_code < 400, SECOND not in shown))
            raise _Undo
    except _Undo:
        return answer[0]


def pages(city: City) -> Iterator[str]:
    for address in addresses():
        if not address.has_language or address.is_move:
            continue
        where = city.where(address)
        module = resolve(where).func.__module__
        if module.startswith(("linli.cases.", "linli.grid.")):
            yield where


def test_whoever_is_second_gets_back_what_she_wrote_on_every_page(city: City) -> None:
    client = Client()
    actor = Actor(
        city.clerk_id, None, "holder of all",
        tuple(Grant(name, "441900/", PROTECTED) for name in PERMITS),
    )  # fmt: skip
    tried, done, lost = set[str](), set[str](), set[str]()
    for where in pages(city):
        for form in forms_of(client, actor, where):
            buttons = form.buttons[:MOST_BUTTONS]
            for one, other in product(buttons, buttons):
                was_done, is_lost = both_send(client, actor, form, one, other)
                tried.add(where)
                done |= {where} if was_done else set()
                lost |= {f"{where} {one[1]} then {other[1]}"} if is_lost else set()

    assert lost == set()
    assert len(tried) > 20 and len(done) > 5
