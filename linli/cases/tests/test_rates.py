"""Figures counted by the database, and again in plain steps from the exported file: always the same."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.cases import indicators, permits
from linli.cases.models import CallBack, Case, Category, Rating
from linli.cases.queries.public import public_place
from linli.cases.queries.rates import counted_as, figures_of
from linli.cases.queries.rates_export import lines_of, rates_of
from linli.cases.queries.rounds import cases_behind
from linli.cases.rules import weekly
from linli.cases.rules.rates import gap, summed
from linli.cases.rules.recounting import differing, recount
from linli.cases.services import call_backs, excluding, rating, verifying
from linli.cases.services.call_backs import Heard
from linli.cases.services.perform import perform
from linli.cases.services.weekly import publish_week
from linli.cases.testing import NOON, REPORTER, VILLAGE, clerk_of, faults, make_case, move
from linli.cases.tests.rating_samples import petitioned
from linli.cases.types.moves import Given, Wish
from linli.cases.types.rates import Column, Rate
from linli.cases.types.rating import Reached
from linli.cases.types.recounts import Recount
from linli.kernel.errors import Refusal
from linli.kernel.permits import NOBODY, STAFF, Grant, system_actor
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village

CODE, TOWN = "441900005001", "441900005"
CLERK = clerk_of("441900/")
CHIEF = make_actor(
    "chief", permits.SUPERVISE, permits.SEE, permits.CALL_BACK, at="441900/441900005/", account_id=3
)
SYSTEM = system_actor("test")
FIRST, LAST = date(2026, 8, 10), date(2026, 8, 16)

STEPS = {
    "accept": {}, "answer": {"public": {"text": "x"}}, "ask_back": {"public": {"text": "x"}},
    "resume": {}, "finish": {"public": {"text": "x"}, "facts": {"files": ["f"]}},
    "refuse": {"public": {"text": "x"}, "facts": {"basis": "b"}},
    "beyond": {"public": {"text": "x"}, "internal": {"reason": "r"}},
    "refer": {"public": {"text": "x"}, "internal": {"reason": "r"}}, "reopen": {},
    "keep_closed": {"public": {"text": "x"}, "facts": {"basis": "b"}},
}  # fmt: skip
HERS = {
    "withdraw": {}, "agree": {}, "add": {},
    "ask_reopen": {"internal": {"reason": "r"}, "by_reporter": True},
}  # fmt: skip
ITS = ("lapse", "close", "stand")
ALL = [*STEPS, *HERS, *ITS, "merge"]


def step(case_id: int, name: str, at: datetime) -> None:
    """Make a step if the case can take it; most lives are not straight."""
    actor, hand, given = SYSTEM, None, STEPS.get(name, {})
    if name in HERS:
        given, hand = HERS[name], REPORTER
    try:
        with transaction.atomic():
            perform(Wish(case_id, name, Given(**given)), actor=actor, now=at, hand=hand)
    except Refusal:
        return


def again(code: str, first: date, last: date, *, kind: str = "report") -> tuple[Any, list[str]]:
    place = public_place(code)
    figures = figures_of(place, first, last, counted_as(kind))
    lines = list(lines_of(place, figures, NOON + timedelta(days=400)))
    return figures, lines


class TestSame(TestCase):
    """Whatever cases went through, the statement and the plain count agree, for every period."""

    @settings(max_examples=25)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["441900005001", "441900005002", "441900006001"]),
                st.sampled_from(["complaint", "inquiry", "tip"]),
                st.integers(0, 200),
                st.lists(st.tuples(st.sampled_from(ALL), st.integers(0, 120)), max_size=9),
            ),
            max_size=5,
        ),
        st.integers(0, 12),
        st.integers(0, 9),
    )
    def test_the_same(self, lives: list[Any], start: int, length: int) -> None:
        for code, matter, hours, steps in lives:
            at = NOON + timedelta(hours=hours)
            case_id = make_case(code, matter=matter, now=at).held.id
            for name, later in steps:
                at += timedelta(hours=later)
                step(case_id, name, at)
        make_village(CODE)
        first = FIRST + timedelta(days=start)
        last = first + timedelta(days=length)

        for code in (CODE, TOWN, "441900"):
            figures, lines = again(code, first, last)
            found = recount(lines)
            assert found.problems == [], found.problems
            whole = summed(figures.lines)
            assert whole["came"] >= whole["reopened"]
        week_of_it = weekly.week_of(first)
        report = publish_week(CODE, week_of_it, actor=SYSTEM, now=NOON + timedelta(days=400))
        assert report is not None and report.content["last"] >= str(week_of_it)


pytestmark = pytest.mark.django_db


def finished(now: datetime = NOON, hours: int = 10, **more: Any) -> Any:
    opened = make_case(now=now, **more)
    move(opened.held.id, "accept", CLERK, now=now)
    done = now + timedelta(hours=hours)
    move(opened.held.id, "finish", CLERK, now=done, **STEPS["finish"])
    return opened


def week() -> Any:
    return figures_of(public_place(CODE), FIRST, LAST)


def numbers(figures: Any) -> dict[str, int]:
    return {name: number for name, number in summed(figures.lines).numbers.items() if number}


def test_each_outcome_stands_in_its_own_column() -> None:
    finished()
    for name in ("answer", "refuse", "beyond", "refer"):
        case_id = make_case().held.id
        step(case_id, "accept", NOON)
        step(case_id, name, NOON + timedelta(hours=1))
    for name in ("withdraw", "merge"):
        step(make_case().held.id, name, NOON)
    make_case()

    assert numbers(week()) == {
        "came": 8, "answered": 1, "solved": 1, "refused": 1, "beyond": 1, "referred": 1,
        "withdrawn": 1, "merged": 1, "in_time": 2,
    }  # fmt: skip


def test_answered_is_below_the_line_and_what_the_rulebook_names_is_left_out() -> None:
    finished()
    for name in ("answer", "withdraw", "merge"):
        case_id = make_case().held.id
        if name == "answer":
            step(case_id, "accept", NOON)
        step(case_id, name, NOON)

    rates = rates_of(week())

    assert rates["solved"] == [1, 2]
    assert week().period.excludes == {"withdrawn", "merged", "referred"}


def test_what_comes_late_is_late_and_what_is_reopened_counts_as_another_round() -> None:
    opened = finished(now=NOON - timedelta(days=20), hours=24 * 21)
    assert numbers(week()) == {"solved": 1, "late": 1}

    step(opened.held.id, "ask_reopen", NOON + timedelta(days=2))
    step(opened.held.id, "reopen", NOON + timedelta(days=3))

    assert numbers(week()) == {"came": 1, "reopened": 1}
    step(opened.held.id, "finish", NOON + timedelta(days=4))
    assert numbers(week()) == {"came": 1, "reopened": 1, "solved": 1, "in_time": 1}
    assert faults() == []


def test_a_note_on_an_old_case_counts_nothing() -> None:
    opened = finished(now=NOON - timedelta(days=20))
    from linli.cases.services import words
    from linli.cases.types.moves import At

    with transaction.atomic():
        words.add_note(At(opened.held.id), "x", actor=CLERK, now=NOON)

    assert numbers(week()) == {}


def test_parts_places_and_categories_are_lines_of_their_own() -> None:
    lamps = Category.objects.create(code="t-lamps", title="路灯", title_en="Lamps")
    finished(category_id=lamps.pk)
    finished(code="441900005002")
    part = finished()
    Case.objects.filter(pk=part.held.id).update(parent_id=Case.objects.order_by("pk")[0].pk)
    finished(code="441900006001")

    figures = figures_of(public_place(TOWN), FIRST, LAST)

    assert [(line.unit, line.category, line.counts["solved"]) for line in figures.lines] == [
        ("441900005001", "t-lamps", 1),
        ("441900005002", "", 1),
    ]


def rated(grade: int, *, called: int | None = None, counts: bool = True) -> None:
    opened = finished()
    now = NOON + timedelta(hours=20 if counts else 10)
    with transaction.atomic():
        rating.rate_case(opened.held.number, opened.code, grade, actor=NOBODY, now=now)
    if called is not None:
        CallBack.objects.update_or_create(
            case_id=opened.held.id, cycle=1,
            defaults={"is_sample": True},
            create_defaults={"is_sample": True, "made_at": now, "due_at": now},
        )  # fmt: skip
        call = CallBack.objects.get(case_id=opened.held.id)
        heard = Heard(Reached.YES, called, is_solved=called > 2)
        call_backs.record_call(call.pk, heard, actor=CHIEF, now=now)


def test_the_gap_between_ratings_and_calls_is_told_and_recounted() -> None:
    rated(5, called=2)
    rated(5, called=5)
    rated(4)
    rated(1)
    rated(5, counts=False)
    excluding.exclude_rating(
        Rating.objects.get(grade=4).pk, reason="误评", actor=system_actor("test"), now=NOON
    )

    figures, lines = again(CODE, FIRST, LAST)

    assert (figures.heard.rated, figures.heard.called) == (Rate(2, 3), Rate(1, 2))
    assert (figures.heard.bad, figures.heard.bad_called, figures.heard.bad_nowhere) == (1, 0, 0)
    assert (figures.heard.not_counted, figures.heard.excluded) == (1, 1)
    assert gap(figures.heard.rated, figures.heard.called) == (1, 6)
    assert recount(lines).problems == []


def test_no_line_of_the_file_ties_a_grade_to_a_case() -> None:
    rated(1, called=1)

    _figures, lines = again(CODE, FIRST, LAST)

    graded = [json.loads(line) for line in lines if "grade" in line]
    assert graded
    assert all(set(row) <= {"rating", "call"} for row in graded)
    assert all(
        "case" not in str(row) and "at" not in str(row.values()).split("'") for row in graded
    )


def lying(lines: list[str], old: str, new: str) -> list[str]:
    assert any(old in line for line in lines)
    return [line.replace(old, new) for line in lines]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"solved":2', '"solved":3'),
        ('"solved":[2,3]', '"solved":[3,3]'),
        ('"in_time":2', '"in_time":1'),
        ('"move":"finish","state":"done","stage":"solved"', '"move":"finish","state":"at_work","stage":"open"'),
        ('"state":"met"', '"state":"late"'),
        ('"grade":5', '"grade":1'),
        ('"excludes":["merged","referred","withdrawn"]', '"excludes":["merged"]'),
        ('"rated":[1,1]', '"rated":[2,2]'),
    ],
)  # fmt: skip
def test_a_file_that_lies_is_found_out(old: str, new: str) -> None:
    rated(5)
    finished()
    case_id = make_case().held.id
    step(case_id, "accept", NOON)
    step(case_id, "answer", NOON)
    step(make_case().held.id, "withdraw", NOON)

    _figures, lines = again(CODE, FIRST, LAST)

    assert recount(lines).problems == []
    assert recount(lying(lines, old, new)).problems != []


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["x"],
        ["{}"],
        ['{"format":"linli-rates-1","since":"","until":"","excludes":[]}', "[]"],
        ['{"format":"linli-rates-1"}', "[]"],
        ['{"format":"linli-rates-1"}', '{"case":1}'],
    ],
)
def test_a_file_that_is_none_is_told(lines: list[str]) -> None:
    assert recount(lines).problems != []


def test_the_command_says_well_or_wrong(tmp_path: Any) -> None:
    from linli.cli.rates import verify

    finished()
    _figures, lines = again(CODE, FIRST, LAST)
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text("".join(lines))
    bad.write_text("".join(lying(lines, '"solved":1', '"solved":9')))

    well = CliRunner().invoke(verify, ["rates", str(good), "--json"])
    wrong = CliRunner().invoke(verify, ["rates", str(bad)])

    told = {"ok": True, "cases": 1, "published": 1, "problems": [], "weeks": []}
    assert json.loads(well.output) == told
    assert wrong.exit_code == 1
    assert "WRONG" in wrong.output


def test_indicators_tell_the_shares_and_what_they_rest_on() -> None:
    make_village(CODE)
    assert indicators.in_time(VILLAGE, LAST).denominator is None
    assert indicators.rating_gap(VILLAGE, LAST).numerator is None
    rated(5, called=1)
    finished()

    measured = indicators.in_time(VILLAGE, LAST)

    assert (measured.numerator, measured.denominator) == (2, 2)
    assert CODE in measured.evidence[0].url
    assert (indicators.solved(VILLAGE, LAST).numerator) == 2
    found = indicators.rating_gap(VILLAGE, LAST)
    assert (found.numerator, found.denominator) == (1, 1)


def test_figures_are_for_those_who_see_the_cases_there() -> None:
    finished()
    address = f"/zh-hans/places/{CODE}/figures/?first={FIRST}&last={LAST}"
    stranger = clerk_of("441900/441900006/")
    resident = make_actor("resident", at=VILLAGE)
    low = stranger.__class__(1, None, "low", (Grant("cases.see", VILLAGE, STAFF - 1),))

    for actor in (NOBODY, stranger, resident, low):
        assert client_of(actor).get(address).status_code == 404
    for form in (
        "",
        "&format=csv",
        "&format=xlsx",
        "&print=1",
        "&first=x&last=y",
        "&first=1990-01-01",
    ):
        assert client_of(CHIEF).get(address + form).status_code == 200, form
    assert client_of(CHIEF).get(f"/en/places/{TOWN}/figures/").status_code == 200
    events = client_of(CHIEF).get(address + "&format=events")
    assert recount(events.streaming_content).problems == []


def test_a_number_of_the_figures_opens_the_cases_that_it_counts() -> None:
    lamps = Category.objects.create(code="t-lamps", title="路灯测试", title_en="Lamps tested")
    done = [finished(category_id=lamps.pk).held.number for _ in range(3)]
    make_case()
    address = f"/en/places/{CODE}/figures/?first={FIRST}&last={LAST}"
    client = client_of(CHIEF)

    body = client.get(address).content.decode()
    link = f"?first={FIRST}&amp;last={LAST}&amp;behind=solved&amp;category=t-lamps"
    behind = client.get(f"{address}&behind=solved&category=t-lamps&unit={CODE}").content.decode()

    assert link in body
    assert all(number in behind for number in done)
    assert behind.count("RP-") == client.get(f"{address}&behind=solved").content.decode().count(
        "RP-"
    )
    assert done[0] not in client.get(f"{address}&behind=solved&category=-").content.decode()
    assert client.get(f"{address}&behind=nothing").status_code == 404
    assert client_of(NOBODY).get(f"{address}&behind=solved").status_code == 404


def test_the_cases_behind_a_number_come_page_by_page() -> None:
    numbers = [finished().held.number for _ in range(3)]
    place, found = public_place(CODE), week()

    first = cases_behind(CHIEF, place, found, Column("solved"), limit=2)
    second = cases_behind(CHIEF, place, found, Column("solved"), cursor=first.next, limit=2)

    assert [case.number for case in (*first.items, *second.items)] == numbers
    assert second.next is None


def test_petitions_are_counted_for_those_who_see_petitions_and_come_to_the_same_again() -> None:
    opened = petitioned()
    Case.objects.filter(pk=opened.held.id).update(opened_at=NOON)
    sees = make_actor(
        "petitions", permits.PETITIONS, permits.SEE, at="441900/441900005/", ceiling=4
    )
    address = f"/en/places/{TOWN}/figures/?first={FIRST}&last={LAST}&kind=petition"

    figures, lines = again(TOWN, FIRST, LAST, kind="petition")

    assert summed(figures.lines)["came"] == 1
    assert recount(lines).problems == []
    assert client_of(sees).get(address).status_code == 200
    assert client_of(CHIEF).get(address).status_code == 404
    assert client_of(sees).get(address.replace("petition", "visit")).status_code == 200


def test_a_past_that_is_told_otherwise_in_a_later_file_or_in_the_chain_is_found_out() -> None:
    finished()
    case_id = make_case().held.id
    _figures, early = again(CODE, FIRST, LAST)
    step(case_id, "accept", NOON + timedelta(days=8))
    _figures, late = again(CODE, FIRST, LAST + timedelta(days=7))

    first, second = recount(early), recount(late)
    forged = Recount(events={key: "0" * 64 for key in first.events})

    assert first.events.keys() & second.events.keys()
    assert list(differing([first, second])) == []
    assert list(differing([forged, second])) != []
    assert list(verifying.differing(first.events, actor=SYSTEM)) == []
    assert len(list(verifying.differing(forged.events, actor=SYSTEM))) == len(first.events)
