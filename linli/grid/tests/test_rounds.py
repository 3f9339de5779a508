"""Places in a rhythm, and hazard checks that come again until all is in order."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.cases.models import Case
from linli.cases.testing import faults
from linli.files.testing import BytesUpload, photo
from linli.grid import permits
from linli.grid.errors import Over
from linli.grid.models import HazardCheck, Stop, Visit
from linli.grid.queries import rounds
from linli.grid.rules.checklists import LISTS
from linli.grid.services import checks, visits
from linli.grid.testing import CELL, NOON, TODAY, make_cell, make_duty, make_worker
from linli.grid.types import CheckFacts, Matter, Outcome, Sight, StopFacts
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
STRANGER = make_actor("stranger", permits.WORK, at="441900/441900006/")


@pytest.fixture
def ground():  # type: ignore[no-untyped-def]
    place = make_village()
    make_cell(place)
    worker, post = make_worker(place, is_held=True)
    make_duty(place, post)
    return place, worker


def stop_of(place, worker, days=30) -> Stop:  # type: ignore[no-untyped-def]
    return visits.add_stop(place, CELL, StopFacts("Building 3, 502", days), actor=worker, now=NOON)


def answers(hazard: str, **bad: str) -> dict[str, str]:
    return {**{line.key: "good" for line in LISTS[hazard]}, **bad}


def test_a_place_is_due_until_somebody_was_met_there(ground) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground
    stop = stop_of(place, worker)

    visits.record_visit(stop, Outcome.NOBODY, actor=worker, now=NOON)
    still = list(rounds.due_stops(worker, TODAY))
    visits.record_visit(stop, Outcome.MET, actor=worker, now=NOON)

    assert still == [stop]
    assert list(rounds.due_stops(worker, TODAY)) == []
    assert list(rounds.due_stops(worker, TODAY + timedelta(days=30))) == [stop]


def test_what_was_learnt_is_a_case_and_no_note_on_the_visit(ground) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground
    learnt = Sight(Matter.NEED, "Needs a ramp at the door.")

    visit = visits.record_visit(
        stop_of(place, worker), Outcome.LEARNT, learnt=learnt, actor=worker, now=NOON
    )

    case = Case.objects.get()
    assert visit.case_id == case.pk
    assert case.matter == "need"
    assert not any(f.name in ("note", "text", "account_id", "post") for f in Visit._meta.fields)
    assert faults() == []


def test_the_same_visit_is_recorded_once_and_an_older_one_moves_no_day_back(ground) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground
    stop, key = stop_of(place, worker), uuid4()

    for _again in range(2):
        visits.record_visit(stop, Outcome.MET, key=key, actor=worker, now=NOON)
    visits.record_visit(stop, Outcome.MET, on=date(2026, 8, 3), actor=worker, now=NOON)

    assert Visit.objects.count() == 2
    assert Stop.objects.get().last_on == TODAY


@pytest.mark.parametrize(
    ("outcome", "text", "field"), [("met", "Needs a ramp.", "outcome"), ("learnt", "", "text")]
)
def test_what_does_not_fit_what_was_written_is_told_at_its_own_question(
    ground,  # type: ignore[no-untyped-def]
    outcome: str,
    text: str,
    field: str,
) -> None:
    place, worker = ground
    learnt = Sight(Matter.NEED, text) if text else None

    with pytest.raises(Invalid) as refused:
        visits.record_visit(stop_of(place, worker), outcome, learnt=learnt, actor=worker, now=NOON)

    assert set(refused.value.fields) == {field} and not Visit.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "learnt", "on"),
    [
        ("danced", None, None),
        (Outcome.LEARNT, None, None),
        (Outcome.MET, Sight(Matter.NEED, "x"), None),
        (Outcome.MET, None, date(2026, 8, 20)),
        (Outcome.MET, None, date(2026, 1, 1)),
    ],
)
def test_a_visit_that_cannot_be_is_refused(ground, outcome, learnt, on) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground
    stop = stop_of(place, worker)

    with pytest.raises(Invalid):
        visits.record_visit(stop, outcome, learnt=learnt, on=on, actor=worker, now=NOON)

    assert not Visit.objects.exists()
    assert not Case.objects.exists()


@pytest.mark.parametrize("actor", [NOBODY, STRANGER])
def test_strangers_visit_and_check_nothing(ground, actor) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground
    stop = stop_of(place, worker)

    with pytest.raises(NotAllowed):
        visits.record_visit(stop, Outcome.MET, actor=actor, now=NOON)
    with pytest.raises(NotAllowed):
        facts = CheckFacts("health", "Market", answers("health"))
        checks.record_check(place, CELL, facts, actor=actor, now=NOON)

    assert list(rounds.visible_stops(actor)) == []
    assert not Visit.objects.exists()
    assert not HazardCheck.objects.exists()


def test_a_failed_check_is_a_case_and_comes_again_until_all_is_in_order(ground) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground
    facts = CheckFacts("health", "Market", answers("health", rats="bad", toilets="bad"))

    first = checks.record_check(place, CELL, facts, actor=worker, now=NOON)
    again = checks.record_recheck(
        first, {"rats": "good", "toilets": "bad"}, actor=worker, now=NOON + timedelta(days=7)
    )
    last = checks.record_recheck(
        again, {"toilets": "good"}, actor=worker, now=NOON + timedelta(days=14)
    )

    assert first.recheck_on == TODAY + timedelta(days=7)
    assert Case.objects.get().pk == first.case_id == last.case_id
    assert (again.bad, last.bad, last.recheck_on) == (1, 0, None)
    assert list(rounds.to_recheck(worker)) == []
    with pytest.raises(Over):
        checks.record_recheck(first, {"rats": "good", "toilets": "good"}, actor=worker, now=NOON)
    assert faults() == []


def test_a_check_in_order_opens_no_case(ground) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground

    checks.record_check(
        place, CELL, CheckFacts("fire", "Shop 7", answers("fire")), actor=worker, now=NOON
    )

    assert not Case.objects.exists()


def test_a_grave_danger_needs_a_photo_and_the_photo_is_kept_for_who_works_there(ground) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground
    facts = CheckFacts("fire", "Shop 7", answers("fire", gas="bad"))

    with pytest.raises(Invalid) as refusal:
        checks.record_check(place, CELL, facts, actor=worker, now=NOON)
    assert list(refusal.value.fields) == ["photos"]
    picture = BytesUpload(photo(640, 480), "gas.jpg")
    check = checks.record_check(place, CELL, facts, photos=[picture], actor=worker, now=NOON)

    assert check.photos == 1
    assert rounds.sees_check(worker, check.pk)
    assert not rounds.sees_check(STRANGER, check.pk)


@pytest.mark.parametrize(
    ("hazard", "title", "said"),
    [("dragons", "x", {}), ("health", " ", answers("health")), ("health", "x", {"rats": "good"}),
     ("health", "x", {**answers("health"), "roof": "bad"})],
)  # fmt: skip
def test_a_check_that_is_not_whole_is_refused(ground, hazard, title, said) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground

    with pytest.raises(Invalid):
        checks.record_check(place, CELL, CheckFacts(hazard, title, said), actor=worker, now=NOON)

    assert not HazardCheck.objects.exists()


def test_the_same_check_sent_twice_is_one(ground) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground
    key, facts = uuid4(), CheckFacts("health", "Market", answers("health", rats="bad"))

    made = {
        checks.record_check(place, CELL, facts, key=key, actor=worker, now=NOON).pk
        for _again in range(2)
    }

    assert len(made) == 1
    assert Case.objects.count() == 1


def test_the_pages_take_a_place_in_visit_it_and_check(ground) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground
    client, cell = client_of(worker), f"{place.code}/social/G1"

    def post(address: str, **said):  # type: ignore[no-untyped-def]
        return client.post(f"/en/grid/{address}", {"key": str(uuid4()), **said})

    added = post("stops/new/", cell=cell, title="Shop 7", every_days=7)
    stop = Stop.objects.get()
    untold = post(f"stops/{stop.pk}/visit/", outcome="learnt")
    visited = post(f"stops/{stop.pk}/visit/", outcome="met", sent=str(uuid4()))
    grave = post("checks/new/fire/", cell=cell, title="Shop 7", **answers("fire", gas="bad"))
    picture = SimpleUploadedFile("gas.jpg", photo(640, 480), "image/jpeg")
    checked = post(
        "checks/new/fire/", cell=cell, title="Shop 7", photos=picture, **answers("fire", gas="bad")
    )

    assert [r.status_code for r in (added, untold, visited, grave, checked)] == [
        303, 422, 303, 422, 303,
    ]  # fmt: skip
    check = HazardCheck.objects.get()
    assert "Shop 7" in client.get(f"/en/grid/checks/{check.pk}/").content.decode()
    assert "Shop 7" in client.get(f"/en/grid/checks/{check.pk}/again/").content.decode()
    assert "Shop 7" in client.get("/en/grid/today/").content.decode()


def test_the_api_visits_and_checks(ground) -> None:  # type: ignore[no-untyped-def]
    place, worker = ground
    stop, client = stop_of(place, worker), client_of(worker)
    where = {"village": place.code, "layer": "social", "cell": "G1"}

    visited = post_json(client, f"/api/v1/grid/stops/{stop.pk}/visit", {"outcome": "met"})
    checked = post_json(
        client, "/api/v1/grid/checks/",
        {**where, "hazard": "health", "title": "Market", "answers": answers("health")},
    )  # fmt: skip
    away = post_json(client_of(STRANGER), f"/api/v1/grid/stops/{stop.pk}/visit", {"outcome": "met"})

    assert (visited.status_code, checked.status_code, away.status_code) == (201, 201, 404)
    assert client.get("/api/v1/grid/stops/?due=true").json()["items"] == []
    assert client.get("/api/v1/grid/checks/").json()["items"][0]["case"] is None
