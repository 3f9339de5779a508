"""Visits: noted in the village, and passed on as a petition."""

from __future__ import annotations

import pytest

from linli.cases import permits
from linli.cases.errors import (
    OnlyReferred,
    TooManyVisitors,
    WrongPlace,
)
from linli.cases.models import Case, CaseEvent, Reporter
from linli.cases.queries.reading import visible_cases
from linli.cases.services import visits
from linli.cases.testing import faults
from linli.cases.tests.offices import (
    TOWN,
    VILLAGE,
    at,
)
from linli.cases.tests.petition_samples import (
    ANNA,
    WORDS,
)
from linli.cases.types.moves import At
from linli.cases.types.openings import Visiting
from linli.kernel.errors import NotAllowed, WrongState
from linli.kernel.permits import VAULT, Actor
from linli.kernel.testing import make_actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db


def clerk() -> Actor:
    return make_actor("clerk", permits.VISITS, at=VILLAGE, ceiling=VAULT)


def visit(**given: object) -> Visiting:
    return Visiting(**{"place": "441900005001", "text": WORDS, "asker": ANNA, **given})  # type: ignore[arg-type]


def test_a_village_notes_a_visit_and_passes_it_on_for_the_visitor() -> None:
    make_village("441900005001")
    noted = visits.register_visit(visit(visitors=3), actor=clerk(), now=at("2026-08-10"))

    came = visits.forward_visit(
        At(noted.held.id), note="Known since spring.", actor=clerk(), now=at("2026-08-10", 15)
    )

    first, second = Case.objects.order_by("id")
    assert (first.kind, first.state, first.number) == ("visit", "forwarded", "LF-2026-0001")
    assert (second.kind, second.state, second.path) == ("petition", "registered", TOWN)
    assert Reporter.objects.filter(phone_masked="138****1234").count() == 2
    assert came.code != noted.code
    assert not visible_cases(clerk()).filter(kind="petition").exists()
    assert CaseEvent.objects.get(case=second, move="open").account_id == 1
    assert faults() == []


@pytest.mark.parametrize(
    ("given", "refusal"),
    [({"visitors": 6}, TooManyVisitors), ({"place": "441900005"}, (WrongPlace, NotAllowed)),
     ({"matter": "accusation"}, OnlyReferred)],
)  # fmt: skip
def test_a_visit_that_may_not_be_received_is_not_noted(
    given: dict[str, object], refusal: type
) -> None:
    make_village("441900005001")

    with pytest.raises(refusal):
        visits.register_visit(visit(**given), actor=clerk(), now=at("2026-08-10"))

    assert not Case.objects.exists()


def test_a_visit_is_passed_on_once_and_by_who_may() -> None:
    make_village("441900005001")
    noted = visits.register_visit(visit(), actor=clerk(), now=at("2026-08-10")).held.id
    stranger = make_actor("stranger", permits.VISITS, at="441900/441900006/", ceiling=VAULT)

    with pytest.raises(NotAllowed):
        visits.forward_visit(At(noted), note="", actor=stranger, now=at("2026-08-10"))
    visits.forward_visit(At(noted), note="", actor=clerk(), now=at("2026-08-10"))
    with pytest.raises(WrongState):
        visits.forward_visit(At(noted), note="", actor=clerk(), now=at("2026-08-11"))

    assert Case.objects.filter(kind="petition").count() == 1
