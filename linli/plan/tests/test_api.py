"""The JSON API gives the plan's published text in the fixed shape."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

import pytest

from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of
from linli.plan.testing import make_plan

with (files("linli.plan") / "data" / "plan_targets.csv").open(encoding="utf-8-sig") as _file:
    ROWS = {row["indicator_id"]: row for row in csv.DictReader(_file)}


pytestmark = pytest.mark.usefixtures("plan_there")


def get(path: str) -> Any:
    response = client_of(NOBODY).get(f"/api/v1/plan/{path}")
    assert response.status_code == 200
    return response.json()


@pytest.mark.django_db
def test_twenty_tasks_with_group_departments_and_targets() -> None:
    make_plan()
    found = get("tasks/")
    assert (found["count"], len(found["items"]), found["next"]) == (20, 20, None)
    by_number = {int(row["task_no"]): row for row in ROWS.values() if row["task_no"] != "0"}
    for item in found["items"]:
        row = by_number[item["number"]]
        assert (item["group"], item["title"]) == (row["group_zh"], row["task_zh"])
        assert (item["lead"], "、".join(item["participants"])) == (
            row["lead_department"],
            row["participating_departments"],
        )
    assert sum(len(item["targets"]) for item in found["items"]) == 31


@pytest.mark.django_db
def test_thirty_four_targets_those_of_the_party_tasks_without_values() -> None:
    make_plan()
    found = get("targets/")
    assert (found["count"], len(found["items"])) == (34, 34)
    for item in found["items"]:
        row = ROWS[item["code"]]
        assert (item["date"] or "") == row["deadline"]
        wanted = float(row["target_value"]) if row["target_value"] else None
        assert item["value"] == (None if item["task"] in (1, 2, 3) else wanted)
        assert item["measured"] is None
        assert item["text"]
    assert {i["origin"] for i in found["items"]} == {"read", "person"}


@pytest.mark.django_db
def test_tasks_one_to_three_list_their_targets_with_every_key_and_no_value() -> None:
    make_plan()
    tasks = {item["number"]: item["targets"] for item in get("tasks/")["items"]}
    keys = {frozenset(target) for targets in tasks.values() for target in targets}
    assert len(keys) == 1
    assert [len(tasks[number]) for number in (1, 2, 3)] == [1, 1, 3]
    for target in (t for number in (1, 2, 3) for t in tasks[number]):
        held = ("value", "operator", "indicator", "measured")
        assert {target[key] for key in held} == {None}
        assert target["text"]
        assert target["name"]


@pytest.mark.django_db
def test_lists_are_paged_to_the_end_without_repeating() -> None:
    make_plan()
    codes, cursor = [], ""
    while True:
        found = get(f"targets/?limit=7&cursor={cursor}")
        codes += [item["code"] for item in found["items"]]
        if not found["next"]:
            break
        cursor = found["next"]
    assert codes == sorted(ROWS)


@pytest.mark.django_db
def test_measures_carry_the_words_of_the_plan_and_are_cut_by_them() -> None:
    make_plan()
    found = get("measures/?limit=1000")
    assert {item["force"] for item in found["items"]} == {"要求", "力争", "鼓励", "探索", "可以"}
    assert get("measures/?force=可以")["count"] == get("measures/?force=may")["count"] > 0
    assert {i["task"] for i in get("measures/?task=9")["items"]} == {9}
    assert get("measures/?task=12&limit=1000")["items"][4]["documents"] == [
        "东莞市社区综合服务中心运营管理办法"
    ] or any(i["documents"] for i in get("measures/?task=12")["items"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("measures/?force=硬性", 422),
        ("targets/?limit=0", 422),
        ("tasks/?cursor=x", 422),
        ("tasks/?plan=none", 404),
    ],
)
def test_bad_questions_are_refused_in_the_one_shape(path: str, status: int) -> None:
    make_plan()
    response = client_of(NOBODY).get(f"/api/v1/plan/{path}")
    assert response.status_code == status
    assert set(response.json()) == {"code", "message", "fields"}
