"""Test cases of a set of rules over the API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.cases.api.rule_sets import RuleSetOut, set_out
from linli.cases.api.rules import RuleDropIn, category_ids
from linli.cases.queries import rule_sets as queries
from linli.cases.queries.categories import codes_of_ids
from linli.cases.services import rule_tests
from linli.cases.types.keeping import TestDetails
from linli.kernel.api import Moment, PagedIn, listed
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of, path_of
from linli.kernel.web import Request

router = Router()
MILLION = 1_000_000


class RuleTestBody(Schema):
    """A case made up; `post_id` is where it must go, null if no rule may fit it.

    With `layer` it must go to whoever looks after the cell in which it lies.
    """

    title: str
    at: Moment
    place: str
    category: str | None = None
    matter: str = ""
    channel: str = ""
    lon: float | None = None
    lat: float | None = None
    answers: dict[str, str] = {}
    post_id: int | None = None
    layer: str = ""


class RuleTestIn(RuleTestBody):
    edition: int


class RuleTestOut(RuleTestBody):
    id: int
    goes_to: int | None
    rule: int | None
    passes: bool


class RuleTestsOut(Schema):
    count: int
    items: list[RuleTestOut]
    next: str | None
    edition: int


@router.get("/routing/rules/{int:set_id}/tests/", response=RuleTestsOut)
def list_rule_tests(request: Request, set_id: int, asked: Query[PagedIn]) -> dict[str, Any]:
    """The test cases of a set, with where its rules send them."""
    rule_set = queries.get_set(request.actor, set_id)
    items, limit = _results(rule_set), clean_limit(asked.limit)
    page = page_of_rows(items, lambda row: str(row["id"]), cursor=asked.cursor, limit=limit)
    return {**listed(page), "edition": rule_set.edition}


def _results(rule_set: Any) -> list[dict[str, Any]]:
    found = queries.results_of(rule_set)
    codes = codes_of_ids({row.test.category_id for row in found if row.test.category_id})
    return [_test(row, codes) for row in found]


def _shown(request: Request, set_id: int, test_id: int) -> dict[str, Any]:
    rows = _results(queries.get_set(request.actor, set_id))
    return next(row for row in rows if row["id"] == test_id)


def _test(row: Any, codes: dict[int, str]) -> dict[str, Any]:
    test = row.test
    same = ("title", "at", "matter", "channel", "answers", "post_id", "layer")
    return {
        "id": test.pk, "place": code_of(test.path), "category": codes.get(test.category_id),
        "lon": None if test.lon is None else test.lon / MILLION,
        "lat": None if test.lat is None else test.lat / MILLION,
        "goes_to": row.post_id, "rule": row.rule_id, "passes": row.passes,
        **{name: getattr(test, name) for name in same},
    }  # fmt: skip


def _test_details(given: RuleTestBody) -> TestDetails:
    point = None
    if given.lon is not None and given.lat is not None:
        point = (round(given.lon * MILLION), round(given.lat * MILLION))
    wanted = category_ids([given.category]) if given.category else (None,)
    same = ("title", "at", "matter", "channel", "answers", "post_id", "layer")
    return TestDetails(
        **{name: getattr(given, name) for name in same},
        path=path_of(given.place), category_id=wanted[0], point=point,
    )  # fmt: skip


@router.post("/routing/rules/{int:set_id}/tests/", response={201: RuleTestOut})
def add_rule_test(request: Request, set_id: int, given: RuleTestIn) -> Status[dict[str, Any]]:
    """Add a test case to a draft."""
    made = rule_tests.save_test(
        set_id, _test_details(given), edition=given.edition,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _shown(request, set_id, made.pk))


@router.post("/routing/rules/{int:set_id}/tests/{int:test_id}/change", response=RuleTestOut)
def change_rule_test(
    request: Request, set_id: int, test_id: int, given: RuleTestIn
) -> dict[str, Any]:
    """Change a test case of a draft."""
    rule_tests.save_test(
        set_id, _test_details(given), test_id=test_id, edition=given.edition,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _shown(request, set_id, test_id)


@router.post("/routing/rules/{int:set_id}/tests/{int:test_id}/drop", response=RuleSetOut)
def drop_rule_test(
    request: Request, set_id: int, test_id: int, given: RuleDropIn
) -> dict[str, Any]:
    """Take a test case out of a draft."""
    rule_tests.drop_test(
        set_id, test_id, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return set_out(queries.get_set(request.actor, set_id))
