"""A refusal stands on a ground that is meant for it, and whoever asked reads which."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from linli.cases.models import Case, CaseEvent
from linli.cases.queries.bases import bases_of
from linli.cases.queries.kinds import newest_kind
from linli.cases.testing import NOON, clerk_of, faults, make_report, move
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
LITIGATION = "refusal.report.litigation"


def refuse(number: str, **given: Any) -> Any:
    body = {"text": "这要由法院判。", **given}
    return post_json(client_of(CLERK), f"/api/v1/cases/{number}/refuse", body)


def told(number: str, code: str) -> dict[str, Any]:
    got = client_of(NOBODY).get(f"/api/v1/reports/{number}/", headers={"Follow-Code": code})
    found: dict[str, Any] = got.json()
    return found


@pytest.mark.parametrize("kind", ["report", "petition", "petition_review", "property_complaint"])
def test_every_basis_that_is_offered_says_its_source(kind: str) -> None:
    definition = newest_kind(kind)
    asked = [move for move in definition.machine.moves.values() if move.grounds]

    assert asked
    for one in asked:
        offered = bases_of(one, localdate(NOON))
        assert offered
        assert all(key.startswith("refusal.") and "（" in words for key, words in offered)


@pytest.mark.parametrize(
    "basis",
    [{}, {"basis_key": "hotline.advice"}, {"basis_key": "refusal.grid.no_event"}, {"basis": "x"}],
)
def test_what_cannot_found_a_refusal_is_refused(basis: dict[str, str]) -> None:
    filed = make_report()
    move(filed.case_id, "accept", CLERK)

    got = refuse(filed.number, **basis)

    assert got.status_code == 422
    assert {"basis", "basis_key"} & got.json()["fields"].keys()
    assert Case.objects.get().state == "at_work"
    assert not CaseEvent.objects.filter(move="refuse").exists()


def test_the_reporter_reads_the_rule_and_its_source_in_her_language() -> None:
    filed = make_report()
    with override("en"):
        assert (
            refuse(filed.number, basis_key=LITIGATION, basis="民事诉讼法第一百二十二条").status_code
            == 200
        )

    told_here = told(filed.number, filed.code)
    page = client_of(NOBODY).get(f"/zh-hans/follow/{filed.number}/?code={filed.code}")

    basis = told_here["story"][-1]["basis"]
    assert "诉讼" in basis and "国办发〔2020〕53号" in basis and "待确认" in basis
    assert basis.endswith("民事诉讼法第一百二十二条")
    assert basis in page.content.decode()
    assert faults() == []


def test_after_an_end_nothing_is_promised_and_nobody_is_waited_for() -> None:
    filed = make_report()
    before = client_of(NOBODY).get(f"/zh-hans/follow/{filed.number}/?code={filed.code}")
    # nobody holds a post there: the day is the rule's, and nobody's promise
    assert "按规定应于" in before.content.decode() and "承诺期限" not in before.content.decode()
    assert refuse(filed.number, basis_key=LITIGATION).status_code == 200

    page = client_of(NOBODY).get(f"/zh-hans/follow/{filed.number}/?code={filed.code}")

    html, told_here = page.content.decode(), told(filed.number, filed.code)
    assert not any(words in html for words in ("按规定应于", "承诺期限", "还没有受理"))
    assert "结束日期" in html
    assert (told_here["settle_by"], told_here["settle_on"], told_here["post"]) == (None, None, None)
