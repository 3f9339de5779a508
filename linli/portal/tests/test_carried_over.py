"""Rows of feedback from before it was a kind of case: each becomes a case with its life and its code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from psycopg.types.json import Json

from linli.cases.models import Case, CaseClock, CaseEvent, InternalWords, KindState, PublicWords
from linli.cases.models.intake import Reporter
from linli.cases.rules.kinds import faults as faults_of_kind
from linli.cases.services.following import ask_to_reopen
from linli.cases.services.sweeping import sweep
from linli.cases.testing import faults
from linli.cases.types.moves import At
from linli.kernel.permits import NOBODY, Actor, Grant, system_actor
from linli.kernel.registries import RETENTION
from linli.places.testing import make_village
from linli.portal.kinds.feedback import FEEDBACK
from linli.portal.testing import VILLAGE, make_feedback
from linli.trail.services import record

step = import_module("linli.portal.migrations.0005_feedback_becomes_cases")
views = import_module("linli.portal.migrations.0006_feedback_views")
CAME = datetime(2026, 11, 2, 3, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LAW = {"format": 1, "values": [{"key": "feedback.answer", "value": "5", "provisional": False}]}
OLD = """
CREATE TEMPORARY TABLE portal_feedback (id bigint, code text, page text, path text, text text,
    is_staff boolean, account_id bigint, language text, state text, received_at timestamptz,
    reopened_on date, due_on date, is_provisional boolean, answer text, answered_by text,
    answered_at timestamptz, law jsonb, version int) ON COMMIT DROP
"""


@pytest.fixture
def _old_table(db: None) -> Iterator[None]:
    make_village()
    with connection.cursor() as cursor:
        cursor.execute(OLD)
    yield


def row(key: int, state: str, **more: Any) -> None:
    """Write one row as it was."""
    values = {
        "id": key, "code": f"ABCDEFGH{key:02}", "page": "/zh-hans/", "path": VILLAGE,
        "text": f"text {key}", "is_staff": False, "account_id": None, "language": "zh-hans",
        "state": state, "received_at": CAME + key * timedelta(minutes=1), "reopened_on": None,
        "due_on": date(2026, 11, 9), "is_provisional": False, "answer": "", "answered_by": "",
        "answered_at": None, "law": Json(LAW), "version": 1, **more,
    }  # fmt: skip
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO portal_feedback VALUES ({marks})", list(values.values()))


def answered(at: datetime = CAME + DAY, version: int = 2, **more: Any) -> dict[str, Any]:
    return {
        "answer": "Mended.",
        "answered_by": "何伟明",
        "answered_at": at,
        "version": version,
        **more,
    }


def carry() -> dict[str, Case]:
    """Carry all rows over; return the cases by what was written."""
    with connection.schema_editor(atomic=False) as editor:
        step.carry_over(apps, editor, NOW)
    assert faults() == [], "every chain is whole and every head follows from it"
    return {case.title: case for case in Case.objects.order_by("pk")}


def moves(case: Case) -> list[str]:
    return list(CaseEvent.objects.filter(case=case).order_by("seq").values_list("move", flat=True))


@pytest.mark.usefixtures("_old_table")
def test_rows_in_all_states_become_cases_whose_chains_are_whole() -> None:
    no = date(2026, 11, 6)
    row(1, "received", is_staff=True, account_id=4711)
    row(2, "answered", **answered(NOW - 3 * DAY))
    row(3, "answered", **answered())
    row(4, "confirmed", **answered(version=3))
    row(5, "received", **answered(version=3), reopened_on=no, due_on=date(2026, 11, 13))
    row(6, "answered", **answered(NOW - DAY, version=4), reopened_on=no, due_on=date(2026, 11, 13))
    row(7, "confirmed", **answered(NOW - DAY, version=5), reopened_on=no)

    cases = carry()

    assert [moves(cases[f"text {n}"]) for n in range(1, 8)] == [
        ["open"],
        ["open", "answer"],
        ["open", "answer", "close"],
        ["open", "answer", "agree"],
        ["open", "answer", "ask_reopen"],
        ["open", "answer", "ask_reopen", "answer"],
        ["open", "answer", "ask_reopen", "answer", "agree"],
    ]
    assert [(case.state, case.cycle, case.is_open) for case in cases.values()] == [
        ("received", 1, True), ("answered", 1, True), ("closed", 1, False), ("helped", 1, False),
        ("received", 2, True), ("answered", 2, True), ("helped", 2, False),
    ]  # fmt: skip
    assert [case.number for case in cases.values()] == [f"YJ-2026-000{n}" for n in range(1, 8)]
    assert Reporter.objects.exclude(account_id=None).get().account_id == 4711
    assert CaseEvent.objects.get(case=cases["text 1"]).facts["staff"] == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_feedback")
        assert cursor.fetchone() == (0,)
    # whatever comes next gets the next number
    assert make_feedback().number == "YJ-2026-0008"


@pytest.mark.usefixtures("_old_table")
def test_moments_words_and_days_are_those_of_the_row() -> None:
    row(1, "answered", **answered(NOW - 2 * DAY))

    case = carry()["text 1"]

    opened, answer = CaseEvent.objects.filter(case=case).order_by("seq")
    clocks = {clock.key: clock for clock in CaseClock.objects.filter(case=case)}
    assert (opened.at, answer.at, case.opened_at) == (
        CAME + timedelta(minutes=1), NOW - 2 * DAY, CAME + timedelta(minutes=1),
    )  # fmt: skip
    assert PublicWords.objects.get(event=answer).said == {"text": "Mended."}
    assert InternalWords.objects.get(event=answer).said == {"note": "何伟明"}
    assert (clocks["answer"].state, str(clocks["answer"].last_day)) == ("late", "2026-11-09")
    assert (clocks["settle"].state, str(clocks["settle"].last_day)) == ("running", "2026-12-07")


@pytest.mark.usefixtures("_old_table")
def test_where_the_trail_tells_all_steps_it_says_when_and_whose_hand() -> None:
    """The row alone lost the first answer's moment and who gave it."""
    row(1, "answered", **answered(NOW - DAY, version=4), reopened_on=date(2026, 11, 6))
    clerk = Actor(12, None, "何伟明", (Grant("portal.answer", VILLAGE, 3, 31),))
    steps = [("answered", CAME + DAY), ("reopened", CAME + 4 * DAY), ("answered", NOW - DAY)]
    for verb, at in steps:
        actor = NOBODY if verb == "reopened" else clerk
        record(
            f"portal.feedback_{verb}", on=("portal.feedback", 1), actor=actor, now=at, place=VILLAGE
        )

    case = carry()["text 1"]

    told = CaseEvent.objects.filter(case=case).order_by("seq")[1:]
    assert [event.at for event in told] == [at for _verb, at in steps]
    assert [(event.by, event.account_id) for event in told if event.move == "answer"] == [
        ("post", 12), ("post", 12),
    ]  # fmt: skip
    assert not InternalWords.objects.exists()


@pytest.mark.usefixtures("_old_table")
def test_old_links_open_the_case_and_it_goes_on_like_any_other() -> None:
    row(1, "answered", **answered(NOW - DAY))
    row(2, "received", due_on=date(2026, 11, 30))
    case = carry()["text 1"]

    page = Client().get("/zh-hans/feedback/ABCDEFGH01/", follow=True)
    ask_to_reopen(At(case.pk), "还是不行", actor=NOBODY, now=NOW)
    sweep(actor=system_actor("cases.sweep"), now=NOW + 30 * DAY)

    assert page.redirect_chain == [(f"/zh-hans/follow/{case.number}/?code=ABCDEFGH01", 302)]
    assert "Mended." in page.content.decode()
    assert set(CaseClock.objects.filter(state="running").values_list("is_overdue", flat=True)) == {
        True
    }
    assert faults() == []


@pytest.mark.usefixtures("_old_table")
def test_what_was_closed_long_ago_goes_by_its_old_term() -> None:
    row(1, "answered", **answered())
    carry()
    codes, words = RETENTION.get("portal.codes"), RETENTION.get("cases.feedback")
    assert codes is not None and words is not None

    early = words.going.step(CAME + 3 * 365 * DAY, 10)
    gone = [one.going.step(CAME + (3 * 365 + 20) * DAY, 10) for one in (words, codes)]

    assert (early, gone) == (0, [1, 1])
    assert not PublicWords.objects.exists() and not InternalWords.objects.exists()


@pytest.mark.django_db
def test_the_step_knows_the_states_of_the_kind() -> None:
    known = {state: str(said.stage) for state, said in FEEDBACK.states.items()}

    assert known == step.STAGES
    assert list(faults_of_kind(FEEDBACK)) == []
    assert dict(KindState.objects.filter(kind="feedback").values_list("state", "stage")) == known


def test_saved_views_of_the_old_list_show_the_same_in_the_list_of_cases() -> None:
    assert views.asked("") == "kind=feedback&view=open"
    assert views.asked("state=confirmed&word=%E5%AD%97") == "kind=feedback&view=closed&q=%E5%AD%97"
