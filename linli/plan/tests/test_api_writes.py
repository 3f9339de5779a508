"""What the pages of the plan write, over the API: once, by who may, against what was read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from linli.kernel.permits import NOBODY, PROTECTED, Actor
from linli.kernel.testing import CITY, OTHER_TOWN, client_of, make_actor
from linli.places.testing import make_town
from linli.plan import permits
from linli.plan.models import (
    Call,
    Correction,
    FundingLine,
    Pilot,
    PlanDocument,
    Practice,
    Report,
    Target,
    TownPlan,
    Visit,
)
from linli.plan.testing import CONTENTS, TODAY, call, city_lead, make_plan, town_lead
from linli.plan.tests.test_pages import make_world
from linli.plan.types import CONTENTS as SIX
from linli.plan.types import CallKind

pytestmark = [pytest.mark.usefixtures("plan_there"), pytest.mark.django_db]

API = "/api/v1/plan/"
ACCEPT, RETURN = {"decision": "accept"}, {"decision": "return"}
TOWN_CODE = "441900005"
SAID = {key: CONTENTS[key] for key in SIX}
FILED = {"place": TOWN_CODE, "title": CONTENTS["title"], "contents": SAID}
PILOT = {"place": TOWN_CODE, "title": "邻里议事", "tasks": [8], "started_on": "2026-11-01"}
CARD = {
    "place": TOWN_CODE,
    "title": "楼栋议事",
    "problem": "停车难",
    "steps": "一议",
    "effect": "好",
}
VISIT = {"place": TOWN_CODE, "tasks": [8], "visited_on": "2026-11-20", "visitors": "市民政局",
         "findings": "公示栏未更新", "due_on": "2026-12-10"}  # fmt: skip
LINE = {"place": TOWN_CODE, "year": 2026, "source": "town", "amount_fen": 1234500,
        "purpose": "议事点建设", "task": 8}  # fmt: skip
CALL = {"kind": "town_plan", "place": TOWN_CODE, "due_on": "2026-12-31", "basis": "方案四（一）"}


def send(
    actor: Actor, path: str, body: dict[str, Any] | None = None, *, status: int, key: str = ""
) -> Any:
    response = client_of(actor).post(
        API + path, body or {}, content_type="application/json",
        headers={"Idempotency-Key": key or str(uuid4())},
    )  # fmt: skip
    assert response.status_code == status, response.content
    said = response.json()
    if status >= 400:
        assert set(said) == {"code", "message", "fields"}
    return said


def get(actor: Actor, path: str, *, status: int = 200) -> Any:
    response = client_of(actor).get(API + path)
    assert response.status_code == status, response.content
    return response.json()


def elsewhere() -> Actor:
    """Somebody with the same rights in another town."""
    every = [one for one in vars(permits).values() if isinstance(one, type(permits.VIEW))]
    return make_actor("他镇", *every, at=OTHER_TOWN, account_id=9)


def test_a_town_plan_is_filed_returned_once_filed_again_and_accepted() -> None:
    document = make_plan()
    make_town()
    call(document, CallKind.TOWN_PLAN, due_on=date(2026, 12, 31))
    lacking = {**SAID, "steps": ""}

    filed = send(town_lead(), "town-plans/", {**FILED, "contents": lacking}, status=201)
    assert (filed["state"], filed["empty"], filed["due_on"]) == ("filed", ["steps"], "2026-12-31")
    move = f"town-plans/{filed['id']}/"
    held = send(city_lead(), move + "check", {**ACCEPT, "version": filed["version"]}, status=409)
    assert held["code"] == "lacking_contents"
    reasons = {**RETURN, "version": filed["version"], "lacking": {"steps": "缺推进步骤"}}
    back = send(city_lead(), move + "check", reasons, status=200)
    assert (back["state"], back["lacking"]) == ("returned", {"steps": "缺推进步骤"})
    again = {"version": back["version"], "title": CONTENTS["title"], "contents": SAID}
    refiled = send(town_lead(), move + "refile", again, status=200)
    done = send(city_lead(), move + "check", {**ACCEPT, "version": refiled["version"]}, status=200)
    assert done["state"] == "accepted"
    assert get(city_lead(), "town-plans/?state=accepted")["count"] == 1
    assert get(city_lead(), "town-plans/?state=filed")["items"] == []


def test_who_read_an_older_version_is_told_and_nothing_changes() -> None:
    filed = make_world()["filed"]
    body = {**RETURN, "version": filed.version + 1, "lacking": {"goals": "缺"}}

    said = send(city_lead(), f"town-plans/{filed.pk}/check", body, status=409)

    assert said["code"] == "stale"
    filed.refresh_from_db()
    assert (filed.state, filed.version) == ("filed", 1)


def test_towns_that_filed_nothing_in_time_are_on_the_late_list() -> None:
    document = make_plan()
    make_town()
    call(document, CallKind.TOWN_PLAN, due_on=localdate() - timedelta(days=1))

    assert [one["place"] for one in get(city_lead(), "town-plans/late/")["items"]] == [TOWN_CODE]
    assert get(elsewhere(), "town-plans/late/")["items"] == []
    assert get(NOBODY, "town-plans/late/")["count"] == 0


def test_towns_are_asked_and_asked_no_more() -> None:
    make_plan()
    make_town()

    made = send(city_lead(), "calls/", CALL, status=201)
    assert send(city_lead(), "calls/", CALL, status=409)["code"] == "already_called"
    assert get(NOBODY, "calls/?open=true")["items"][0]["basis"] == CALL["basis"]
    ended = send(city_lead(), f"calls/{made['id']}/end", status=200)
    assert ended["ends_on"] == localdate().isoformat()
    assert get(NOBODY, "calls/?open=true")["items"] == []


def test_a_report_goes_there_and_back() -> None:
    document = make_plan()
    make_town()
    body = {"place": TOWN_CODE, "task": 8, "text": "网格划分见公示"}
    assert send(town_lead(), "reports/", body, status=409)["code"] == "not_called"
    call(document, CallKind.REPORT)

    filed = send(town_lead(), "reports/", body, status=201)
    move = f"reports/{filed['id']}/"
    back = send(
        city_lead(),
        move + "check",
        {**RETURN, "version": filed["version"], "reason": "缺公示"},
        status=200,
    )
    again = {"version": back["version"], "text": "公示见附件", "evidence_count": 2}
    refiled = send(town_lead(), move + "refile", again, status=200)

    assert (refiled["state"], refiled["evidence_count"]) == ("filed", 2)
    assert get(town_lead(), "reports/?task=8")["items"][0]["text"] == "公示见附件"
    party = send(town_lead(), "reports/", {**body, "task": 1}, status=409)
    assert party["code"] == "protected_item"


def test_a_pilot_ends_with_what_was_learnt() -> None:
    make_plan()
    make_town()

    pilot = send(town_lead(), "pilots/", PILOT, status=201)
    assert (pilot["tasks"], pilot["ended_on"], pilot["summary"]) == ([8], None, "")
    end = {"version": pilot["version"], "ended_on": "2026-11-20", "summary": "可推广"}
    ended = send(town_lead(), f"pilots/{pilot['id']}/end", end, status=200)

    assert (ended["state"], ended["summary"]) == ("ended", "可推广")
    assert get(NOBODY, f"pilots/{pilot['id']}/")["summary"] == "可推广"
    assert send(town_lead(), f"pilots/{pilot['id']}/end", end, status=409)["code"] == "stale"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tasks": [1]}, "tasks"),
        ({"tasks": []}, "tasks"),
        ({"title": ""}, "title"),
        ({"title": "长" * 300}, "title"),
        ({"place": "441900006"}, "place"),
        ({"started_on": "gestern"}, "started_on"),
    ],
)
def test_what_a_pilot_cannot_be_is_said_at_its_field(changes: Any, field: str) -> None:
    make_plan()
    make_town()

    said = send(town_lead(), "pilots/", {**PILOT, **changes}, status=422)

    assert list(said["fields"]) == [field]
    assert not Pilot.objects.exists()


def test_a_card_is_found_by_its_words_and_withdrawn() -> None:
    make_plan()
    make_town()

    card = send(town_lead(), "practices/", {**CARD, "tasks": [8]}, status=201)
    assert get(NOBODY, "practices/?q=停车")["items"][0]["id"] == card["id"]
    assert get(NOBODY, "practices/?q=电梯")["items"] == []
    assert get(NOBODY, "practices/?task=9")["items"] == []
    send(town_lead(), f"practices/{card['id']}/withdraw", status=200)
    assert get(NOBODY, "practices/")["items"] == []
    get(NOBODY, f"practices/{card['id']}/", status=404)
    assert Practice.objects.count() == 1


def test_a_visit_is_answered_reopened_and_closed() -> None:
    make_plan()
    make_town()

    visit = send(city_lead(), "visits/", VISIT, status=201)
    move = f"visits/{visit['id']}/"
    answer = {"version": visit["version"], "answer": "已更新"}
    answered = send(town_lead(), move + "answer", answer, status=200)
    opened = send(city_lead(), move + "reopen", {"version": answered["version"]}, status=200)
    stale = send(city_lead(), move + "close", {"version": answered["version"]}, status=409)
    closed = send(city_lead(), move + "close", {"version": opened["version"]}, status=200)

    assert (answered["state"], opened["state"], closed["state"]) == ("answered", "open", "closed")
    assert stale["code"] == "stale"
    get(elsewhere(), move, status=404)
    assert get(NOBODY, "visits/")["items"] == []


def test_money_is_recorded_in_fen_and_leaves_the_sums_when_withdrawn() -> None:
    make_plan()
    make_town()
    who = town_lead()

    line = send(who, "funding/", LINE, status=201)
    assert line["amount_words"] == "人民币壹万贰仟叁佰肆拾伍元整"
    sums = [{"year": 2026, "source": "town", "amount_fen": 1234500}]
    assert get(who, "funding/")["sums"] == sums
    assert get(who, "funding/?year=2025")["items"] == []
    assert send(who, "funding/", {**LINE, "amount_fen": 0}, status=422)["code"] == "invalid"
    send(who, "funding/", {**LINE, "amount_fen": 10**30}, status=422)
    send(who, f"funding/{line['id']}/withdraw", {"why": "重复"}, status=200)
    assert get(who, "funding/")["sums"] == []
    assert get(who, f"funding/{line['id']}/")["withdrawn_why"] == "重复"
    assert get(NOBODY, "funding/")["items"] == []


def test_a_correction_stands_beside_what_was_read() -> None:
    document = make_plan()
    target = Target.objects.get(document=document, code="T12-1")
    body = {"kind": "target", "item": target.pk, "field": "deadline", "value": "2020-12-31",
            "why": "市府会议纪要", "version": target.version}  # fmt: skip

    made = send(city_lead(), "corrections/", body, status=201)

    assert (made["value"], made["label"]) == ("2020-12-31", "T12-1")
    assert send(city_lead(), "corrections/", body, status=409)["code"] == "stale"
    newest = {**body, "version": target.version + 1}
    assert send(city_lead(), "corrections/", {**newest, "field": "code"}, status=422)
    assert send(city_lead(), "corrections/", {**newest, "value": "x"}, status=422)["fields"]
    assert send(city_lead(), "corrections/", {**newest, "item": 10**8}, status=404)
    assert (
        Correction.objects.filter(item_id=target.pk, field="deadline", why="市府会议纪要").count()
        == 1
    )


def test_a_target_is_bound_to_an_indicator() -> None:
    make_plan()

    bound = send(city_lead(), "targets/T09-1/bind", {"indicator": "S01"}, status=200)
    assert bound["indicator"] == "S01"
    wrong = send(city_lead(), "targets/T09-1/bind", {"indicator": "none"}, status=422)
    assert wrong["fields"].keys() == {"indicator"}


def test_a_plan_is_read_from_its_text() -> None:
    make_plan()
    text = PlanDocument.objects.get().text
    body = {"code": "other-2020", "source": "市政府网站", "text": text + "\n"}

    made = send(city_lead(), "documents/", body, status=201)

    assert made["characters"] == len(made["text"])
    assert send(city_lead(), "documents/", {**body, "text": "hello"}, status=422)["fields"]
    assert send(city_lead(), "documents/", {**body, "code": "A B"}, status=422)["fields"]


CREATE = [("town-plans/", FILED), ("calls/", CALL), ("pilots/", PILOT), ("practices/", CARD),
          ("visits/", VISIT), ("funding/", LINE),
          ("reports/", {"place": TOWN_CODE, "task": 9, "text": "x"})]  # fmt: skip
TABLES = (TownPlan, Call, Pilot, Practice, Visit, FundingLine, Report, Correction)


def counted() -> list[int]:
    return [table.objects.count() for table in TABLES]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("path", "body"), CREATE, ids=lambda part: str(part)[:12])
@pytest.mark.parametrize("who", ["nobody", "elsewhere"])
def test_who_may_not_write_changes_nothing(path: str, body: dict[str, Any], who: str) -> None:
    make_world()
    before = counted()

    actor = NOBODY if who == "nobody" else elsewhere()
    response = client_of(actor).post(
        API + path, body, content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )  # fmt: skip

    assert response.status_code in (401, 403, 404, 422)
    assert counted() == before


def test_moves_on_what_is_not_ones_own_are_refused() -> None:
    world = make_world()
    moves = [
        (f"town-plans/{world['filed'].pk}/check", {**ACCEPT, "version": 1}),
        (f"reports/{world['report'].pk}/check", {**ACCEPT, "version": 1}),
        (f"visits/{world['visit'].pk}/close", {"version": 1}),
        (f"funding/{world['line'].pk}/withdraw", {"why": "x"}),
        (f"pilots/{world['pilot'].pk}/end", {"version": 1, "ended_on": "2026-12-01", "summary": "x"}),
        (f"practices/{world['card'].pk}/withdraw", {}),
    ]  # fmt: skip

    for actor in (NOBODY, elsewhere()):
        for path, body in moves:
            response = client_of(actor).post(
                API + path, body, content_type="application/json",
                headers={"Idempotency-Key": str(uuid4())},
            )  # fmt: skip
            assert response.status_code in (403, 404), path
    assert Pilot.objects.get().state == "running"
    assert Visit.objects.get().state == "open"
    assert TownPlan.objects.get().state == "filed"


def test_the_same_key_acts_once() -> None:
    make_plan()
    make_town()
    key = str(uuid4())

    first = send(town_lead(), "pilots/", PILOT, status=201, key=key)
    second = send(town_lead(), "pilots/", PILOT, status=201, key=key)

    assert first == second
    assert Pilot.objects.count() == 1


def test_a_write_without_a_key_is_refused() -> None:
    make_plan()
    make_town()

    response = client_of(town_lead()).post(API + "pilots/", PILOT, content_type="application/json")

    assert response.status_code in (400, 422, 428)
    assert not Pilot.objects.exists()


def test_who_may_do_everything_in_the_city_reads_every_list() -> None:
    make_world()
    every = [one for one in vars(permits).values() if isinstance(one, type(permits.VIEW))]
    actor = make_actor("管理", *every, at=CITY, ceiling=PROTECTED)

    for path in (
        "town-plans/",
        "reports/",
        "pilots/",
        "practices/",
        "visits/",
        "funding/",
        "calls/",
    ):
        assert get(actor, path + "?limit=1")["count"] >= 1, path
    assert localdate() >= TODAY
