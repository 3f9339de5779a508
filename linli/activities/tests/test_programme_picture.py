"""The programme of a place is one picture to be sent on to groups, made of what everybody may read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linli.activities.clients import pictures
from linli.activities.clients.pictures import MOST, Line, Programme, picture_of
from linli.activities.models import Event
from linli.activities.testing import NOON
from linli.activities.tests.test_events import _event
from linli.activities.views.pictures import DRAWN
from linli.kernel.testing import stop_clock

pytestmark = pytest.mark.django_db
LINE = Line("12月1日 9:00", "Paper cutting", "Hall", "for every age · free of charge")


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch, NOON)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What the picture was made of, each time."""
    found: list[Any] = []

    def draw(source: str, data: Any, **more: Any) -> bytes:
        found.append(data)
        return b"png"

    pictures._drawn.cache_clear()
    monkeypatch.setattr(pictures, "draw_picture", draw)
    yield found
    # what was drawn here is no picture: no other test may be given it
    pictures._drawn.cache_clear()


def ask(language: str, event: Event) -> Any:
    code = event.path.rstrip("/").rsplit("/", 1)[-1]
    return Client().get(f"/{language}/places/{code}/events/picture.png")


def test_it_is_a_png_for_everybody_in_both_languages() -> None:
    event = _event()
    got = [ask(language, event) for language in ("zh-hans", "en")]

    assert [one.status_code for one in got] == [200, 200]
    assert all(one["Content-Type"] == "image/png" for one in got)
    assert all(one.content[:4] == b"\x89PNG" for one in got)
    assert got[0].content != got[1].content


def test_it_tells_what_the_page_tells_and_leaves_out_what_was_called_off(told: list[Any]) -> None:
    event, off = _event(), _event()
    Event.objects.filter(pk=event.pk).update(title_en="Paper & scissors <3")
    Event.objects.filter(pk=off.pk).update(state="cancelled")

    ask("en", event)

    (line,) = told[0]["lines"]
    assert line["what"] == "Paper & scissors <3"
    assert "&amp;" not in line["when"] + line["whom"] and line["when"] and line["whom"]
    assert told[0]["address"].endswith(
        f"/places/{event.path.rstrip('/').rsplit('/', 1)[-1]}/events/"
    )
    assert not told[0]["more"]


def test_an_empty_programme_is_a_picture_too_and_an_unknown_place_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = _event()
    stop_clock(monkeypatch, NOON + timedelta(days=30))

    assert ask("en", event).content[:4] == b"\x89PNG"
    assert Client().get("/en/places/999999999999/events/picture.png").status_code == 404


def test_more_than_a_telephone_shows_stands_at_the_address(told: list[Any]) -> None:
    for many in (MOST, MOST + 1):
        picture_of(Programme("Fig", "http://fig", (LINE,) * many), is_invented=False)

    assert [(len(one["lines"]), one["more"]) for one in told] == [(MOST, False), (MOST, True)]


def test_who_asks_for_very_many_is_told_to_wait_and_others_are_not(told: list[Any]) -> None:
    event = _event()
    most = DRAWN.count

    answers = [ask("en", event).status_code for _ in range(most + 1)]

    assert set(answers[:most]) == {200} and answers[most] == 429
    elsewhere = Client(REMOTE_ADDR="10.9.9.9")
    assert elsewhere.get(ask("en", event).request["PATH_INFO"]).status_code == 200
