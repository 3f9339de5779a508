"""What a phone did without network happens once, in its own order; what cannot be done is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.cases import permits as cases
from linli.cases.models import Case, CaseEvent
from linli.cases.services import linking
from linli.cases.testing import faults
from linli.grid import permits
from linli.grid.errors import Decided
from linli.grid.models import HazardCheck, PhoneQueue, Queued, Sighting, Visit
from linli.grid.queries import phones
from linli.grid.services import events, kept, visits
from linli.grid.testing import CELL, NOON, SYSTEM, TODAY
from linli.grid.tests.queues import Phone, at, cell_value, ground, seen
from linli.grid.tests.test_rounds import answers
from linli.grid.types import StopFacts
from linli.kernel.errors import Busy, Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.phones import PageIsOld
from linli.kernel.testing import make_actor

pytestmark = pytest.mark.django_db
CHIEF = replace(
    make_actor("chief", permits.CHECK, permits.WORK, cases.SEE, cases.SUPERVISE, cases.HANDLE),
    account_id=7,
)


@pytest.fixture
def village():  # type: ignore[no-untyped-def]
    return ground()


def report(phone: Phone, place, text: str = "A lid is missing."):  # type: ignore[no-untyped-def]
    return phone.does("report", cell=cell_value(place), matter="safety", text=text)


def test_a_day_without_network_is_done_in_the_order_of_the_phone() -> None:
    place, worker, _post = ground()
    stop = visits.add_stop(place, CELL, StopFacts("Shop 7", 30), actor=worker, now=NOON)
    case, phone = seen(place, worker), Phone(worker)
    report(phone, place)
    phone.does("visit", stop=stop.pk, outcome="met")
    phone.does("check", cell=cell_value(place), hazard="health", title="Market",
               answers=answers("health", rats="bad"))  # fmt: skip
    phone.moves(case, "verify")
    phone.moves(case, "file")
    phone.does("note", case=case.number, note="Seen from the road.")

    done = phone.sends()

    assert [one.state for one in done] == ["done"] * 6
    assert [move for move, in CaseEvent.objects.filter(case=case, seq__gt=case.seq).order_by(
        "seq").values_list("move")] == ["verify", "file", "note"]  # fmt: skip
    assert (Visit.objects.count(), HazardCheck.objects.count()) == (1, 1)
    assert Case.objects.count() == 3
    assert PhoneQueue.objects.get().next_seq == 7
    assert not Queued.objects.filter(said__isnull=False).exists()
    assert faults() == []


def test_a_doubled_batch_gets_the_first_answers_and_does_nothing() -> None:
    place, worker, _post = ground()
    case, phone = seen(place, worker), Phone(worker)
    report(phone, place)
    phone.moves(case, "verify")
    first = phone.sends()
    count = CaseEvent.objects.count()

    again = phone.sends(now=NOON + timedelta(hours=1))

    assert [replace(one, is_repeated=False) for one in again] == first
    assert all(one.is_repeated for one in again)
    assert CaseEvent.objects.count() == count


def test_what_comes_too_early_waits_for_those_before_it() -> None:
    place, worker, _post = ground()
    case, phone = seen(place, worker), Phone(worker)
    first, second, third = (
        phone.moves(case, "verify"), phone.moves(case, "file"), phone.moves(case, "start"),
    )  # fmt: skip

    early = phone.sends([third])
    still = phone.sends([third, second])
    all_done = phone.sends([first])

    assert [one.state for one in early] == ["waiting"]
    assert [one.state for one in still] == ["waiting", "waiting"]
    assert [(one.seq, one.state) for one in all_done] == [(1, "done"), (2, "done"), (3, "done")]
    case.refresh_from_db()
    assert case.state == "at_work"
    assert not Queued.objects.filter(said__isnull=False).exists()
    assert faults() == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_however_a_queue_is_cut_shuffled_and_doubled_each_entry_happens_once(village, data) -> None:  # type: ignore[no-untyped-def]
    place, worker, _post = village
    case, phone = seen(place, worker), Phone(worker)
    for move in ("verify", "file", "start"):
        phone.moves(case, move)
    report(phone, place)
    phone.does("note", case=case.number, note="Still dark.")
    phone.does("skip")
    sent = data.draw(st.permutations([*range(6), *range(6)]))
    cuts = sorted(data.draw(st.sets(st.integers(1, 11), max_size=4)))
    before = Case.objects.count()

    for start, end in zip([0, *cuts], [*cuts, 12], strict=True):
        phone.sends([phone.entries[n] for n in sent[start:end]])

    rows = Queued.objects.filter(queue__code=phone.code)
    assert sorted(rows.values_list("seq", "state")) == [(n, "done") for n in range(1, 7)]
    made = CaseEvent.objects.filter(case=case, seq__gt=case.seq).order_by("seq")
    assert [one.move for one in made] == ["verify", "file", "start", "note"]
    assert Case.objects.count() == before + 1
    assert PhoneQueue.objects.get(code=phone.code).waits == 0


def test_a_move_on_a_case_that_others_moved_is_kept_with_its_words() -> None:
    place, worker, _post = ground()
    case, phone = seen(place, worker), Phone(worker)
    phone.moves(case, "verify", note="As reported.")
    phone.does("note", case=case.number, note="A note holds whatever happened.")
    events.make_move(at(case), "settle", note="Mended by a neighbour.", actor=SYSTEM, now=NOON)
    count = CaseEvent.objects.count()

    done = phone.sends()

    assert [(one.state, one.reason) for one in done] == [
        ("conflict", "moved_meanwhile"),
        ("done", ""),
    ]
    row = Queued.objects.get(state="conflict")
    assert kept.read(row, actor=worker).entry.said == {"move": "verify", "note": "As reported."}
    assert CaseEvent.objects.count() == count + 1
    assert faults() == []


def test_a_note_of_another_meanwhile_is_no_conflict() -> None:
    place, worker, _post = ground()
    case, phone = seen(place, worker), Phone(worker)
    phone.moves(case, "verify")
    other = Phone(worker)
    other.does("note", case=case.number, note="I pass by there tomorrow.")
    other.sends()

    done = phone.sends()

    assert done[0].state == "done"
    case.refresh_from_db()
    assert case.state == "verified"


def test_a_case_merged_meanwhile_is_decided_by_a_person_and_goes_to_the_other() -> None:
    place, worker, _post = ground()
    case, other = seen(place, worker), seen(place, worker, "Lamp out at no. 3.")
    phone = Phone(worker)
    phone.moves(case, "verify")
    phone.does("note", case=case.number, note="The cable is torn.")
    linking.merge(at(case), other.number, actor=SYSTEM, now=NOON)

    done = phone.sends()
    first, second = Queued.objects.order_by("seq")
    kept.apply_anew(second, actor=worker, now=NOON)
    kept.apply_anew(first, actor=worker, now=NOON)

    assert [(one.state, one.reason) for one in done] == [("conflict", "merged")] * 2
    assert [row.state for row in Queued.objects.order_by("seq")] == ["anew", "anew"]
    other.refresh_from_db()
    assert other.state == "verified"
    assert Queued.objects.filter(case=other).count() == 2
    with pytest.raises(Decided):
        kept.apply_anew(first, actor=worker, now=NOON)
    assert faults() == []


def test_what_cannot_be_applied_anew_stays_kept_and_is_dropped_with_a_reason() -> None:
    place, worker, _post = ground()
    case, phone = seen(place, worker), Phone(worker)
    phone.moves(case, "verify")
    events.make_move(at(case), "settle", note="Mended.", actor=SYSTEM, now=NOON)
    phone.sends()
    row = Queued.objects.get()

    with pytest.raises(WrongState):
        kept.apply_anew(row, actor=worker, now=NOON)
    with pytest.raises(Invalid):
        kept.drop(row, " ", actor=worker, now=NOON)
    with pytest.raises(Stale):
        kept.drop(row, "Settled.", edition=9, actor=worker, now=NOON)
    assert Queued.objects.get().state == "conflict"
    kept.drop(row, "Settled by a neighbour.", edition=row.edition, actor=worker, now=NOON)

    row.refresh_from_db()
    assert (row.state, row.why) == ("dropped", "Settled by a neighbour.")
    assert kept.read(row, actor=worker).entry.said["move"] == "verify"


def test_what_comes_after_her_post_ended_is_kept_for_who_follows_and_who_oversees() -> None:
    place, worker, post = ground()
    case, phone = seen(place, worker), Phone(worker)
    phone.moves(case, "verify")
    report(phone, place)
    gone = replace(worker, grants=(), posts=frozenset())
    follower = replace(worker, account_id=3)
    elsewhere = replace(make_actor("else", permits.CHECK, at="441900/441900006/"), account_id=4)

    done = phone.sends(actor=gone)

    assert [one.state for one in done] == ["refused", "refused"]
    assert Case.objects.count() == 1
    rows = list(Queued.objects.order_by("seq"))
    assert [row.post_id for row in rows] == [post.pk, post.pk]
    for actor in (follower, CHIEF, gone):
        assert phones.kept_entries(actor).count() == 2
    assert phones.kept_entries(elsewhere).count() == phones.kept_entries(NOBODY).count() == 0
    with pytest.raises(NotAllowed):
        kept.apply_anew(rows[1], actor=gone, now=NOON)
    with pytest.raises(NotFound):
        kept.read(rows[0], actor=elsewhere)
    kept.apply_anew(rows[1], actor=follower, now=NOON)
    assert Case.objects.count() == 2
    assert CaseEvent.objects.filter(seq=1).latest("pk").account_id == 3


def test_a_second_person_on_the_phone_neither_sends_nor_sees_the_first_ones_queue() -> None:
    place, worker, _post = ground()
    phone, device = Phone(worker), uuid4()
    report(phone, place)
    second = replace(worker, account_id=2)

    with pytest.raises(NotFound):
        phone.sends(actor=second)
    with pytest.raises(NotFound):
        phone.sends(actor=NOBODY)
    mine, hers = Phone(worker, device), Phone(second, device)

    assert mine.code != hers.code
    assert not Case.objects.exists()
    assert PhoneQueue.objects.get(code=phone.code).next_seq == 1


def test_each_gets_the_key_of_her_own_queue_alone_and_always_the_same() -> None:
    from linli.grid.services.phones import open_queue

    _place, worker, _post = ground()
    device = uuid4()

    first = open_queue(device, [], actor=worker, now=NOON)
    other = open_queue(device, [first.box], actor=replace(worker, account_id=2), now=NOON)
    again = open_queue(device, [other.box, first.box], actor=worker, now=NOON)

    assert first == again
    assert other.key != first.key and other.code != first.code
    with pytest.raises(NotAllowed):
        open_queue(device, [], actor=NOBODY, now=NOON)
    with pytest.raises(NotAllowed):
        open_queue(uuid4(), [], actor=replace(worker, grants=()), now=NOON)


def test_a_key_from_before_boxes_is_given_until_the_phone_keeps_it_itself() -> None:
    from linli.grid.clients import envelopes
    from linli.grid.services.phones import open_queue

    _place, worker, _post = ground()
    device = uuid4()
    row = PhoneQueue.objects.get(code=Phone(worker, device).code)
    row.secret = envelopes.sealed("old-key", envelopes.QUEUES, "secret", row.pk)
    row.save()

    old_page = open_queue(device, None, actor=worker, now=NOON)
    boxed = open_queue(device, [], actor=worker, now=NOON)
    assert (old_page.key, boxed.key, boxed.id) == ("old-key", "old-key", row.code)
    assert open_queue(device, [boxed.box], actor=worker, now=NOON).key == "old-key"

    # the phone has it: nothing of it is left here, and a page that keeps no box is renewed first
    assert PhoneQueue.objects.get(pk=row.pk).secret is None
    with pytest.raises(PageIsOld):
        open_queue(device, None, actor=worker, now=NOON)
    assert open_queue(device, [boxed.box], actor=worker, now=NOON) == boxed


@pytest.mark.parametrize("wrong", [timedelta(days=1), timedelta(days=-1)])
def test_a_clock_that_is_a_day_wrong_is_noticed_and_set_right(wrong: timedelta) -> None:
    place, worker, _post = ground()
    stop = visits.add_stop(place, CELL, StopFacts("Shop 7", 30), actor=worker, now=NOON)
    phone = Phone(worker)
    phone.does("visit", stop=stop.pk, outcome="met", at=NOON + wrong)
    phone.does("report", cell=cell_value(place), matter="safety", text="x", at=NOON + wrong)

    later = NOON + timedelta(minutes=30)
    phone.sends(now=later, drift=-int(wrong.total_seconds()))

    first, second = Queued.objects.order_by("seq")
    assert Visit.objects.get().on == TODAY
    assert (first.is_clock_wrong, second.is_clock_wrong) == (True, True)
    assert (first.phone_at, first.happened_at, first.received_at) == (NOON + wrong, NOON, later)
    assert Sighting.objects.latest("pk").seen_at == NOON


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("report", {"cell": "nowhere", "matter": "safety", "text": "x"}),
        ("report", {"cell": 7, "matter": "safety", "text": "x"}),
        ("report", {"cell": "{cell}", "matter": "dragons", "text": "x"}),
        ("report", {"cell": "{cell}", "matter": "safety", "text": " "}),
        ("report", {"cell": "{cell}", "matter": "safety", "text": "x" * 5000}),
        ("report", {"cell": "{cell}", "matter": "safety", "text": "x", "lon": 999, "lat": 1}),
        ("report", {"cell": "{cell}", "matter": "safety", "text": "x", "photos": ["NOSUCH"]}),
        ("report", {"cell": "{cell}", "matter": "safety", "text": "x", "photos": "many"}),
        ("visit", {"stop": "one", "outcome": "met"}),
        ("visit", {"stop": 2**70, "outcome": "met"}),
        ("visit", {"stop": True, "outcome": "met"}),
        ("check", {"cell": "{cell}", "hazard": "dragons", "title": "x", "answers": {}}),
        ("check", {"cell": "{cell}", "hazard": "fire", "title": "x", "answers": [1]}),
        ("recheck", {"check": 999999, "answers": {}}),
        ("move", {"move": "fly"}),
        ("note", {"note": "x"}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_kept_and_stops_nothing(act, said) -> None:  # type: ignore[no-untyped-def]
    place, worker, _post = ground()
    phone = Phone(worker)
    cell = cell_value(place)
    phone.does(act, **{name: cell if value == "{cell}" else value for name, value in said.items()})
    report(phone, place)

    done = phone.sends()

    assert [one.state for one in done] == ["refused", "done"]
    assert Case.objects.count() == 1


def test_a_number_that_is_taken_and_a_key_that_came_before_do_nothing() -> None:
    place, worker, _post = ground()
    phone = Phone(worker)
    first = report(phone, place)
    phone.sends()

    other = phone.sends([replace(first, key=uuid4())])
    same = phone.sends([replace(first, seq=2)])
    Queued.objects.all().delete()
    old = phone.sends([first])

    assert [(one.state, one.reason) for one in other] == [("refused", "seq_taken")]
    assert [(one.state, one.is_repeated) for one in same] == [("done", True)]
    assert [(one.state, one.reason) for one in old] == [("done", "long_ago")]
    assert Case.objects.count() == 1
    assert PhoneQueue.objects.get().next_seq == 3


def test_what_is_only_for_now_is_not_kept_and_may_be_sent_again(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    place, worker, _post = ground()
    phone = Phone(worker)
    report(phone, place)

    def busy(*_args: object, **_more: object) -> None:
        raise Busy()

    with monkeypatch.context() as now_only:
        now_only.setattr("linli.grid.services.replaying.apply", busy)
        with pytest.raises(Busy):
            phone.sends()
    assert not Queued.objects.exists()
    assert [one.state for one in phone.sends()] == ["done"]


def test_what_waits_for_a_lost_phone_is_decided_after_a_day() -> None:
    place, worker, _post = ground()
    phone = Phone(worker)
    lost, second, third = (report(phone, place, text) for text in ("one", "two", "three"))
    phone.sends([second, third])
    row = Queued.objects.get(seq=2)

    with pytest.raises(Decided):
        kept.apply_anew(row, actor=CHIEF, now=NOON)
    kept.apply_anew(row, actor=CHIEF, now=NOON + timedelta(days=2))
    done = phone.sends([lost])

    assert [(one.seq, one.state) for one in done] == [(1, "done"), (3, "done")]
    assert Case.objects.count() == 3
    assert PhoneQueue.objects.get().next_seq == 4
