"""The plan of Dongguan of 2016, read from the web copy with its faults."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

import pytest

from linli.plan.reading.asdata import as_data, group_of
from linli.plan.tests.reading.samples import dongguan

with (files("linli.plan") / "data" / "plan_targets.csv").open(encoding="utf-8-sig") as _file:
    ROWS = list(csv.DictReader(_file))
TASKS = {int(row["task_no"]): row for row in ROWS if row["task_no"] != "0"}
BY_PERSON = ("T04-1", "T04-3")
MEASURED = [row for row in ROWS if row["target_value"] or row["deadline"]]


@pytest.mark.parametrize("number", sorted(TASKS))
def test_task_group_lead_and_participants_equal_the_checked_list(number: int) -> None:
    read, row = dongguan(), TASKS[number]
    task = next(task for task in read.tasks if task.number == number)
    group = group_of(read, task)
    assert task.title == row["task_zh"]
    assert group is not None
    assert (group.number, group.title) == (int(row["group_no"]), row["group_zh"])
    assert task.lead == row["lead_department"]
    assert "、".join(task.participants) == row["participating_departments"]


def test_there_are_twenty_tasks_in_six_groups() -> None:
    assert [task.number for task in dongguan().tasks] == list(range(1, 21))
    assert [group.number for group in dongguan().groups] == [1, 2, 3, 4, 5, 6]


def test_twenty_one_rows_have_a_value_or_a_date() -> None:
    assert len(MEASURED) == 21


@pytest.mark.parametrize("row", MEASURED, ids=lambda row: row["indicator_id"])
def test_value_and_deadline_equal_the_checked_list(row: dict[str, str]) -> None:
    target = next(t for t in dongguan().targets if t.code == row["indicator_id"])
    assert (target.value or "") == row["target_value"]
    by_person = row["indicator_id"] in BY_PERSON
    wanted = None if by_person or not row["deadline"] else date.fromisoformat(row["deadline"])
    assert target.deadline == wanted


def test_a_date_that_is_an_event_stays_open_and_is_said() -> None:
    event = "2017年第六届社区居民委员会换届选举时"
    assert {t.deadline_text for t in dongguan().targets if t.code in BY_PERSON} == {event}
    assert any(u.code == "date_of_event" and u.raw == event for u in dongguan().unread)


@pytest.mark.parametrize(
    ("raw", "reading"),
    [
        ("201612月23", "2016-12-23"),
        ("35年", "3—5年"),
        ("20174月底", "2017-04-30"),
        ("20173底", "2017-03-31"),
        ("20176底", "2017-06-30"),
        ("20161220172月", "2016-12-01—2017-02-28"),
        ("20173201712月", "2017-03-01—2017-12-31"),
        ("20181—201912月", "2018-01-01—2019-12-31"),
    ],
)
def test_dates_broken_by_the_web_copy_are_mended_as_guesses(raw: str, reading: str) -> None:
    assert (raw, reading) in {(g.raw, g.reading) for g in dongguan().guesses}


def test_lost_dots_and_the_lost_full_stop_are_guesses_too() -> None:
    codes = [guess.code for guess in dongguan().guesses]
    assert codes.count("dot_missing") == 5
    assert codes.count("sentence_end_missing") == 1


def test_three_stages_have_their_days() -> None:
    assert [(s.title, s.first, s.last) for s in dongguan().stages] == [
        ("拟制方案", date(2016, 12, 1), date(2017, 2, 28)),
        ("开展试点", date(2017, 3, 1), date(2017, 12, 31)),
        ("全面铺开", date(2018, 1, 1), date(2019, 12, 31)),
    ]


def test_four_requirements_are_read() -> None:
    assert [one.title for one in dongguan().requirements()] == [
        "加强组织领导", "坚持分类施策", "落实资金支持", "加强队伍建设",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "force", "level"),
    [
        ("修订完善村规民约和居民公约", "require", "village"),
        ("力争到2018年底", "strive", "village"),
        ("鼓励非户籍常住人口集中的村(社区)", "encourage", "village"),
        ("探索设置村(居)民委员会特别委员", "explore", "village"),
        ("各城乡社区可根据辖区面积", "may", "village"),
        ("镇(街道、园区)可视情况给予社区志愿站", "may", "town"),
        ("各镇(街道、园区)要积极通过财政奖补政策", "require", "town"),
        ("基层民主参选率要达到96.5%以上", "require", "city"),
    ],
)
def test_measures_have_a_force_and_a_level(words: str, force: str, level: str) -> None:
    measure = next(m for m in dongguan().measures if words in m.text)
    assert (measure.force, measure.level) == (force, level)


def test_documents_to_be_issued_are_named_and_laws_that_are_cited_are_not() -> None:
    assert [name for m in dongguan().measures for name in m.documents] == [
        "东莞市社区社会组织登记备案管理暂行办法",
        "东莞市社区综合服务中心运营管理办法",
    ]


def test_the_head_of_the_document_is_read() -> None:
    read = dongguan()
    assert read.title == "关于进一步推进城乡社区建设工作的实施方案"
    assert read.document_number == "东委办发〔2016〕号"
    assert read.issued_on == date(2016, 12, 23)
    assert "serial_missing" in {one.code for one in read.unread}


def test_as_data_gives_what_the_command_prints() -> None:
    data = as_data(dongguan())
    assert len(data["tasks"]) == 20
    assert data["tasks"][3]["lead"] == "市民政局"
    assert data["tasks"][3]["participants"] == ["市妇联"]
    assert {t["code"]: (t["value"], t["date"]) for t in data["targets"]}["T06-1"] == (
        100,
        "2017-04-30",
    )
    assert {m["force"] for m in data["measures"]} == {"要求", "力争", "鼓励", "探索", "可以"}
    assert data["characters"]["items"] + data["characters"]["rest"] == 9437
