"""A place in line: kept by its owner for this form alone, honoured when its moment has come, no matter where."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from linli.runtime.middleware import in_line
from linli.runtime.middleware.in_line import HEADER, KEPT, PlaceInLine
from linli.runtime.middleware.line import FULL
from linli.runtime.types import HONOURED, came_at

CALL, PAGE = "/api/v1/draws/ABC/entries/", "/zh-hans/draws/ABC/"
NOW = 1_800_000_000.0
FORM = b'{"wishes": []}'


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The day's clock and the steady one, which only the test moves."""
    now = SimpleNamespace(at=NOW)
    told = SimpleNamespace(time=lambda: now.at, monotonic=lambda: now.at)
    monkeypatch.setattr(in_line, "time", told)
    return now


class Door:
    """The middleware of one process, with what it let in; FULL others are inside already."""

    def __init__(self, *, full: bool = True) -> None:
        self.inside: list[HttpRequest] = []
        self.gate = PlaceInLine(self._act)
        for _ in range(FULL if full else 0):
            self.gate.line.enter()

    def _act(self, request: HttpRequest) -> HttpResponse:
        self.inside.append(request)
        return HttpResponse(status=201)

    def send(
        self, place: str = "", *, body: bytes = FORM, key: str = "a-key", path: str = CALL
    ) -> Any:
        headers = {"Idempotency-Key": key, HEADER: place}
        request = RequestFactory().post(
            path, body, content_type="application/json", headers=headers
        )
        return self.gate(request)


def placed(door: Door) -> tuple[str, float]:
    """A place in a line, and the seconds to its moment."""
    got = door.send()
    assert got.status_code == 503 and not door.inside
    return got[HEADER], float(got["Retry-After"])


@pytest.mark.usefixtures("clock")
def test_who_comes_while_there_is_room_goes_in() -> None:
    door = Door(full=False)

    assert [door.send().status_code for _ in range(50)] == [201] * 50


@pytest.mark.usefixtures("clock")
def test_a_place_is_told_in_the_shape_of_the_api() -> None:
    got = Door().send()

    assert got.status_code == 503 and got["Cache-Control"] == "no-store"
    assert b'"code": "place_in_line"' in got.content and int(got["Retry-After"]) >= 1


def test_a_place_opens_at_its_moment_at_any_process(clock: SimpleNamespace) -> None:
    place, wait = placed(Door())
    other = Door()

    early = other.send(place)
    clock.at += wait
    late = other.send(place)

    assert early.status_code == 503 and early[HEADER] == place, "too early: the place stays"
    assert late.status_code == 201 and len(other.inside) == 1
    assert came_at(other.inside[0]) == datetime.fromtimestamp(NOW, UTC)


@pytest.mark.parametrize(
    "changed", [{"body": b'{"wishes": [1]}'}, {"key": "b-key"}, {"path": "/api/v1/draws/XYZ/entries/"}]
)  # fmt: skip
def test_a_place_is_for_one_form_alone(clock: SimpleNamespace, changed: dict[str, Any]) -> None:
    place, wait = placed(Door())
    clock.at += wait
    door = Door()

    assert door.send(place, **changed).status_code == 503 and not door.inside


@pytest.mark.parametrize("bad", ["x", "_", "1_2_3_4", "1_2_3_4_ä", "9" * 4000, "____", "\x00_1"])
def test_what_is_no_place_of_ours_opens_nothing(clock: SimpleNamespace, bad: str) -> None:
    door = Door()

    assert door.send(bad).status_code == 503 and not door.inside


def test_a_moment_set_earlier_by_hand_opens_nothing(clock: SimpleNamespace) -> None:
    place, _wait = placed(Door())
    whole, part, came, of_it, mark = place.split("_")
    door = Door()

    assert door.send(f"{int(whole) - 500}_{part}_{came}_{of_it}_{mark}").status_code == 503
    assert not door.inside


def test_a_place_that_was_left_for_too_long_is_given_anew_with_the_hour_of_the_first(
    clock: SimpleNamespace,
) -> None:
    place, wait = placed(Door())
    clock.at += wait + KEPT + 1
    door = Door()

    anew = door.send(place)
    clock.at += float(anew["Retry-After"])

    assert anew.status_code == 503 and anew[HEADER] != place
    assert door.send(anew[HEADER]).status_code == 201
    assert came_at(door.inside[0]) == datetime.fromtimestamp(NOW, UTC)


def test_the_hour_of_a_place_that_ran_out_long_ago_is_forgotten(clock: SimpleNamespace) -> None:
    place, wait = placed(Door())
    clock.at += wait + KEPT + HONOURED.total_seconds() + 1
    back = clock.at
    door = Door()

    anew = door.send(place)
    clock.at += float(anew["Retry-After"])

    assert door.send(anew[HEADER]).status_code == 201
    assert came_at(door.inside[0]) == datetime.fromtimestamp(back, UTC)


@pytest.mark.usefixtures("clock")
def test_an_act_that_is_not_marked_never_waits() -> None:
    door = Door()

    assert door.send(path="/api/v1/reports/").status_code == 201
    assert door.send(path="/no/such/address/").status_code == 201


def test_a_page_keeps_what_was_written_and_the_place_travels_as_a_cookie(
    clock: SimpleNamespace,
) -> None:
    door = Door()
    form = {"first_wish": "2026-12-05", "name": '陈<小>"姐', "key": "k" * 20}
    got = door.gate(RequestFactory().post(PAGE, form))
    page = got.content.decode()

    assert got.status_code == 503 and not door.inside
    assert 'name="name" value="陈&lt;小&gt;&#34;姐"' in page and 'value="2026-12-05"' in page
    cookie = got.cookies[in_line.COOKIE]
    assert cookie["httponly"] and cookie["path"] == PAGE and cookie.value == got[HEADER]


@pytest.mark.usefixtures("clock")
def test_a_failing_act_leaves_the_line_as_any_other() -> None:
    door = Door(full=False)
    door.gate.get_response = lambda _request: 1 / 0  # type: ignore[assignment,return-value]
    for _ in range(FULL + 1):
        with pytest.raises(ZeroDivisionError):
            door.send()
