"""What plan gives to the desk, the search and the worker; import and calls on pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.kernel.errors import Invalid
from linli.kernel.permits import NOBODY
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor
from linli.places.events import PathsChanged
from linli.plan import desk, listeners, permits, queries, search, services, tasks
from linli.plan.models import Call, IndicatorValue, PlanDocument, Target
from linli.plan.rules.texts import mended
from linli.plan.testing import NOON, SYSTEM, TODAY, city_lead, town_lead
from linli.plan.tests.test_pages import CODE, address, make_world, send
from linli.plan.types import NewTarget

pytestmark = pytest.mark.usefixtures("plan_there")

TEXT = "一、工作任务\n1.整治环境。清理河道。市水务局、市民政局\n2.绿化村庄。种树。市林业局\n"


@pytest.mark.django_db
def test_the_desk_brings_each_side_its_own_next_step() -> None:
    make_world()
    town = [(str(i.kind), str(i.step)) for i in desk.due_work(town_lead(), TODAY, 20)]
    city = [(str(i.kind), str(i.step)) for i in desk.due_work(city_lead(), TODAY, 20)]
    assert len(town) == 1  # the visit waits for the town's answer
    assert len(city) == 2  # the plan and the report wait to be checked
    assert desk.due_work(NOBODY, TODAY, 20) == []
    assert desk.due_work(make_actor("邻镇", permits.FILE, at=OTHER_TOWN), TODAY, 20) == []


@pytest.mark.django_db
def test_the_search_finds_tasks_and_cards() -> None:
    make_world()
    assert [hit.title[:2] for hit in search.find_tasks(NOBODY, "网格化", 5)] == ["8 "]
    assert [hit.title for hit in search.find_practices(NOBODY, "停车", 5)] == ["楼栋议事"]
    assert search.find_tasks(NOBODY, "没有这个词", 5) == []


@pytest.mark.django_db
def test_a_quoted_sentence_shows_its_date_with_the_signs_it_had_lost() -> None:
    make_world()
    hits = search.find_measures(NOBODY, "20174月底前", 5)
    assert hits
    assert all("2017年4月底前" in hit.title for hit in hits)
    assert "20174月" not in client_of(NOBODY).get(hits[0].url).content.decode()
    assert mended("2016122017" + "2月") == "2016年12月—2017年2月"
    assert mended("2017年4月") == "2017年4月"


@pytest.mark.django_db
def test_the_worker_measures_links_and_follows() -> None:
    make_world()
    tasks.measure()
    assert IndicatorValue.objects.filter(indicator="S01").count() == 2
    tasks.link_departments()
    tasks.follow_places()
    listeners.on_paths_changed(PathsChanged("441900/441900999/", "441900/441900998/"))


@pytest.mark.django_db
def test_a_demand_is_made_and_ended_on_pages() -> None:
    world = make_world()
    client = client_of(city_lead())
    again = {"kind": "report", "place": "441900005", "due_on": "", "basis": "督查通知"}
    assert send(client, address("new_call"), again).status_code == 422
    call = Call.objects.get(kind="report")
    assert send(client, address("end_call", call.pk), {}).status_code == 303
    call.refresh_from_db()
    assert call.ends_on is not None
    assert send(client_of(NOBODY), address("end_call", call.pk), {}).status_code == 403
    assert queries.call_for(world["document"], call.kind, call.path) is None


@pytest.mark.django_db
def test_a_plan_is_imported_on_the_page_and_a_picture_is_refused() -> None:
    client = client_of(city_lead())
    fields = {"source": "测试文本", "code": "other"}
    picture = SimpleUploadedFile("plan.txt", b"\x89PNG\r\n\x1a\n")
    refused = send(client, address("documents"), {**fields, "file": picture})
    assert refused.status_code == 422
    assert "图片" in refused.content.decode()
    assert "测试文本" in refused.content.decode()

    text = SimpleUploadedFile("plan.txt", TEXT.encode("gb18030"))
    kept = send(client, address("documents"), {**fields, "file": text})
    assert kept.status_code == 303
    assert PlanDocument.objects.get(code="other").tasks.count() == 2
    assert send(client_of(NOBODY), address("documents"), fields).status_code in (403, 422)


@pytest.mark.django_db
def test_a_target_is_bound_and_added_only_under_a_new_code() -> None:
    world = make_world()
    client = client_of(city_lead())
    assert send(client, address("bind", CODE, "T06-1"), {"indicator": "S01"}).status_code == 303
    assert Target.objects.get(code="T06-1").indicator_key == "S01"
    assert send(client, address("bind", CODE, "T06-1"), {"indicator": "none"}).status_code == 422
    new = NewTarget("T06-1", 6, "重复", "", "qualitative", "原文", 0, 2)
    with pytest.raises(Invalid):
        services.add_target(world["document"], new, ("理由", ""), actor=SYSTEM, now=NOON)


@pytest.mark.django_db
def test_answers_and_closings_refuse_what_does_not_fit() -> None:
    world = make_world()
    visit, report = world["visit"], world["report"]
    town, city = client_of(town_lead()), client_of(city_lead())
    assert send(town, address("visit_step", visit.pk, "answer"), {"version": 1}).status_code == 422
    late = {"version": 9, "answer": "已更新"}
    told = send(town, address("visit_step", visit.pk, "answer"), late)
    assert told.status_code == 422
    assert "已更新" in told.content.decode()
    assert send(city, address("visit_step", visit.pk, "burn"), {"version": 1}).status_code == 404
    stale = {"reason": "", "version": 9}
    assert send(city, address("report", report.pk), stale).status_code == 422
    assert send(city, address("withdraw_practice", world["card"].pk), {}).status_code == 403
    assert send(town, address("withdraw_practice", world["card"].pk), {}).status_code == 303
