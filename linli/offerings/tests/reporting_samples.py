"""Makers of reports for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from linli.access.testing import make_right
from linli.kernel.permits import Actor, system_actor
from linli.kernel.testing import TOWN, VILLAGE, make_actor
from linli.offerings import permits
from linli.offerings.clients.reporting_templates import Template, blank_sheet
from linli.offerings.models import ReportingSheet, ReportingTask
from linli.offerings.services import reporting, reporting_columns
from linli.offerings.types.reporting import TaskFacts
from linli.orgs import permits as org_permits
from linli.orgs.testing import make_organisation, make_post
from linli.people.queries.scopes import held
from linli.people.testing import make_person
from linli.places.testing import make_town

NOON, TODAY, DUE = datetime(2026, 11, 24, 4, 0, tzinfo=UTC), date(2026, 11, 24), date(2026, 12, 4)
SYSTEM = system_actor("test")
ASKER = make_actor("asker", permits.ASK_REPORTS, org_permits.STAFF_LIST, at=TOWN, account_id=7)
CLERK = make_actor("clerk", permits.FILL_REPORTS, at=VILLAGE, account_id=8)
CODES = ("441900005001", "441900005002")
SHEET = Template("t", "人口表", "府办〔2026〕1号文件", ["村（社区）", "常住人口", "60周岁以上老年人", "垃圾桶（个）"], total="合计")  # fmt: skip


def make_ground() -> Any:
    """Make a town with two villages, three people in the first; return the post that approves."""
    town = make_town("441900005")
    held.forget()
    for name, born in (("陈一", date(1940, 1, 1)), ("陈二", date(1960, 5, 1)), ("陈三", date(2000, 1, 1))):  # fmt: skip
        make_person(name, CODES[0], born_on=born)
    post = make_post(make_organisation("township_government", at=town), kind="head")
    make_right(permit=permits.ASK_REPORTS.name, path=TOWN, post_id=post.pk)
    return post


def make_task(post: Any = None, template: Template = SHEET, **more: Any) -> ReportingTask:
    """Return a report of the town that is being prepared."""
    from linli.places import queries as places

    post = post or make_ground()
    facts = TaskFacts(template.title, post.pk, template.basis, more.pop("due_on", DUE))
    content = more.pop("content", None)
    content = blank_sheet(template) if content is None else content
    now = more.pop("now", NOON)
    return reporting.receive_report(
        places.get_place("441900005"), facts, content, "人口表.xlsx", actor=ASKER, now=now
    )


def approver(task: ReportingTask) -> Actor:
    """Return whoever asks and holds the post that approves this report."""
    return replace(ASKER, posts=frozenset({task.post_id}))


def make_open(post: Any = None, template: Template = SHEET, **more: Any) -> ReportingTask:
    """Return a report that is with the villages."""
    now = more.get("now", NOON)
    task = make_task(post, template, **more)
    return reporting.open_report(task, edition=task.edition, actor=approver(task), now=now)


def sheet_of(task: ReportingTask, code: str = CODES[0]) -> ReportingSheet:
    """Return the sheet of a village."""
    return task.sheets.get(path__endswith=f"{code}/")


def make_list(*, key: str = "list.old_60") -> ReportingTask:
    """Return a report with the villages whose rows are residents of a list."""
    named = replace(SHEET, columns=["序号", "姓名", "性别", "身份证号码", "联系电话"])
    task = make_task(template=named)
    task = reporting_columns.choose_sheet(
        task, "汇总表", key, edition=task.edition, actor=ASKER, now=NOON
    )
    return reporting.open_report(task, edition=task.edition, actor=approver(task), now=NOON)
