"""Centres over the API: what the desk writes is written by programs too, by the same rights, once each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.cases.models import Case
from linli.files.testing import own_home
from linli.kernel.permits import STAFF
from linli.kernel.testing import client_of, make_actor, post_json, stop_clock
from linli.offerings import permits
from linli.offerings.models import CentreCheck, CentreCost, CentreDevice, CentrePlatform
from linli.offerings.queries.norms import norms
from linli.offerings.tests.test_centres import DUE, OVERSEER, STRANGER, VISITOR, make_office
from linli.offerings.tests.visit_samples import NOON, TODAY, make_centre

pytestmark = pytest.mark.django_db
KEEPER = make_actor("keeper", permits.CENTRES, ceiling=STAFF, account_id=7)
DAY = TODAY.isoformat()
COST = {
    "year": TODAY.year,
    "kind": "power",
    "fen": 12_345,
    "source": "village",
    "document": "发票3号",
}
DEVICE = {"name": "叫号机", "count": 2}
CHECK = {"by": "self", "on": DAY}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    stop_clock(monkeypatch, NOON)
    with own_home(tmp_path, settings, NOON) as path:
        yield path


@pytest.fixture
def records() -> str:
    return f"/api/v1/centre-records/{make_centre().code}/"


@pytest.mark.parametrize(
    ("path", "given", "status", "field"),
    [
        ("platforms", {"key": "legal", "merged_on": DAY}, 200, ""),
        ("platforms", {"key": "legal", "merged_on": "2099-01-01"}, 422, "merged_on"),
        ("platforms", {"key": "post-office", "merged_on": DAY}, 404, ""),
        ("platforms", {"key": "legal"}, 404, ""),
        ("equipment", DEVICE, 201, ""),
        ("equipment", {**DEVICE, "broken": 3}, 422, "broken"),
        ("equipment", {**DEVICE, "id": 10**9}, 404, ""),
        ("costs", COST, 201, ""),
        ("costs", {**COST, "kind": "gold"}, 422, "kind"),
        ("costs", {**COST, "fen": 0}, 422, ""),
        ("costs", {**COST, "document": " "}, 422, "document"),
        ("costs/1000000/back", {"why": "记错了"}, 404, ""),
        ("checks", CHECK, 201, ""),
        ("checks", {**CHECK, "by": "neighbour"}, 422, "by"),
        ("checks", {**CHECK, "on": "2099-01-01"}, 422, "on"),
    ],
)
def test_what_is_sent_is_taken_or_refused_as_on_the_desk_and_by_nobody_else(
    records: str, path: str, given: dict[str, Any], status: int, field: str
) -> None:
    answer = post_json(client_of(KEEPER), records + path, given)

    assert answer.status_code == status, answer.content.decode()
    assert not field or field in answer.json()["fields"]
    tables = (CentrePlatform, CentreDevice, CentreCost, CentreCheck)
    assert sum(table.objects.count() for table in tables) == (status < 300)
    for actor in (STRANGER, OVERSEER, VISITOR):
        assert post_json(client_of(actor), records + path, given).status_code in (403, 404, 422)
    assert sum(table.objects.count() for table in tables) == (status < 300)


def test_sent_again_it_is_done_once_and_what_was_wrong_is_taken_back(records: str) -> None:
    client = client_of(KEEPER)
    cost = [post_json(client, f"{records}costs", COST, key="k").json() for _n in range(2)]
    device = post_json(client, f"{records}equipment", DEVICE).json()

    worse = {**DEVICE, "id": device["id"], "edition": 1, "broken": 1}
    told = [post_json(client, f"{records}equipment", worse).status_code for _n in range(2)]
    back = post_json(client, f"{records}costs/{cost[0]['id']}/back", {"why": "记错了"})
    post_json(client, f"{records}equipment", {"id": device["id"], "is_gone": True})
    post_json(client, f"{records}platforms", {"key": "legal", "merged_on": DAY})
    apart = post_json(client, f"{records}platforms", {"key": "legal"}).json()

    assert cost[0] == cost[1] and CentreCost.objects.count() == 1
    assert told == [200, 409] and back.status_code == 200
    assert (apart["platforms"], apart["equipment"], apart["costs"]) == ([], [], [])


def test_a_check_is_begun_answered_and_filed_and_what_is_not_met_becomes_a_task(records: str) -> None:  # fmt: skip
    make_office()
    client = client_of(KEEPER)
    check = post_json(client, f"{records}checks", CHECK).json()
    to = f"/api/v1/centre-checks/{check['id']}/"
    assert post_json(client, f"{to}file", {}).status_code == 422
    first = f"{to}norms/{norms()[0].key}"
    assert post_json(client, first, {"said": {norms()[0].points[0].key: {"met": "perhaps"}}}).status_code == 422  # fmt: skip
    assert {one["met"] for one in client.get(to).json()["points"]} == {""}

    for norm in norms():
        said: dict[str, Any] = {one.key: {"met": "yes"} for one in norm.points}
        if norm == norms()[0]:
            said[norm.points[0].key] = {
                "met": "no",
                "words": "门口有台阶",
                "due_on": DUE.isoformat(),
            }
        assert post_json(client, f"{to}norms/{norm.key}", {"said": said}).status_code == 200
    assert post_json(client_of(VISITOR), f"{to}file", {}).status_code == 403
    assert post_json(client, f"{to}file", {"edition": 1}).status_code == 409
    answer = post_json(client, f"{to}file", {})
    assert answer.status_code == 200, answer.content.decode()
    filed = answer.json()

    assert filed["state"] == "filed" and filed["points"][0]["case"]
    assert Case.objects.filter(number=filed["points"][0]["case"]).count() == 1
    assert post_json(client, f"{to}drop", {}).status_code == 409
    assert post_json(client, f"{to}publish", {}).status_code == 404
