"""GR-01: sub-classes with conditions and terms by level of the area; what is not known is to be confirmed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from linli.cases.models import Case, CaseClock
from linli.cases.testing import faults
from linli.cases.testing import move as step
from linli.grid.queries import subclasses
from linli.grid.rules.subclasses import code_digits, full_code, of_day, read_table
from linli.grid.services import events
from linli.grid.testing import NOON
from linli.grid.tests.queues import at, ground, seen
from linli.grid.types import Matter
from linli.grid.types.subclasses import FiledAs
from linli.kernel.clock import Unit
from linli.kernel.errors import Invalid
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json

ROW = {
    "key": "lamp", "matter": "facility", "kind": "part", "class_code": None,
    "since": date(2020, 1, 1), "zh": "路灯", "en": "Lamp", "unit": "working_days",
    "limits": {"A": 1, "B": 2, "C": 3}, "files_zh": "不亮", "files_en": "dark",
    "closes_zh": "亮了", "closes_en": "shines",
}  # fmt: skip
AREAS = {key: {"zh": key, "en": key} for key in "ABC"}


def raw(*rows: dict[str, Any]) -> dict[str, Any]:
    return {
        "certainty": "check",
        "source": "s",
        "areas": AREAS,
        "classes": [{**ROW, **row} for row in rows],
    }


def test_the_table_that_comes_along_is_whole_and_says_that_it_is_to_be_confirmed() -> None:
    found = subclasses.table()

    assert not found.is_sure and len(found.lines) >= 15
    assert {one.matter for one in found.lines} == {str(one) for one in Matter} - {"other"}
    words = [(one.files_zh, one.files_en, one.closes_zh, one.closes_en) for one in found.lines]
    assert all(all(each) for each in words)
    assert [one.key for one in found.lines if one.limits["A"] > one.limits["C"]] == []
    assert [one.key for one in found.lines if one.class_code is not None] == []


def test_the_sample_terms_of_the_standard_are_those_of_ordinary_ground() -> None:
    terms = {one.key: (one.limits["B"], one.unit) for one in subclasses.table().lines}

    assert terms["wire"] == (2, Unit.WORKING_HOURS)
    assert terms["heap"] == (4, Unit.WORKING_HOURS)
    assert terms["lamp"] == (2, Unit.WORKING_DAYS)
    assert terms["pothole"] == (7, Unit.WORKING_DAYS)


def test_a_changed_line_holds_from_its_day_and_two_never_hold_on_one() -> None:
    ends = date(2026, 1, 1)
    lines = read_table(
        raw({"until": ends}, {"since": ends, "limits": {"A": 1, "B": 1, "C": 1}})
    ).lines

    assert [one.limits["C"] for one in of_day(lines, date(2025, 12, 31))] == [3]
    assert [one.limits["C"] for one in of_day(lines, ends, "facility")] == [1]
    assert of_day(lines, ends, "road") == [] and of_day(lines, date(2019, 1, 1)) == []
    for wrong in (
        ({}, {}), ({"until": date(2019, 1, 1)},), ({"limits": {"A": 1, "B": 2}},), ({"limits": {"A": 0, "B": 2, "C": 3}},),
        ({"class_code": "123"},), ({"kind": "thing"},), ({"unit": "moons"},),
    ):  # fmt: skip
        with pytest.raises(ValueError):
            read_table(raw(*wrong))


def test_an_event_has_ten_digits_a_part_sixteen_and_nobody_guesses_those_that_lack() -> None:
    part, event = read_table(
        raw({"class_code": "0107"}, {"key": "x", "kind": "event", "class_code": "0203"})
    ).lines

    assert (full_code(event, "441900"), code_digits(event)) == ("4419000203", 10)
    assert (full_code(part, "441900", 12), code_digits(part)) == ("4419000107000012", 16)
    assert full_code(read_table(raw({})).lines[0], "441900") is None


@pytest.fixture
def verified():  # type: ignore[no-untyped-def]
    place, worker, _post = ground()
    case = seen(place, worker)
    events.make_move(at(case), "verify", note="", actor=worker, now=NOON)
    case.refresh_from_db()
    return case, worker


@pytest.mark.django_db
def test_what_is_filed_as_a_sub_class_has_its_term_by_the_level_of_the_area(verified) -> None:  # type: ignore[no-untyped-def]
    case, worker = verified

    with pytest.raises(Invalid):
        events.file_event(at(case), filed=FiledAs("heap", "A"), actor=worker, now=NOON)
    with pytest.raises(Invalid):
        events.file_event(at(case), filed=FiledAs("pipe", "D"), actor=worker, now=NOON)
    assert Case.objects.get().seq == case.seq
    events.file_event(at(case), filed=FiledAs("pipe", "A"), actor=worker, now=NOON)

    clock = CaseClock.objects.get(key="dispose", state="running")
    assert (clock.amount, clock.unit) == (4, "working_hours")
    found = subclasses.filed_as(case.pk)
    assert found is not None and (found[0].key, found[1]) == ("pipe", "A")
    assert faults() == []
    events.start_event(at(case), actor=worker, now=NOON + timedelta(minutes=5))
    assert CaseClock.objects.get(key="dispose").amount == 4


@pytest.mark.django_db
def test_the_page_shows_conditions_before_it_is_filed_and_before_it_is_closed(verified) -> None:  # type: ignore[no-untyped-def]
    case, worker = verified
    client, where = client_of(worker), f"/en/grid/events/{case.number}/"

    before = client.get(where).content.decode()
    wrong = client.post(f"{where}file", {"subclass": "heap", "area": "A", "key": str(uuid4())})
    filed = client.post(f"{where}file", {"subclass": "lamp", "area": "C", "key": str(uuid4())})
    after = client.get(where).content.decode()

    assert "A lamp is dark or always on" in before and "to be confirmed" in before
    assert (wrong.status_code, filed.status_code) == (422, 303)
    assert "It shines at night" in after and "3 working days" in after
    assert "16 digits, to be confirmed" in after


@pytest.mark.django_db
def test_the_api_tells_the_table_and_files_by_it(verified) -> None:  # type: ignore[no-untyped-def]
    case, worker = verified
    client, step = client_of(worker), f"/api/v1/grid/events/{case.number}/move"

    told = client.get("/api/v1/grid/subclasses/?matter=facility").json()
    away = post_json(client_of(NOBODY), step, {"move": "file"})
    wrong = post_json(client, step, {"move": "file", "subclass": "heap"})
    done = post_json(client, step, {"move": "file", "subclass": "lamp", "expected_seq": case.seq})

    assert {one["key"] for one in told["items"]} == {"manhole", "lamp", "pipe", "playground"}
    assert {one["code"] for one in told["items"]} == {None}
    assert (away.status_code, wrong.status_code, done.json()["state"]) == (404, 422, "filed")
    assert client.get("/api/v1/grid/subclasses/?on=2019-01-01").json()["items"] == []


@pytest.mark.django_db
def test_a_phone_files_as_a_sub_class_without_network_and_a_person_reads_what_was_chosen() -> None:
    from linli.grid.queries.day import day_of
    from linli.grid.queries.entry_words import lines_of
    from linli.grid.tests.queues import Phone

    place, worker, _post = ground()
    case, odd, phone = seen(place, worker), seen(place, worker, "Another lamp."), Phone(worker)
    told = day_of(worker, NOON)
    offered = [one for one in told["subclasses"] if one["of"] == told["events"][0]["of"]]
    assert "lamp" in {one["key"] for one in offered}
    assert all(set(one["limits"]) == {"A", "B", "C"} for one in offered)

    for one, more in (
        (case, {"subclass": "lamp", "area": "A"}), (odd, {"subclass": "pothole", "area": "A"}),
    ):  # fmt: skip
        phone.moves(one, "verify")
        phone.does("move", case=one.number, base_seq=one.seq, move="file", note="", **more)
    done = phone.sends()

    assert [one.state for one in done] == ["done", "done", "done", "refused"]
    found = subclasses.filed_as(case.pk)
    assert found is not None and (found[0].key, found[1]) == ("lamp", "A")
    assert subclasses.filed_as(odd.pk) is None
    words = dict(lines_of(phone.entries[-1]))
    assert any("pothole" not in text and text for text in words.values()) and len(words) == 3
    assert faults() == []


@pytest.mark.django_db
def test_filing_anew_after_it_was_merged_by_mistake_wins_no_time(verified) -> None:  # type: ignore[no-untyped-def]
    """GR-01, GR-02: the term goes on from when it was first filed."""
    case, worker = verified
    noon = [NOON + timedelta(days=day) for day in range(4)]
    events.file_event(at(case), filed=FiledAs("pipe", "B"), actor=worker, now=noon[0])
    first = CaseClock.objects.get(key="dispose")
    for move, when in (("merge", noon[1]), ("unmerge", noon[2])):
        step(case.pk, move, worker, now=when)
    events.make_move(at(case), "verify", note="", actor=worker, now=noon[3])

    events.file_event(at(case), filed=FiledAs("pipe", "B"), actor=worker, now=noon[3])

    again = CaseClock.objects.get(key="dispose")
    assert (again.started_at, again.state) == (first.started_at, "running")
    # Tuesday to Thursday it was merged: two working days, no more
    assert again.due_at == first.due_at + timedelta(days=2)
    events.make_move(at(case), "start", note="", actor=worker, now=noon[3])
    assert CaseClock.objects.get(key="dispose").due_at == again.due_at
    assert faults() == []
