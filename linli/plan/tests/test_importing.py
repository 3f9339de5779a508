"""A plan is kept with its reading; the shipped corrections stand beside it and are marked."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from linli.kernel.errors import NotAllowed
from linli.kernel.testing import client_of, make_actor
from linli.plan import imports, permits, queries, services
from linli.plan.errors import PlanUnreadable
from linli.plan.models import Correction, Measure, PlanDocument, Target, Task, TaskDepartment
from linli.plan.testing import NOON, SYSTEM, city_lead, make_plan
from linli.plan.types import Change, ItemKind, NewTarget, Origin

ORIGIN = Origin("other", "other.txt", "441900/")
OTHER = "一、工作任务\n1.整治环境。清理河道。市水务局、市民政局\n2.绿化村庄。种树。市林业局\n"

with (files("linli.plan") / "data" / "plan_targets.csv").open(encoding="utf-8-sig") as _file:
    ROWS = list(csv.DictReader(_file))


@pytest.mark.django_db
def test_the_plan_of_dongguan_comes_out_with_all_34_targets() -> None:
    document = make_plan()
    found = {target.code: target for target in queries.public_targets(document)}
    assert sorted(found) == sorted(row["indicator_id"] for row in ROWS)
    for row in ROWS:
        target = found[row["indicator_id"]]
        assert target.name == row["indicator_zh"]
        assert target.name_en == row["indicator_en"]
        assert str(target.deadline or "") == row["deadline"]
        assert (f"{target.value.normalize():f}" if target.value is not None else "") == row[
            "target_value"
        ]


@pytest.mark.django_db
def test_what_a_person_added_or_dated_is_marked_and_the_read_value_stays() -> None:
    document = make_plan()
    added = Target.objects.filter(document=document, origin="person")
    assert added.count() == 12
    assert Correction.objects.filter(document=document, field="added").count() == 12
    dated = Target.objects.get(document=document, code="T04-1")
    assert dated.read["date"] is None
    correction = Correction.objects.get(document=document, label="T04-1", field="deadline")
    assert (correction.read_value, correction.value) == ("", "2017-12-31")
    assert correction.made_by == imports.shipped()["made_by"]


@pytest.mark.django_db
def test_importing_the_same_text_again_changes_nothing() -> None:
    first = make_plan()
    corrections = Correction.objects.count()

    again = imports.import_file(
        imports.packaged_text().replace(b"\n", b"\r\n"), ORIGIN, actor=SYSTEM, now=NOON
    )

    assert again.pk == first.pk
    assert PlanDocument.objects.count() == 1
    assert Correction.objects.count() == corrections


@pytest.mark.django_db
def test_a_changed_text_is_a_new_version_and_the_old_one_stays() -> None:
    old = services.import_plan(OTHER.encode(), ORIGIN, actor=SYSTEM, now=NOON)
    new = services.import_plan(
        (OTHER + "3.建路。修。市交通局\n").encode(), ORIGIN, actor=SYSTEM, now=NOON
    )
    old.refresh_from_db()
    assert (old.version, old.is_current, new.version, new.is_current) == (1, False, 2, True)
    assert old.tasks.count() == 2
    assert new.tasks.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"PK\x03\x04xx", "office_file"),
        ("天气很好，我们去公园。".encode(), "no_task"),
    ],
)
def test_what_is_no_plan_is_refused_with_a_clear_word_and_nothing_is_kept(
    data: bytes, reason: str
) -> None:
    with pytest.raises(PlanUnreadable) as refused:
        services.import_plan(data, ORIGIN, actor=SYSTEM, now=NOON)
    assert refused.value.reason == reason
    assert PlanDocument.objects.count() == 0


@pytest.mark.django_db
def test_importing_takes_a_permit() -> None:
    with pytest.raises(NotAllowed):
        services.import_plan(OTHER.encode(), ORIGIN, actor=make_actor("someone"), now=NOON)
    assert PlanDocument.objects.count() == 0


@pytest.mark.django_db
def test_everything_that_was_read_is_kept() -> None:
    document = make_plan()
    assert [len(document.guesses) > 10, len(document.unread) > 5] == [True, True]
    assert Task.objects.filter(document=document).count() == 20
    assert TaskDepartment.objects.filter(task__document=document).count() == 60
    assert Measure.objects.filter(document=document, force="may").count() >= 3
    assert document.stages.count() == 3
    assert document.passages.filter(kind="requirement").count() == 4


@pytest.mark.django_db
def test_values_of_the_first_three_tasks_are_protected_and_of_no_other() -> None:
    document = make_plan()
    levels = dict(Task.objects.filter(document=document).values_list("number", "level"))
    assert [number for number, level in sorted(levels.items()) if level >= 6] == [1, 2, 3]
    protected = Target.objects.filter(document=document, level__gte=6).order_by("code")
    assert [t.code for t in protected] == ["T01-1", "T02-1", "T03-1", "T03-2", "T03-3"]


@pytest.mark.django_db
def test_the_pieces_of_the_page_are_the_whole_text() -> None:
    document = make_plan()
    assert "".join(piece.text for piece in queries.pieces_of(document)) == document.text


@pytest.mark.django_db
def test_corrections_are_appended_and_cannot_be_rewritten() -> None:
    make_plan()
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("UPDATE plan_correction SET why = 'x'")


@pytest.mark.django_db
def test_the_city_s_own_plan_is_the_main_one_whenever_it_comes() -> None:
    other = services.import_plan(OTHER.encode(), ORIGIN, actor=SYSTEM, now=NOON)
    assert queries.current_document().pk == other.pk
    own = make_plan()
    assert queries.current_document().pk == own.pk
    later = services.import_plan((OTHER + "。").encode(), ORIGIN, actor=SYSTEM, now=NOON)
    assert (later.is_main, queries.current_document().pk) == (False, own.pk)
    assert queries.current_document("other").pk == later.pk


TWO = "一、工作任务\n1.整治环境。清理河道，到2018年底完成80%。市水务局、市民政局\n2.绿化村庄。种树。市林业局\n"


@pytest.mark.django_db
def test_corrections_go_over_to_a_new_version_where_the_sentence_stands() -> None:
    old = services.import_plan(TWO.encode(), ORIGIN, actor=SYSTEM, now=NOON)
    first, second = old.tasks.order_by("number")
    person = make_actor("王主任", permits.CORRECT, at="441900/")
    for task, field, value in (
        (first, "departments", "市水务局、市农业农村局"),
        (first, "name_en", "Mend the rivers"),
        (second, "departments", "市林业局、市城管局"),
        (second, "name_en", "Plant trees"),
    ):
        services.correct_item(
            ItemKind.TASK, task.pk, Change(field, value, "原件如此"), actor=person, now=NOON
        )
    quote = "清理河道"
    target = NewTarget("T01-9", 1, "河道", "Rivers", "qualitative", quote, 0, 4)
    services.add_target(old, target, ("漏读", "missed"), actor=person, now=NOON)

    new = services.import_plan(TWO.replace("种树", "种草").encode(), ORIGIN, actor=SYSTEM, now=NOON)

    one, two = new.tasks.order_by("number")
    assert [d.name for d in one.departments.filter(is_current=True)] == ["市水务局", "市农业农村局"]
    assert [d.name for d in two.departments.filter(is_current=True)] == ["市林业局"]
    assert (one.name_en, two.name_en) == ("Mend the rivers", "Plant trees")
    assert Target.objects.get(document=new, code="T01-9").origin == "person"
    assert {c.made_by for c in Correction.objects.filter(document=new)} == {"王主任"}
    left = [one for one in new.unread if one["code"] == "correction_left"]
    assert len(left) == 1
    assert "市城管局" in left[0]["raw"]


@pytest.mark.django_db
def test_the_city_s_plan_keeps_its_corrections_when_one_sentence_changes() -> None:
    old = make_plan()
    text = imports.packaged_text().decode()
    assert "96.5" in text
    changed = text.replace("96.5", "97.5")

    new = services.import_plan(changed.encode(), imports.DONGGUAN, actor=SYSTEM, now=NOON)

    before = {t.code: t for t in queries.public_targets(old)}
    after = {t.code: t for t in queries.public_targets(new)}
    assert new.version == old.version + 1
    changed_codes = {code for code, target in before.items() if "96.5" in target.text}
    assert "T04-1" in changed_codes
    assert set(before) - changed_codes <= set(after)
    for code in set(before) - changed_codes:
        for field in ("name", "name_en", "deadline", "value", "indicator_key", "origin"):
            assert getattr(after[code], field) == getattr(before[code], field), (code, field)
    left = [one for one in new.unread if one["code"] == "correction_left"]
    assert left
    assert {one["raw"].split()[0] for one in left} <= changed_codes | {"4"}
    page = client_of(city_lead()).get(f"/zh-hans/plan/documents/{new.code}/reading/")
    assert "上一版的更正" in page.content.decode()
