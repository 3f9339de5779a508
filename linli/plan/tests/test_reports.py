"""What towns report is told as what it is: with papers that show it, without, or beside a number that is counted."""

from __future__ import annotations

import pytest

from linli.kernel.testing import client_of
from linli.places.testing import make_town
from linli.plan import queries, services
from linli.plan.models import Target
from linli.plan.rules.progress import Standing
from linli.plan.testing import NOON, TODAY, call, city_lead, make_plan, town_lead
from linli.plan.tests.test_pages import address
from linli.plan.types import CallKind

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("papers", "standing", "words"),
    [(0, Standing.UNPROVEN, "没有佐证材料"), (2, Standing.SHOWN, "佐证材料已报")],
)
def test_a_report_that_no_paper_shows_is_not_told_as_one_with_papers(
    papers: int, standing: Standing, words: str
) -> None:
    """Basis: plan of 2016, chapter 5 (一): what supervision looks at is what can be seen."""
    document, town = make_plan(), make_town()
    call(document, CallKind.REPORT)
    free = Target.objects.filter(task__level=1, force="require", indicator_key="")
    task = free.exclude(task__targets__indicator_key__gt="").order_by("pk")[0].task
    assert task is not None and not queries.is_counted(task)
    report = services.file_report(
        task, town, "见公示", evidence_count=papers, actor=town_lead(), now=NOON
    )
    city = client_of(city_lead())
    page = city.get(address("report", report.pk)).content.decode()
    listed = city.get(address("reports")).content.decode()

    services.check_report(report, version=1, actor=city_lead(), now=NOON)

    assert ("请退回" in page, "没有佐证材料" in listed) == (papers == 0, papers == 0)
    (row,) = [r for r in queries.board(town_lead(), document, TODAY).rows if r.place.id == town.pk]
    assert row.cells[task.number].standing == standing
    cells = city.get(address("cells"), {"standing": standing, "format": "csv"}).content.decode()
    assert words in cells


def test_of_a_counted_task_its_report_says_that_the_board_goes_by_the_number() -> None:
    document, town = make_plan(), make_town()
    call(document, CallKind.REPORT)
    task = queries.get_task(document, 8)
    report = services.file_report(task, town, "见公示", actor=town_lead(), now=NOON)
    page = client_of(city_lead()).get(address("report", report.pk)).content.decode()
    asked = client_of(town_lead()).get(address("new_report", 8, "441900005")).content.decode()

    assert queries.is_counted(task)
    assert "不以上报为准" in page and "请退回" not in page
    assert "不以上报为准" in asked
