"""What is seen in a cell becomes a case, goes to the post of the cell, and is checked before it is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from linli.access.testing import actor_for, make_staff
from linli.cases import permits as cases
from linli.cases.errors import DecidesOwnWork
from linli.cases.models import Assignment, Case, CaseClock, InternalWords
from linli.cases.queries.kinds import kind_of, newest_kind
from linli.cases.queries.open_moves import open_moves
from linli.cases.rules import kinds as lint
from linli.cases.services import opening
from linli.cases.services.sweeping import sweep
from linli.cases.testing import faults
from linli.cases.testing import move as step
from linli.cases.types.moves import At
from linli.grid import permits
from linli.grid.models import Sighting
from linli.grid.queries import rounds
from linli.grid.services import events
from linli.grid.testing import CELL, NOON, SYSTEM, make_cell, make_duty, make_worker
from linli.grid.types import Matter, Role, Sight
from linli.kernel.errors import Invalid, NotAllowed, Refusal, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
# the table of the first version, as it was published
PUBLISHED_1 = "0a1b5114c81cf60e7974feec0e22d4deb1dbf64b89bcf6a82679235824566a87"
LAMP = Sight(Matter.FACILITY, "The lamp at building 3 is dark.")
CHIEF = make_actor(
    "chief", permits.CHECK, permits.WORK, cases.SEE, cases.SUPERVISE, cases.HANDLE, account_id=2
)


def seen(sight=LAMP, **more):  # type: ignore[no-untyped-def]
    place = make_village()
    make_cell(place)
    worker, post = make_worker(place, is_held=True)
    make_duty(place, post)
    return events.report_event(place, CELL, sight, actor=worker, now=NOON, **more), worker, post


@pytest.mark.parametrize("seats", [1, 3])
def test_what_is_seen_where_the_worker_left_goes_to_the_deputy_of_the_cell(seats: int) -> None:
    place = make_village()
    make_cell(place)
    worker, deputy = make_worker(place, is_held=True)
    vacant = make_post(make_organisation(at=place), kind="grid_worker", seats=seats)
    make_duty(place, vacant)
    make_duty(place, deputy, role=Role.DEPUTY)

    events.report_event(place, CELL, LAMP, actor=worker, now=NOON)

    assert Case.objects.get().offered_post_id == deputy.pk


def test_what_is_seen_where_nobody_is_left_goes_by_the_rules_to_the_office() -> None:
    place = make_village()
    make_cell(place)
    worker, _post = make_worker(place)
    office = make_holding(make_post(make_organisation(at=place))).post
    make_duty(place, make_post(make_organisation(at=place), kind="grid_worker", seats=3))

    events.report_event(place, CELL, LAMP, actor=worker, now=NOON)

    assert Case.objects.get().offered_post_id == office.pk


def test_the_kind_is_whole() -> None:
    assert list(lint.faults(newest_kind("grid_event"))) == []


def test_what_is_seen_is_offered_to_the_post_of_the_cell_with_the_term_of_its_matter() -> None:
    made, _worker, post = seen()

    case = Case.objects.get()
    assert (case.number, case.state, case.matter) == (made.number, "reported", "facility")
    assert case.offered_post_id == post.pk
    assert Sighting.objects.get().cell_code == CELL.code
    assert InternalWords.objects.get().said == {"note": LAMP.text}
    assert CaseClock.objects.filter(key="verify", state="running").exists()
    assert faults() == []


def test_a_life_to_the_check_that_is_failed_once() -> None:
    """GR-03: failed, it is done once more; passed, it is closed."""
    made, worker, _post = seen()
    at, now = At(made.case_id), NOON
    steps = [
        ("take", worker, ""), ("verify", worker, ""), ("file", worker, ""), ("start", worker, ""),
        ("dispose", worker, "New bulb."), ("rework", CHIEF, "Still dark."),
        ("dispose", worker, "New cable."), ("pass_check", CHIEF, "It shines."),
    ]  # fmt: skip

    for move, actor, note in steps:
        now += timedelta(minutes=20)
        events.make_move(at, move, note=note, actor=actor, now=now)

    case = Case.objects.get()
    assert (case.state, case.stage, case.is_open) == ("closed", "solved", False)
    clock = CaseClock.objects.get(key="dispose")
    assert (clock.unit, clock.amount) == ("working_days", 2)
    assert [note.text for note in rounds.notes_of(CHIEF, case)] == [
        LAMP.text, "New bulb.", "Still dark.", "New cable.", "It shines.",
    ]  # fmt: skip
    assert faults() == []


@pytest.mark.parametrize(
    ("move", "note", "who"),
    [
        ("settle", "", "worker"),
        ("pass_check", "ok", "worker"),
        ("dispose", "done", "worker"),
        ("verify", "", "nobody"),
        ("fly", "", "worker"),
    ],
)
def test_a_refused_step_changes_nothing(move: str, note: str, who: str) -> None:
    made, worker, _post = seen()
    seq = Case.objects.get().seq

    with pytest.raises(Refusal), transaction.atomic():
        actor = worker if who == "worker" else NOBODY
        events.make_move(At(made.case_id), move, note=note, actor=actor, now=NOON)

    assert Case.objects.get().seq == seq
    assert faults() == []


def test_the_worker_does_not_close_what_she_settled() -> None:
    made, worker, _post = seen()
    events.settle_event(At(made.case_id), note="Swept.", actor=worker, now=NOON)

    with pytest.raises(NotAllowed), transaction.atomic():
        events.pass_check(At(made.case_id), note="ok", actor=worker, now=NOON)

    assert Case.objects.get().state == "disposed"


def test_the_same_sending_opens_one_case() -> None:
    uuid = uuid4()
    first, worker, _post = seen(uuid=uuid)

    again = events.report_event(make_village(), CELL, LAMP, uuid=uuid, actor=worker, now=NOON)

    assert (again.case_id, again.is_repeated) == (first.case_id, True)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("template", ["clerk", "village_chair"])
def test_who_settled_does_not_close_it_whatever_else_she_may(template: str) -> None:
    """GR-03: with the rights that templates give; another of the office checks it."""
    made, _worker, _post = seen()
    one, other = (actor_for(make_staff(template)) for _ in range(2))
    events.settle_event(At(made.case_id), note="Swept.", actor=one, now=NOON)
    seq = Case.objects.get().seq

    for judge in (events.pass_check, events.send_back):
        with pytest.raises(DecidesOwnWork), transaction.atomic():
            judge(At(made.case_id), note="ok", actor=one, now=NOON)

    assert (Case.objects.get().state, Case.objects.get().seq) == ("disposed", seq)
    offered = [[m.name for m in open_moves(who, Case.objects.get())] for who in (one, other)]
    assert offered == [[], ["pass_check", "rework"]]
    events.pass_check(At(made.case_id), note="Clean.", actor=other, now=NOON)
    assert Case.objects.get().state == "closed"
    assert faults() == []


def begun():  # type: ignore[no-untyped-def]
    """An event that its worker has begun with."""
    made, worker, _post = seen()
    for name in ("take", "verify", "file", "start"):
        events.make_move(At(made.case_id), name, note="", actor=worker, now=NOON)
    return made.case_id, worker


def test_who_has_an_event_does_not_stop_its_time() -> None:
    """GR-02: a second person suspends."""
    case_id, worker = begun()
    leads = replace(CHIEF, posts=worker.posts)
    seq = Case.objects.get().seq

    with pytest.raises(DecidesOwnWork):
        step(case_id, "suspend", leads, internal={"reason": "Rain."})

    assert Case.objects.get().seq == seq
    step(case_id, "suspend", CHIEF, internal={"reason": "Rain."})
    assert Case.objects.get().state == "suspended"


def test_a_suspension_has_an_end_after_which_the_event_goes_on_by_itself() -> None:
    """GR-02."""
    case_id, _worker = begun()
    due = CaseClock.objects.get(key="dispose").due_at
    step(case_id, "suspend", CHIEF, internal={"reason": "Rain."})
    ends = CaseClock.objects.get(key="suspension").due_at
    assert Case.objects.get().due_at == ends

    sweep(actor=SYSTEM, now=ends - timedelta(minutes=1))
    assert Case.objects.get().state == "suspended"
    sweep(actor=SYSTEM, now=ends)

    case, clock = Case.objects.get(), CaseClock.objects.get(key="dispose")
    assert (case.state, clock.state, case.due_at) == ("at_work", "running", clock.due_at)
    assert clock.due_at > due
    assert faults() == []


def test_one_that_was_begun_before_keeps_its_own_table() -> None:
    old = kind_of("grid_event", 1)

    assert "suspension" not in [clock.key for clock in old.clocks]
    assert list(lint.faults(old)) == []
    assert "suspended: waits without a clock" in " ".join(
        lint.faults(replace(old, states={**old.states, "suspended": old.states["filed"]}))
    )


def test_one_that_was_begun_before_comes_to_its_end_by_its_own_moves_and_clocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "newest_kind", lambda key: kind_of(key, 1))
    case_id, worker = begun()
    monkeypatch.undo()
    leads, away = replace(CHIEF, posts=worker.posts), NOON + timedelta(days=40)
    done = {"facts": {"files": ["f"]}}
    assert Case.objects.get().version == 1

    with pytest.raises(DecidesOwnWork):
        step(case_id, "suspend", leads, internal={"reason": "Rain."})
    due = CaseClock.objects.get(key="dispose").due_at
    step(case_id, "suspend", CHIEF, internal={"reason": "Rain."})
    page = client_of(CHIEF).get(f"/en/desk/cases/{Case.objects.get().number}/")
    sweep(actor=SYSTEM, now=away)
    assert page.status_code == 200 and "suspended" in page.content.decode()
    assert (Case.objects.get().state, CaseClock.objects.filter(key="suspension").count()) == (
        "suspended", 0,
    )  # fmt: skip
    step(case_id, "resume", CHIEF, now=away)
    assert CaseClock.objects.get(key="dispose").due_at > due + timedelta(days=30)
    sweep(actor=SYSTEM, now=away + timedelta(days=90))
    assert CaseClock.objects.get(key="dispose").is_overdue
    step(case_id, "dispose", worker, now=away, **done)
    step(case_id, "rework", CHIEF, now=away, internal={"reason": "Still dark."})
    step(case_id, "dispose", worker, now=away, **done)
    step(case_id, "pass_check", CHIEF, now=away, **done)

    case = Case.objects.get()
    assert (case.state, case.version, case.is_open) == ("closed", 1, False)
    clocks = dict(CaseClock.objects.exclude(key__startswith="take/").values_list("key", "state"))
    assert set(clocks) == {"verify", "file", "begin", "dispose", "check"}
    assert not {"running", "paused"} & set(clocks.values())
    assert lint.checksum(kind_of("grid_event", 1)) == PUBLISHED_1
    assert faults() == []


def test_another_villages_uuid_is_no_key_to_it() -> None:
    uuid = uuid4()
    seen(uuid=uuid)
    other = make_village("441900006001")
    make_cell(other, "H1")
    worker, _post = make_worker(other)

    with pytest.raises(Invalid):
        events.report_event(
            other, CELL.__class__("social", "H1"), LAMP, uuid=uuid, actor=worker, now=NOON
        )

    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "sight",
    [Sight("dragons", "x"), Sight(Matter.ROAD, "  "), Sight(Matter.ROAD, "x" * 2001),
     Sight(Matter.ROAD, "x", part_code="441900006")],
)  # fmt: skip
def test_bad_input_opens_nothing(sight: Sight) -> None:
    with pytest.raises(Invalid):
        seen(sight)

    assert not Case.objects.exists()


def test_without_staff_the_rules_of_routing_send_it() -> None:
    place = make_village()
    make_cell(place)
    worker, _post = make_worker(place)

    events.report_event(place, CELL, LAMP, actor=worker, now=NOON)

    assert Case.objects.get().is_open
    assert not Assignment.objects.filter(post_id=0).exists()


def test_two_people_move_it_and_the_second_is_told() -> None:
    made, worker, _post = seen()
    seq = Case.objects.get().seq
    events.make_move(At(made.case_id, seq), "verify", note="", actor=worker, now=NOON)

    with pytest.raises(WrongState), transaction.atomic():
        events.make_move(At(made.case_id, seq), "settle", note="x", actor=worker, now=NOON)

    assert Case.objects.get().state == "verified"


def test_the_day_of_the_worker_shows_her_cells_and_the_page_moves_it_on() -> None:
    made, worker, _post = seen()
    client = client_of(worker)

    day = client.get("/en/grid/today/").content.decode()
    sheet = client.get(f"/en/grid/events/{made.number}/").content.decode()
    empty = client.post(f"/en/grid/events/{made.number}/settle", {"note": "", "key": str(uuid4())})
    done = client.post(
        f"/en/grid/events/{made.number}/settle", {"note": "Mended.", "key": str(uuid4())}
    )

    assert made.number in day
    assert "Settled on the spot" in sheet
    assert (empty.status_code, done.status_code) == (422, 303)
    assert Case.objects.get().state == "disposed"


def test_a_report_from_the_page_and_the_api_keeps_a_place_only_if_it_was_tapped() -> None:
    _made, worker, _post = seen()
    client, village = client_of(worker), make_village().code
    said = {
        "cell": f"{village}/social/G1",
        "matter": "road",
        "text": "A hole.",
        "key": str(uuid4()),
    }

    done = client.post("/en/grid/report/", {**said, "lon": "113.75", "lat": ""})
    body = {"village": village, "layer": "social", "cell": "G1", "matter": "road", "text": "A hole.",
            "lon": 113.75, "lat": 23.02}  # fmt: skip
    made = post_json(client, "/api/v1/grid/events/", body)

    assert (done.status_code, made.status_code) == (303, 201)
    assert list(Case.objects.order_by("pk").values_list("lon", "lat"))[1:] == [
        (None, None),
        (113750000, 23020000),
    ]


def test_strangers_find_no_event() -> None:
    made, _worker, _post = seen()
    stranger = make_actor("s", permits.WORK, cases.SEE, cases.HANDLE, at="441900/441900006/")
    client = client_of(stranger)

    assert client.get(f"/en/grid/events/{made.number}/").status_code == 404
    moved = client.post(f"/en/grid/events/{made.number}/verify", {"key": str(uuid4())})
    assert moved.status_code == 404
    assert client.get("/api/v1/grid/events/").json()["items"] == []
    assert Case.objects.get().state == "reported"
