"""Steps of the desk by programs: missing papers taken in, parts given anew, registers asked, a visit at home, hours."""

from __future__ import annotations

from typing import Any

import pytest

from linli.cases import permits as cases
from linli.cases.models import Case
from linli.cases.services import assigning
from linli.cases.testing import NOON
from linli.cases.tests.offices import person, post_at
from linli.cases.types.moves import At, To
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor, post_json, stop_clock
from linli.offerings import permits
from linli.offerings.models import ApplicationPart, HomeVisit, RecordQuestion, WindowHours
from linli.offerings.services import checking
from linli.offerings.services.parts import distribute
from linli.offerings.testing import make_application
from linli.offerings.tests import test_asking_records as records
from linli.offerings.tests import test_home_visits as at_home
from linli.offerings.tests.visit_samples import (
    KEEPER,
    TODAY,
    TOMORROW,
    make_visit,
    make_window,
)
from linli.offerings.tests.visit_samples import NOON as TUESDAY
from linli.offerings.types.applications import Checked, PartWish
from linli.people.testing import VILLAGE as OF_PEOPLE

item = at_home.item
connected = records.connected
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
VILLAGE = "441900/441900005/441900005001/"
CLERK = person(VILLAGE, permits.RECEIVE, permits.SEE, cases.SEE, account_id=1)
STRANGER = make_actor("stranger", permits.RECEIVE, permits.SERVE, permits.WINDOWS, at=OTHER_TOWN)
API = "/api/v1/"


def post(where: str, body: object = None, who: Any = CLERK) -> Any:
    return post_json(client_of(who), f"{API}{where}", body)


def test_missing_papers_are_taken_in_at_the_window_all_at_once() -> None:
    held = make_application().held
    told = Checked({"lease": "看不清", "id-card": ""}, "请一并带来")
    checking.ask_correction(At(held.id), told, actor=CLERK, now=NOON)
    where = f"applications/{held.number}/take-supply"

    half = post(where, {"brought": ["lease"]})
    strange = post(where, {"brought": ["lease", "id-card"]}, STRANGER)
    assert (half.status_code, strange.status_code) == (422, 404)
    assert Case.objects.get().state == "correction"

    made = post(where, {"brought": ["lease", "id-card"]})
    assert made.status_code == 200, made.content
    assert {one["state"] for one in made.json()["materials"]} <= {"checked", "given", None}
    assert Case.objects.get().state != "correction"
    assert post(where, {"brought": ["lease", "id-card"]}).status_code in (409, 422)


def test_a_part_that_was_handed_back_goes_to_another_post() -> None:
    lead, first, other = post_at("441900/441900005/"), post_at(VILLAGE), post_at("441900/")
    held = make_application().held
    checking.tick_papers(held.id, ["id-card", "lease"], actor=CLERK, now=NOON)
    checking.accept_application(At(held.id), "", actor=CLERK, now=NOON)
    wishes = [PartWish(1, first, "核对合同", 1)]
    distribute(At(held.id), To("lead", 1, lead), wishes, actor=CLERK, now=NOON)
    part = ApplicationPart.objects.get()
    where = f"applications/{held.number}/parts/"
    assert post(f"{where}{part.pk}/give", {"post": other}).status_code == 404
    worker = person(VILLAGE, cases.HANDLE, posts=(first,), account_id=8)
    assigning.decline(At(held.id), part.number or 0, reason="不归我管", actor=worker, now=NOON)

    told = client_of(CLERK).get(f"{API}{where}").json()
    assert [(one["task"], one["post"], one["state"]) for one in told] == [("核对合同", first, "declined")]  # fmt: skip
    assert post(f"{where}{part.pk}/give", {"post": 999999}).status_code == 422
    assert post(f"{where}{part.pk}/give", {"post": other}, STRANGER).status_code == 404
    made = post(f"{where}{part.pk}/give", {"post": other})

    assert made.status_code == 200, made.content
    assert (made.json()["post"], made.json()["state"]) == (other, "offered")
    assert ApplicationPart.objects.get().post_id == other


@pytest.mark.usefixtures("connected")
def test_a_register_is_asked_once_with_its_ground() -> None:
    case_id = records.applied()
    number = Case.objects.get(pk=case_id).number
    where, said = (
        f"applications/{number}/records/hukou/ask",
        {"ground": "law", "basis": records.LAW},
    )

    assert post(where, {**said, "basis": " "}).status_code == 422
    assert post(where, said, STRANGER).status_code == 404
    assert not RecordQuestion.objects.exists()
    made = post(where, said)
    again = post(where, said)

    assert made.status_code == 201 and again.status_code == 201, made.content
    assert made.json()["state"] == "asked" and RecordQuestion.objects.count() == 1
    told = client_of(CLERK).get(f"{API}applications/{number}/records/").json()
    assert [(one["key"], one["state"]) for one in told] == [("hukou", "asked")]
    assert client_of(STRANGER).get(f"{API}applications/{number}/records/").status_code == 404


@pytest.mark.usefixtures("home")
def test_an_application_is_filed_at_home_and_the_visit_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop_clock(monkeypatch, at_home.THEN)
    row = at_home.planned()
    given = {
        "item": "residence-permit", "place": OF_PEOPLE, "answers": {"whose": "own"}, "brought": ["id-card"],
        "applicant": {"name": "莫婆婆", "id_number": "11010519491231002X", "phone": "13800000914"},
    }  # fmt: skip
    where, clerk = f"home-visits/{row.code}/apply", at_home.clerk()

    assert post(where, given, STRANGER).status_code in (403, 404)
    assert post(where, {**given, "item": "other"}, clerk).status_code == 422
    assert HomeVisit.objects.get().state == "planned" and not Case.objects.exists()
    made = post(where, given, clerk)

    assert made.status_code == 201, made.content
    row = HomeVisit.objects.get()
    assert (row.state, row.case_number) == ("done", made.json()["number"])
    assert post(where, given, clerk).status_code == 409 and Case.objects.count() == 1


def test_hours_are_looked_at_before_they_are_set_and_nothing_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window()
    visit = make_visit(window, 530)
    stop_clock(monkeypatch, TUESDAY)
    span = {"weekday": 2, "opens": 840, "closes": 900, "step": 20}
    before = list(WindowHours.objects.order_by("pk").values_list())

    def look(who: Any = KEEPER, **more: Any) -> Any:
        said = {"since": TOMORROW.isoformat(), "spans": [{**span, **more}]}
        return post(f"windows/{window.pk}/preview", said, who)

    told = look().json()
    assert told["days"][2] == {"weekday": 2, "times": "14:00-15:00", "count": 3, "kept_phone": 0, "kept_counter": 0}  # fmt: skip
    assert [one["code"] for one in told["outside"]] == [visit.code] and told["until"] is None
    assert look(step=0).status_code == look(step=7, opens=900).status_code == 422
    assert look(STRANGER).status_code in (403, 404)
    past = {"since": (TODAY.replace(day=1)).isoformat(), "spans": [span]}
    assert post(f"windows/{window.pk}/preview", past, KEEPER).status_code == 422
    assert list(WindowHours.objects.order_by("pk").values_list()) == before
