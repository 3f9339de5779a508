"""A case's category and place are put right by who dispatches; it goes on only if that matters."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from linli.cases import permits
from linli.cases.errors import MovedMeanwhile
from linli.cases.models import Assignment, Case, CaseEvent, Category
from linli.cases.queries.routes import routing_section, suggested_for
from linli.cases.services.placing import put_right
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_case
from linli.cases.tests.test_routing import TOWN, lamps, post_in, rule, rules_in_force, sent
from linli.cases.types.moves import At
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
CLERK = make_actor(
    "clerk",
    permits.SEE,
    permits.HANDLE,
    permits.DISPATCH,
    permits.KEEP_RULES,
    at=TOWN,
    account_id=7,
)
READER = make_actor("reader", permits.SEE, permits.HANDLE, at=TOWN, account_id=8)
STRANGER = clerk_of("441900/441900006/", "stranger")


def routed() -> tuple[Any, Any, Any]:
    """Return a case sent by a rule on street lamps, the post that has it, and one for the rest."""
    first, rest = post_in(), post_in()
    rules = rules_in_force()
    rule(rules, first, 1, categories=[lamps().pk])
    rule(rules, rest, 2)
    opened = make_case(category_id=lamps().pk)
    sent(opened)
    return opened, first, rest


def right(opened: Any, actor: Actor = CLERK, code: str | None = "manhole", **more: Any) -> Any:
    category = Category.objects.get(code=code).pk if code else None
    at = At(opened.held.id, more.pop("seq", None))
    with transaction.atomic():
        return put_right(
            at, opened.held.number, category_id=category, actor=actor, now=NOON, **more
        )


def test_another_category_sends_the_case_to_the_post_of_its_rule() -> None:
    opened, first, rest = routed()

    done, to = right(opened, reason="It is a cover.")

    assert to is not None and to.post_id == rest.pk
    assert Case.objects.get().category == Category.objects.get(code="manhole")
    states = Assignment.objects.order_by("number").values_list("post_id", "state")
    assert list(states) == [(first.pk, "revoked"), (rest.pk, "offered")]
    assert CaseEvent.objects.get(move="put_right").seq == done.seq
    assert faults() == []


def test_what_the_rule_did_not_look_at_moves_nothing() -> None:
    opened, first, _rest = routed()
    make_village("441900005002")

    _done, to = right(opened, code="street_lamp", place="441900005002")

    assert to is None
    assert Case.objects.get().path == "441900/441900005/441900005002/"
    assert [part.post_id for part in Assignment.objects.all()] == [first.pk]
    assert faults() == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"code": "street_lamp"}, "category_id"),
        ({"place": "1"}, "place"),
        ({"code": "gas"}, "category_id"),
    ],
)
def test_nothing_changed_or_nothing_known_is_refused(more: dict[str, Any], field: str) -> None:
    opened, _first, _rest = routed()
    Category.objects.filter(code="gas").update(until="2020-01-01")

    with pytest.raises(Invalid) as refused:
        right(opened, **more)

    assert list(refused.value.fields) == [field]
    assert not CaseEvent.objects.filter(move="put_right").exists()


def test_only_who_dispatches_where_the_case_is_puts_it_right() -> None:
    opened, _first, _rest = routed()

    with pytest.raises(NotAllowed):
        right(opened, READER)
    with pytest.raises(NotFound):
        right(opened, STRANGER)
    with pytest.raises(MovedMeanwhile):
        right(opened, seq=1)

    assert Case.objects.get().category == lamps()


def test_the_sheet_says_how_the_case_was_sent_and_who_may_put_it_right() -> None:
    opened, first, _rest = routed()
    case = Case.objects.get()

    hers, his = routing_section(CLERK, case), routing_section(READER, case)

    assert hers is not None and his is not None
    assert (hers["sent"].rule, hers["may_put_right"], his["may_put_right"]) == (
        "rule 1",
        True,
        False,
    )
    shown = client_of(CLERK).get(f"/zh-hans/desk/cases/{opened.held.number}/").content.decode()
    assert "rule 1" in shown and f"/routing/cases/{opened.held.number}/" in shown
    assert first.pk


def test_the_page_suggests_and_a_person_decides() -> None:
    opened, _first, rest = routed()
    where = f"/zh-hans/routing/cases/{opened.held.number}/"
    hints = suggested_for(Case.objects.get())

    asked = client_of(CLERK).get(where).content.decode()
    answer = client_of(CLERK).post(
        where, {"key": "6c0ec6f2-8a0f-4a52-8a53-0d7b1b0d0a11", "edition": 2, "place": "",
                "category_id": Category.objects.get(code="manhole").pk, "reason": ""},
    )  # fmt: skip

    assert hints.categories[0].code == "street_lamp" and "street lamp" in asked
    assert answer.status_code == 303, answer.content.decode()[:2000]
    assert Assignment.objects.order_by("number").last().post_id == rest.pk  # type: ignore[union-attr]
    assert client_of(READER).get(where).status_code == 403
    assert client_of(STRANGER).get(where).status_code == 404


def test_the_same_over_the_api() -> None:
    opened, _first, rest = routed()
    where = f"/api/v1/routing/cases/{opened.held.number}/"

    wrong = post_json(client_of(CLERK), where + "put-right", {"category": "nothing"})
    done = post_json(
        client_of(CLERK), where + "put-right", {"category": "manhole", "expected_seq": 2}
    )
    late = post_json(client_of(CLERK), where + "put-right", {"category": "gas", "expected_seq": 2})
    hidden = post_json(client_of(STRANGER), where + "put-right", {"category": "gas"})

    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["category"])
    assert (done.status_code, done.json()["post_id"]) == (200, rest.pk)
    assert (late.status_code, hidden.status_code) == (409, 404)
    told = client_of(CLERK).get(where + "suggestions/").json()
    assert told["categories"][0]["code"] == "street_lamp"
    assert VILLAGE
