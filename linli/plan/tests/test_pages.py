"""Every page of the plan, as nobody and as those who work with it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from linli.kernel.money import Money
from linli.kernel.permits import NOBODY, PROTECTED
from linli.kernel.testing import CITY, client_of, make_actor
from linli.orgs.testing import make_organisation
from linli.places.testing import make_town
from linli.plan import permits, services
from linli.plan.models import (
    Correction,
    FundingLine,
    Measure,
    Pilot,
    Report,
    Target,
    Task,
    TownPlan,
    Visit,
)
from linli.plan.testing import (
    CONTENTS,
    NOON,
    TODAY,
    call,
    city_lead,
    make_filed_plan,
    make_plan,
    town_lead,
)
from linli.plan.types import CallKind

pytestmark = pytest.mark.usefixtures("plan_there")

CODE = "dongguan-2016"


def address(name: str, *args: object, lang: str = "zh-hans") -> str:
    with translation.override(lang):
        return reverse(f"plan:{name}", args=args)


def send(client: Client, url: str, fields: dict[str, Any]) -> Any:
    """Send a form once, as a page does: with the field that makes a second sending do nothing."""
    return client.post(url, {**fields, "key": str(uuid4())})


def make_world() -> dict[str, Any]:
    """A plan with one town that filed, reported, pilots, was visited and spends."""
    document = make_plan()
    filed = make_filed_plan(document)
    town = make_town()
    call(document, CallKind.REPORT)
    task = Task.objects.get(document=document, number=8)
    report = services.file_report(task, town, "网格划分见公示", actor=town_lead(), now=NOON)
    pilot = services.start_pilot(
        document,
        town,
        [task],
        {"title": "邻里议事", "started_on": TODAY},
        actor=town_lead(),
        now=NOON,
    )
    card = services.add_practice(
        document, town, [task],
        {"title": "楼栋议事", "problem": "停车难", "steps": "一议二公示", "effect": "有序"},
        actor=town_lead(), now=NOON,
    )  # fmt: skip
    visit = services.record_visit(
        document, town, [task],
        {"visited_on": TODAY, "visitors": "市民政局", "findings": "公示栏未更新",
         "due_on": date(2026, 12, 10)},
        actor=city_lead(), now=NOON,
    )  # fmt: skip
    line = services.add_funding_line(
        document, town,
        {"year": 2026, "source": "town", "amount": Money(1234500), "purpose": "议事点建设"},
        actor=town_lead(), now=NOON,
    )  # fmt: skip
    return {
        "document": document, "filed": filed, "town": town, "report": report, "pilot": pilot,
        "card": card, "visit": visit, "line": line,
    }  # fmt: skip


PUBLIC = [
    ("board", []), ("board_print", []), ("cells", []), ("documents", []), ("document", [CODE]),
    ("reading", [CODE]), ("measures", [CODE]), ("targets", [CODE]), ("target", [CODE, "T12-1"]),
    ("target", [CODE, "T01-1"]), ("task", [CODE, 1]), ("task", [CODE, 12]), ("pilots", []),
    ("practices", []), ("indicators", []), ("filings", []), ("reports", []), ("visits", []), ("funding", []),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "args"), PUBLIC)
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_open_pages_answer_nobody_in_both_languages(name: str, args: list[Any], lang: str) -> None:
    make_world()
    url = address(name, *args, lang=lang)
    assert client_of(NOBODY).get(url).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_those_who_work_open_every_page(lang: str) -> None:
    world = make_world()
    everybody = make_actor("管理", *vars_of_permits(), at=CITY, ceiling=PROTECTED)
    client = client_of(everybody)
    pk = {name: thing.pk for name, thing in world.items()}
    task = Task.objects.get(number=8)
    measure = Measure.objects.filter(task=task).first()
    assert measure is not None
    pages = [
        ("new_filing", []), ("new_call", []), ("filing", [pk["filed"]]), ("refile", [pk["filed"]]),
        ("new_report", [9, "441900005"]), ("report", [pk["report"]]), ("new_pilot", []),
        ("pilot", [pk["pilot"]]), ("new_practice", []), ("practice", [pk["card"]]),
        ("new_visit", []), ("visit", [pk["visit"]]), ("new_funding", []),
        ("withdraw_funding", [pk["line"]]), ("correct", [CODE, "task", task.pk, "departments"]),
        ("correct", [CODE, "measure", measure.pk, "force"]),
    ]  # fmt: skip
    for name, args in [*pages, *PUBLIC]:
        url = address(name, *args, lang=lang)
        assert client.get(url).status_code == 200, name


def vars_of_permits() -> list[Any]:
    return [one for one in vars(permits).values() if isinstance(one, type(permits.VIEW))]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "key"),
    [("filing", "filed"), ("report", "report"), ("visit", "visit"), ("withdraw_funding", "line")],
)
def test_what_staff_keep_is_not_found_by_others(name: str, key: str) -> None:
    world = make_world()
    url = address(name, world[key].pk)
    other = make_actor("邻镇", permits.VIEW, permits.FILE, at="441900/441900006/")
    assert client_of(NOBODY).get(url).status_code == 404
    assert client_of(other).get(url).status_code == 404
    assert client_of(town_lead()).get(url).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["new_filing", "new_call", "new_pilot", "new_practice", "new_visit", "new_funding"]
)
def test_forms_are_not_found_by_those_who_may_not_use_them(name: str) -> None:
    make_world()
    assert client_of(NOBODY).get(address(name)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["board", "cells", "filings", "reports", "pilots", "visits", "funding"]
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_lists_come_as_files(name: str, form: str) -> None:
    make_world()
    response = client_of(city_lead()).get(address(name), {"format": form})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["targets", "measures", "reading"])
def test_the_text_comes_as_files(name: str) -> None:
    make_world()
    response = client_of(NOBODY).get(address(name, CODE), {"format": "csv"})
    assert response["Content-Type"].startswith("text/csv")


@pytest.mark.django_db
def test_a_cell_opens_its_panel_as_a_part_or_with_the_page() -> None:
    make_world()
    url = address("board")
    query = {"task": 8, "town": "441900005"}
    whole = client_of(city_lead()).get(url, query)
    part = client_of(city_lead()).get(url, query, headers={"HX-Request": "true"})
    assert "网格划分见公示" in whole.content.decode()
    assert "网格划分见公示" in part.content.decode()
    assert "<html" not in part.content.decode()


@pytest.mark.django_db
def test_who_corrects_second_is_told_and_keeps_what_was_typed() -> None:
    """Issue §9: two people editing one record."""
    make_plan()
    target = Target.objects.get(code="T14-1")
    url = address("correct", CODE, "target", target.pk, "deadline")
    client = client_of(city_lead())
    first = {"value": "2017-03-30", "why": "原件写三十日", "version": target.version}
    assert send(client, url, first).status_code == 303

    late = send(client, url, {**first, "value": "2017-03-29", "why": "我看的是另一份"})

    body = late.content.decode()
    assert late.status_code == 422
    assert "2017-03-29" in body
    assert "我看的是另一份" in body
    assert "2017-03-30" in body
    target.refresh_from_db()
    assert target.deadline == date(2017, 3, 30)


@pytest.mark.django_db
def test_a_correction_is_marked_beside_what_was_read() -> None:
    make_plan()
    task = Task.objects.get(number=16)
    url = address("correct", CODE, "task", task.pk, "departments")
    fields = {"value": "市委政法委、市司法局", "why": "原件只有两家", "version": task.version}
    assert send(client_of(city_lead()), url, fields).status_code == 303
    correction = Correction.objects.latest("id")
    assert correction.read_value == "市委政法委、市中级法院、市公安局、市司法局"
    assert correction.value == "市委政法委、市司法局"
    page = client_of(NOBODY).get(address("task", CODE, 16)).content.decode()
    assert "原件只有两家" in page


@pytest.mark.django_db
def test_a_town_plan_goes_from_filing_to_acceptance_on_pages() -> None:
    document = make_plan()
    make_town()
    call(document, CallKind.TOWN_PLAN, due_on=date(2026, 12, 31))
    town, city = client_of(town_lead()), client_of(city_lead())
    filed = send(town, address("new_filing"), {**CONTENTS, "steps": "", "place": "441900005"})
    assert filed.status_code == 303
    plan = TownPlan.objects.get()
    check = address("check_filing", plan.pk)
    accept, back = {"decision": "accept"}, {"decision": "return"}
    assert send(city, check, {"version": 1, **accept}).status_code == 422
    assert send(city, check, {"version": 1, "steps": "缺推进步骤", **back}).status_code == 303
    assert send(town, address("refile", plan.pk), CONTENTS).status_code == 422
    assert send(town, address("refile", plan.pk), {**CONTENTS, "version": 2}).status_code == 303
    assert send(city, check, {"version": 3, "goals": "再改", **back}).status_code == 422
    assert send(city, check, {"version": 3, **accept}).status_code == 303
    plan.refresh_from_db()
    assert (plan.state, plan.return_count) == ("accepted", 1)


@pytest.mark.django_db
def test_a_check_without_a_pressed_button_or_against_what_was_written_decides_nothing() -> None:
    world = make_world()
    city = client_of(city_lead())
    filing = address("check_filing", world["filed"].pk)
    report = address("report", world["report"].pk)
    accept, back = {"decision": "accept"}, {"decision": "return"}

    for typed in ({}, back, {**accept, "reason": "缺公示", "goals": "缺目标"}):
        for to in (filing, report):
            assert send(city, to, {"version": 1, **typed}).status_code == 422

    assert (TownPlan.objects.get().state, Report.objects.get().state) == ("filed", "filed")
    shown = city.get(report).content.decode()
    assert (
        shown.index("disabled></button>")
        < shown.index('value="accept"')
        < shown.index('value="return"')
    )


@pytest.mark.django_db
def test_the_other_forms_work_on_pages() -> None:
    world = make_world()
    town, city = client_of(town_lead()), client_of(city_lead())
    place = {"place": "441900005"}
    report, visit, pilot = world["report"], world["visit"], world["pilot"]
    posts = [
        (city, address("report", report.pk), {"reason": "请附链接", "version": 1, "decision": "return"}),
        (town, address("report", report.pk), {"text": "见公示第3期", "evidence_count": 1, "version": 2}),
        (city, address("report", report.pk), {"reason": "", "version": 3, "decision": "accept"}),
        (town, address("visit_step", visit.pk, "answer"), {"answer": "已更新", "version": 1}),
        (city, address("visit_step", visit.pk, "close"), {"version": 2}),
        (town, address("pilot", pilot.pk),
         {"summary": "议事四次，办成三件", "ended_on": "2026-12-01", "version": 1}),
        (town, address("new_practice") + f"?pilot={pilot.pk}",
         {**place, "title": "议事四步", "tasks": ["8"], "problem": "难", "steps": "四步", "effect": "好"}),
        (town, address("new_pilot"),
         {**place, "title": "二期", "tasks": ["9"], "started_on": "20261201"}),
        (city, address("new_visit"),
         {**place, "tasks": ["9"], "visited_on": "2026-11-24", "visitors": "市民政局", "findings": "好"}),
        (town, address("new_funding"),
         {**place, "year": "2026", "source": "social", "amount": "1,200.50", "purpose": "捐赠"}),
        (town, address("withdraw_funding", world["line"].pk), {"why": "记错年度"}),
        (town, address("new_report", 9, "441900005"), {"text": "见清单", "evidence_count": 2}),
    ]  # fmt: skip
    for client, url, fields in posts:
        response = send(client, url, fields)
        assert response.status_code == 303, (url, response.content.decode()[-3000:])
    report.refresh_from_db()
    visit.refresh_from_db()
    pilot.refresh_from_db()
    assert (report.state, visit.state, pilot.state) == ("accepted", "closed", "ended")
    assert FundingLine.objects.filter(withdrawn_at__isnull=True).get().amount_fen == 120050
    assert Visit.objects.get(findings="好").state == "closed"
    assert (Pilot.objects.count(), Report.objects.count()) == (2, 2)


@pytest.mark.django_db
def test_a_town_s_own_text_fills_the_form_and_what_was_typed_stays() -> None:
    document = make_plan()
    make_town()
    call(document, CallKind.TOWN_PLAN)
    text = (
        "某镇城乡社区建设工作方案\n一、工作目标\n建成和谐社区。\n二、工作思路\n稳步推进。\n三、工作任务\n"
        "1.规范选举。2017年6月底前完成。（社会事务局、司法分局）\n四、实施步骤\n(一)动员(2017年3月)。开会。\n"
    )
    file = SimpleUploadedFile("方案.txt", text.encode("gb18030"))
    fields = {"place": "441900005", "approach": "我们自己的思路", "read": "1", "file": file}
    body = send(client_of(town_lead()), address("new_filing"), fields).content.decode()
    assert "规范选举" in body
    assert "社会事务局" in body
    assert "我们自己的思路" in body
    assert TownPlan.objects.count() == 0

    picture = SimpleUploadedFile("方案.txt", b"\x89PNG\r\n\x1a\n")
    refused = send(client_of(town_lead()), address("new_filing"), {**fields, "file": picture})
    assert refused.status_code == 422
    assert "图片" in refused.content.decode()


@pytest.mark.django_db
def test_the_board_says_whose_numbers_it_shows() -> None:
    make_world()
    url = address("board", lang="en")

    public = client_of(NOBODY).get(url).content.decode()
    post = client_of(city_lead()).get(url).content.decode()

    assert "Counted from what is public." in public
    assert "Counted from what is public." not in post
    assert "Signed in with a post you also see what is not public" in post


@pytest.mark.parametrize(
    "at",
    [
        "plan/", "plan/indicators/", "rulebook/", "rulebook/vc.size.min/",
        "rulebook/calendar/2026/", "places/{place}/organisations/", "organisations/{body}/",
    ],
)  # fmt: skip
def test_staff_keep_the_menu_of_their_desk_on_pages_that_everybody_reads(at: str) -> None:
    make_plan()
    body = make_organisation()
    path = "/zh-hans/" + at.format(place=body.place.code, body=body.code)

    public, own = (
        client.get(path).content.decode() for client in (Client(), client_of(city_lead()))
    )

    assert ('class="ll-side"' in own, 'class="ll-topnav"' in own) == (True, False)
    assert ('class="ll-side"' in public, 'class="ll-topnav"' in public) == (False, True)
    assert own.count("<main") == own.count("<h1") == 1
