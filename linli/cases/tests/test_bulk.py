"""Several cases at once: looked at first, each refused one named, the rest done, and taken back."""

from __future__ import annotations

from uuid import uuid4

import pytest

from linli.cases.models import Case, CaseEvent
from linli.cases.services.bulk import move_many, preview_move
from linli.cases.testing import NOON, clerk_of, faults, make_case, move
from linli.cases.types.acting import Typed
from linli.kernel.testing import client_of

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
BULK = "/en/desk/cases/bulk"


def post(**given):  # type: ignore[no-untyped-def]
    return client_of(CLERK).post(BULK, {"key": str(uuid4()), **given})


def test_a_preview_changes_nothing_and_names_each_refused_one() -> None:
    fresh, taken = make_case().held, make_case().held
    move(taken.id, "accept", CLERK)
    cases = list(Case.objects.order_by("pk"))

    found = preview_move(cases, "accept", Typed(), actor=CLERK, now=NOON)

    assert [(one.case.number, bool(one.refusal)) for one in found] == [
        (fresh.number, False), (taken.number, True),
    ]  # fmt: skip
    assert CaseEvent.objects.count() == 3


def test_the_rest_is_done_when_one_is_refused() -> None:
    first, taken, second = (make_case().held for _ in range(3))
    move(taken.id, "accept", CLERK)

    picks = [first.number, taken.number, second.number]
    seen = [f"{first.number}@1", f"{taken.number}@2", f"{second.number}@1"]
    shown = post(pick=picks, move="accept").content.decode()
    got = post(pick=picks, move="accept", sure="1", seen=seen)

    html = got.content.decode()
    assert "2 cases will make this step" in shown
    assert got.status_code == 200 and "2 cases made the step" in html and taken.number in html
    assert set(Case.objects.values_list("state", flat=True)) == {"at_work"}
    assert CaseEvent.objects.count() == 6
    assert faults() == []


def test_what_moved_since_the_preview_is_left_alone() -> None:
    case = make_case().held
    move(case.id, "accept", CLERK)
    cases = list(Case.objects.all())
    cases[0].seq = 1

    found = move_many(cases, "merge_not", Typed(), actor=CLERK, now=NOON)
    again = move_many(cases, "answer", Typed({"text": "x"}), actor=CLERK, now=NOON)

    assert [bool(one.refusal) for one in (*found, *again)] == [True, True]
    assert CaseEvent.objects.count() == 2


def test_words_that_a_step_asks_for_are_given_to_all() -> None:
    made = [make_case().held for _ in range(2)]
    for case in made:
        move(case.id, "accept", CLERK)
    picks = [case.number for case in made]

    asked = post(pick=picks, move="ask_back")
    bare = post(pick=picks, move="ask_back", asked="1")
    got = post(
        pick=picks, move="ask_back", asked="1", sure="1", text="Which lamp?",
        seen=[f"{n}@2" for n in picks],
    )  # fmt: skip

    assert (asked.status_code, bare.status_code, got.status_code) == (200, 422, 200)
    assert set(Case.objects.values_list("state", flat=True)) == {"asked_back"}
    assert "Take it back" in got.content.decode()
    post(pick=picks, move="resume", sure="1", seen=[f"{n}@3" for n in picks])
    assert set(Case.objects.values_list("state", flat=True)) == {"at_work"}
    assert faults() == []


def test_cases_of_others_are_not_among_the_ticked() -> None:
    other = make_case("441900006001").held

    html = post(pick=[other.number], move="accept", sure="1").content.decode()

    assert "No case was ticked" in html
    assert CaseEvent.objects.count() == 1
