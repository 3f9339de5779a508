"""好差评 and 回访: who rates what and when, which ratings count, who is called back by whom."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from linli.cases import permits
from linli.cases.errors import (
    CalledAlready,
    DecidesOwnWork,
    HandledItself,
    Missing,
    NotRatable,
    RatedAlready,
)
from linli.cases.models import CallBack, Case, CaseEvent, Rating, SampleSeed
from linli.cases.queries import reopening, sampling
from linli.cases.queries.following import followed
from linli.cases.queries.kinds import newest_kind
from linli.cases.rules.rating import is_ratable
from linli.cases.rules.sampling import digest_of, is_drawn
from linli.cases.services import assigning, call_backs, rating
from linli.cases.services import reopening as deciding
from linli.cases.services.call_backs import Heard
from linli.cases.services.following import ask_to_reopen
from linli.cases.services.opening import Opened
from linli.cases.services.perform import perform
from linli.cases.services.petitions import open_petition
from linli.cases.testing import NOON, REPORTER, VILLAGE, clerk_of, faults, make_case, move
from linli.cases.tests.offices import TOWN, petition_office
from linli.cases.types.moves import At, Given, To, Wish
from linli.cases.types.openings import Petitioning
from linli.cases.types.rating import Reached, Way
from linli.kernel.errors import NotAllowed, NotFound, Refusal
from linli.kernel.permits import NOBODY, PERSONAL, STAFF, system_actor
from linli.kernel.sealing import keeps
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
CALLER = make_actor("caller", permits.CALL_BACK, permits.SEE, at=VILLAGE)
STRANGER = make_actor("stranger", permits.CALL_BACK, at="441900/441900006/")
CHIEF = make_actor("chief", permits.SUPERVISE, permits.SEE, at=VILLAGE, account_id=2)
SYSTEM = system_actor("test")
LATER = NOON + timedelta(hours=30)
TODAY = date(2026, 8, 11)


def done_case(**more: object) -> Opened:
    opened = make_case(**more)
    move(opened.held.id, "accept", CLERK)
    evidence = {"public": {"text": "修好了"}, "facts": {"files": ["f"]}}
    move(opened.held.id, "finish", CLERK, **evidence)
    return opened


def petitioned() -> Opened:
    make_village("441900005001")
    petition = Petitioning("441900005", "补偿没有发")
    return open_petition(petition, actor=petition_office(), now=NOON)


def rate(opened: Opened, grade: int, **more: object) -> Rating:
    given = {"actor": NOBODY, "now": LATER, **more}
    with transaction.atomic():
        rating.rate_case(opened.held.number, opened.code, grade, **given)
    return Rating.objects.get(
        case_id=opened.held.id, cycle=Case.objects.get(pk=opened.held.id).cycle
    )


def test_a_rating_is_chained_as_a_commitment_without_its_grade() -> None:
    opened = done_case()

    made = rate(opened, 4, why=["slow", "nonsense"])

    event = CaseEvent.objects.get(move="rate")
    assert "grade" not in str(event.facts)
    payload = {"grade": 4, "why": ["slow"], "way": "own"}
    assert keeps(bytes.fromhex(event.facts["rating"]), bytes(made.nonce), payload)
    assert (made.counts, made.why) == (True, ["slow"])
    assert not CallBack.objects.exists()
    assert faults() == []


@pytest.mark.parametrize(
    ("more", "counts"),
    [
        ({}, True),
        ({"now": NOON + timedelta(hours=1, minutes=59)}, False),
        ({"now": NOON + timedelta(hours=2)}, True),
        ({"way": Way.COUNTER}, False),
        ({"actor": CLERK}, False),
    ],
)
def test_only_what_is_given_later_and_alone_counts(more: dict[str, object], counts: bool) -> None:
    assert rate(done_case(), 5, **more).counts is counts


def test_one_rating_for_a_round_and_another_for_the_next() -> None:
    opened = done_case()
    rate(opened, 2)
    with pytest.raises(RatedAlready):
        rate(opened, 5)
    ask_reopening(opened)
    with transaction.atomic():
        deciding.take_up_again(At(opened.held.id), actor=CHIEF, now=LATER)
    with pytest.raises(NotRatable):
        rate(opened, 5)
    move(
        opened.held.id,
        "finish",
        CLERK,
        now=LATER,
        public={"text": "真好了"},
        facts={"files": ["g"]},
    )
    rate(opened, 5, now=LATER + timedelta(days=1))

    assert list(Rating.objects.order_by("cycle").values_list("cycle", "grade")) == [(1, 2), (2, 5)]
    assert faults() == []


def ask_reopening(opened: Opened, reason: str = "还是黑的") -> None:
    given = Given(internal={"reason": reason}, by_reporter=True)
    with transaction.atomic():
        perform(Wish(opened.held.id, "ask_reopen", given), actor=NOBODY, now=LATER, hand=REPORTER)


@pytest.mark.parametrize("name", ["filed", "accept", "withdraw"])
def test_what_was_not_answered_is_not_rated(name: str) -> None:
    opened = make_case()
    if name == "accept":
        move(opened.held.id, "accept", CLERK)
    if name == "withdraw":
        with transaction.atomic():
            perform(Wish(opened.held.id, "withdraw"), actor=NOBODY, now=NOON, hand=REPORTER)

    with pytest.raises(NotRatable):
        rate(opened, 5)

    assert not Rating.objects.exists()


@pytest.mark.parametrize("grade", [0, 6, -1])
def test_grades_go_from_one_to_five(grade: int) -> None:
    with pytest.raises(Missing):
        rate(done_case(), grade)


def test_a_wrong_code_finds_nothing() -> None:
    opened, other = done_case(), done_case()

    with pytest.raises(NotFound), transaction.atomic():
        rating.rate_case(opened.held.number, other.code, 5, actor=NOBODY, now=LATER)

    assert not Rating.objects.exists()


def test_a_bad_grade_is_called_back_always() -> None:
    for grade in (1, 2, 3):
        rate(done_case(), grade)

    assert list(CallBack.objects.values_list("is_for_bad", "is_sample")) == [(True, False)] * 2
    assert CallBack.objects.first().due_at == NOON.replace(hour=16) + timedelta(days=8)


def test_a_bad_grade_of_a_petition_is_called_back_by_who_may_know_of_it() -> None:
    petition, actor = petitioned(), petition_office()
    for name, text in (("accept", "已受理"), ("reply", "下月发放")):
        move(petition.held.id, name, actor, public={"text": text})
    rate(petition, 1)

    may = make_actor("town", permits.CALL_BACK, at=TOWN, ceiling=PERSONAL)
    call = sampling.calls_to_make(may).get()
    assert (call.is_for_bad, sampling.count_calls(may, TODAY)) == (True, 1)
    assert sampling.calls_to_make(SYSTEM).get() == call
    with pytest.raises(NotFound):
        sampling.get_call(make_actor("staff", permits.CALL_BACK, at=TOWN, ceiling=STAFF), call.pk)
    call_backs.record_call(call.pk, Heard(Reached.YES, 2, False), actor=may, now=LATER)
    assert not sampling.calls_to_make(may).exists()


@pytest.mark.parametrize("kind", ["report", "property_complaint", "petition"])
def test_the_page_asks_for_a_grade_wherever_one_is_taken(kind: str) -> None:
    opened = petitioned() if kind == "petition" else make_case(kind=kind, actor=SYSTEM)
    address = f"/zh-hans/follow/{opened.held.number}/?code={opened.code}"
    declared, asked, taken = newest_kind(kind), set(), set()

    for state in declared.states:
        Case.objects.filter(pk=opened.held.id).update(state=state)
        if 'action="/zh-hans/rate/' in client_of(NOBODY).get(address).content.decode():
            asked.add(state)
        if is_ratable(declared, state):
            taken.add(state)

    assert asked == taken
    assert {"done", "referred"} < taken


def test_the_sample_is_drawn_by_a_secret_that_can_be_checked_afterwards() -> None:
    for _ in range(60):
        done_case()
    make_case()
    tip = done_case(matter="tip")

    first = call_backs.draw_sample(actor=SYSTEM, now=LATER)
    again = call_backs.draw_sample(actor=SYSTEM, now=LATER)

    seed = SampleSeed.objects.get()
    assert bytes(seed.digest) == digest_of(bytes(seed.seed))
    wanted = {
        case.pk
        for case in Case.objects.filter(is_open=False).exclude(pk=tip.held.id)
        if is_drawn(bytes(seed.seed), str(case.uuid), case.cycle, 10, 100)
    }
    assert set(CallBack.objects.values_list("case_id", flat=True)) == wanted
    assert (first, again) == (len(wanted), 0)
    assert sampling.seeds(NOON.date())[0][2] == ""
    assert sampling.seeds(NOON.date() + timedelta(days=31))[0][2] == bytes(seed.seed).hex()


def test_about_a_tenth_is_drawn() -> None:
    drawn = sum(is_drawn(b"s" * 32, str(n), 1, 10, 100) for n in range(20_000))

    assert 1_850 < drawn < 2_150


def bad_call(**more: object) -> CallBack:
    rate(done_case(**more), 1)
    return CallBack.objects.get()


YES = Heard(Reached.YES, 2, is_solved=False, note="灯还是不亮")


def test_a_call_is_written_down_once_and_chained_without_its_grade() -> None:
    call = bad_call()

    call_backs.record_call(call.pk, YES, actor=CALLER, now=LATER)
    with pytest.raises(CalledAlready):
        call_backs.record_call(call.pk, YES, actor=CALLER, now=LATER)

    call.refresh_from_db()
    event = CaseEvent.objects.get(move="called_back")
    payload = {"reached": "yes", "grade": 2, "is_solved": False}
    assert keeps(bytes.fromhex(event.facts["call"]), bytes(call.nonce), payload)
    assert (call.reached, call.grade, call.is_solved) == ("yes", 2, False)
    assert faults() == []


def test_who_was_not_reached_may_be_called_again() -> None:
    call = bad_call()

    call_backs.record_call(call.pk, Heard(Reached.NO, 5, is_solved=True), actor=CALLER, now=LATER)
    call.refresh_from_db()
    assert (call.reached, call.grade, call.is_solved) == ("no", None, None)
    call_backs.record_call(call.pk, YES, actor=CALLER, now=LATER)

    call.refresh_from_db()
    assert call.grade == 2


@pytest.mark.parametrize("actor", [NOBODY, CLERK, STRANGER], ids=lambda a: a.label)
def test_who_may_not_call_writes_nothing(actor) -> None:  # type: ignore[no-untyped-def]
    call = bad_call()

    with pytest.raises(NotAllowed):
        call_backs.record_call(call.pk, YES, actor=actor, now=LATER)

    assert CallBack.objects.get().done_at is None
    assert not sampling.visible_calls(actor).exists()


def test_the_post_that_handled_a_case_neither_sees_nor_makes_its_call() -> None:
    opened = make_case()
    handler = replace(clerk_of(), posts=frozenset({7}))
    with transaction.atomic():
        assigning.offer(At(opened.held.id), To("lead", 1, 7), actor=CLERK, now=NOON)
        assigning.accept(At(opened.held.id), 1, actor=handler, now=NOON)
    move(opened.held.id, "accept", handler)
    move(opened.held.id, "answer", handler, public={"text": "好"})
    rate(opened, 1)
    call = CallBack.objects.get()
    both = replace(CALLER, posts=frozenset({7}))

    assert not sampling.visible_calls(both).exists()
    with pytest.raises(HandledItself):
        call_backs.record_call(call.pk, YES, actor=both, now=LATER)
    assert sampling.visible_calls(CALLER).count() == 1


@pytest.mark.parametrize(
    "heard",
    [
        Heard(Reached.YES, None, is_solved=True),
        Heard(Reached.YES, 9, is_solved=True),
        Heard(Reached.YES, 3),
        Heard(Reached.YES, 1, is_solved=False, wants_reopening=True),
        # nothing that was written down is cut off unseen
        Heard(Reached.YES, 3, is_solved=True, note="好" * 501),
        Heard(Reached.NO, note="好" * 501),
    ],
)
def test_half_a_result_is_refused(heard: Heard) -> None:
    call = bad_call()

    with pytest.raises(Missing):
        call_backs.record_call(call.pk, heard, actor=CALLER, now=LATER)

    assert CallBack.objects.get().done_at is None


def test_a_reporter_asks_by_telephone_to_take_it_up_again_and_a_supervisor_decides() -> None:
    call = bad_call()
    heard = replace(YES, wants_reopening=True)
    call_backs.record_call(call.pk, heard, actor=CALLER, now=LATER)
    number = Case.objects.get().number

    (asked,) = reopening.list_asked(CHIEF).items
    assert (asked.reason, asked.case.number) == ("灯还是不亮", number)
    assert asked.due_at is not None
    assert reopening.list_asked(CLERK).items == []
    with pytest.raises(NotAllowed), transaction.atomic():
        deciding.take_up_again(At(asked.case.pk), actor=CLERK, now=LATER)
    with transaction.atomic():
        deciding.take_up_again(At(asked.case.pk), text="再看看", actor=CHIEF, now=LATER)

    case = Case.objects.get()
    assert (case.state, case.cycle, case.reopened) == ("at_work", 2, 1)
    assert reopening.count_asked(CHIEF, NOON.date()) == 0
    assert faults() == []


def test_it_stays_closed_only_with_a_rule_and_a_word() -> None:
    opened = done_case()
    ask_reopening(opened)
    at = At(opened.held.id)

    for key, basis, text in (
        ("", "", "不重办"),
        ("", "条例第三条", " "),
        ("", "x", "不重办"),
        ("hotline.advice", "", "不重办"),
        ("refusal.grid.no_event", "条例第三条", "不重办"),
    ):
        with pytest.raises(Missing), transaction.atomic():
            deciding.leave_closed(at, key=key, basis=basis, text=text, actor=CHIEF, now=LATER)
    assert Case.objects.get().state == "reopen_asked"
    with transaction.atomic():
        deciding.leave_closed(at, basis="条例第三条", text="依规不重办", actor=CHIEF, now=LATER)

    case = Case.objects.get()
    assert case.state == "stands"
    last = followed(case, LATER).story[-1]
    assert (last.text, last.basis) == ("依规不重办", "条例第三条")
    assert faults() == []


def test_whoever_handled_it_does_not_decide_whether_it_is_taken_up_again_in_any_of_her_posts() -> (
    None
):
    """一肩挑: one person is head and secretary; the post above her decides."""
    opened = done_case()
    ask_reopening(opened)
    at, number = At(opened.held.id), opened.held.number
    same = make_actor("secretary", permits.SUPERVISE, permits.SEE, permits.HANDLE, at=VILLAGE)

    with pytest.raises(DecidesOwnWork), transaction.atomic():
        deciding.leave_closed(at, basis="条例第三条", text="不重办", actor=same, now=LATER)
    with pytest.raises(DecidesOwnWork), transaction.atomic():
        deciding.take_up_again(at, actor=same, now=LATER)

    assert Case.objects.get().state == "reopen_asked"
    assert reopening.list_asked(same).items == []
    assert client_of(same).get(f"/zh-hans/reopening/{number}/").status_code == 404
    sheet = client_of(same).get(f"/api/v1/cases/{number}/").json()
    assert not {"reopen", "keep_closed"} & set(sheet["may"])
    assert [one.case.number for one in reopening.list_asked(CHIEF).items] == [number]


def test_who_decides_reads_what_the_reporter_wrote_when_she_asked() -> None:
    opened = done_case()
    ask_to_reopen(At(opened.held.id), "还是不亮", actor=NOBODY, now=LATER)

    (asked,) = reopening.list_asked(CHIEF).items
    page = client_of(CHIEF).get(f"/zh-hans/reopening/{opened.held.number}/").content.decode()

    assert asked.reason == "还是不亮"
    assert "还是不亮" in page and "refusal.report.same_again" in page
    assert "hotline.advice" not in page


def post(actor: object, address: str, **data: object) -> object:
    return client_of(actor).post(f"/zh-hans/{address}", {"key": str(uuid4()), **data})


def test_pages_of_rating_calls_and_reopening() -> None:
    opened = done_case()
    number = opened.held.number

    assert post(NOBODY, f"rate/{number}", code=opened.code, grade="x").status_code == 422
    assert post(NOBODY, f"rate/{number}", code="wrong", grade=1).status_code == 404
    rate(opened, 1)
    assert post(NOBODY, f"rate/{number}", code=opened.code, grade=1).status_code == 422
    call = CallBack.objects.get()
    assert number in client_of(CALLER).get("/zh-hans/calls/").content.decode()
    assert client_of(CALLER).get("/zh-hans/calls/?show=done").status_code == 200
    assert client_of(CLERK).get("/zh-hans/calls/").status_code == 404
    assert client_of(CLERK).get(f"/zh-hans/calls/{call.pk}/").status_code == 404
    assert client_of(CALLER).get(f"/zh-hans/calls/{call.pk}/").status_code == 200
    assert post(CALLER, f"calls/{call.pk}/", reached="yes").status_code == 422
    said = {
        "reached": "yes",
        "is_solved": "no",
        "grade": 2,
        "note": "还黑",
        "wants_reopening": "on",
    }
    assert post(CALLER, f"calls/{call.pk}/", **said).status_code == 303
    assert number in client_of(CHIEF).get("/en/reopening/").content.decode()
    assert client_of(CLERK).get("/zh-hans/reopening/").status_code == 404
    page = client_of(CHIEF).get(f"/en/reopening/{number}/").content.decode()
    assert "还黑" in page
    seq = Case.objects.get().seq
    assert post(CHIEF, f"reopening/{number}/", seq=seq, move="leave", text="不").status_code == 422
    assert post(CHIEF, f"reopening/{number}/", seq=1, move="take_up").status_code == 422
    assert post(CHIEF, f"reopening/{number}/", seq=seq, move="take_up").status_code == 303
    assert Case.objects.get().state == "at_work"


def test_who_decides_second_reads_what_became_of_it_and_gets_back_what_she_wrote() -> None:
    opened = done_case()
    ask_reopening(opened)
    number, seq = opened.held.number, Case.objects.get().seq
    assert post(CHIEF, f"reopening/{number}/", seq=seq, move="take_up").status_code == 303

    late = post(CHIEF, f"reopening/{number}/", seq=seq, move="leave", text="我写的理由\r\n第二行")

    html = late.content.decode()
    assert late.status_code == 409 and "已经由别人决定" in html and "办理中" in html
    assert "我写的理由" in html and "第二行" in html
    assert Case.objects.get().state == "at_work"
    away = make_actor("away", permits.SUPERVISE, at="441900/441900006/")
    hidden = post(away, f"reopening/{number}/", seq=seq, move="leave", text="我写的理由")
    assert hidden.status_code == 404 and "我写的理由" in hidden.content.decode()
    assert client_of(CHIEF).get("/zh-hans/reopening/JB-2026-9999/").status_code == 404


def test_what_moved_on_is_decided_when_it_is_sent_once_more() -> None:
    opened = done_case()
    ask_reopening(opened)
    number, seq = opened.held.number, Case.objects.get().seq

    told = post(CHIEF, f"reopening/{number}/", seq=seq - 1, move="take_up", text="再看看")

    html = told.content.decode()
    assert told.status_code == 422 and "再看看" in html and f'name="seq" value="{seq}"' in html
    assert Case.objects.get().state == "reopen_asked"


def test_whoever_handles_a_case_reads_no_grade_on_its_sheet() -> None:
    opened = done_case()
    rate(opened, 1)

    facts = str(list(CaseEvent.objects.values_list("facts", flat=True)))

    assert "'grade'" not in facts
    assert "'why'" not in facts


@pytest.mark.django_db(transaction=True)
def test_two_ratings_at_once_are_one() -> None:
    opened = done_case()

    def one(grade: int) -> str:
        try:
            rate(opened, grade)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(3) as pool:
        came = sorted(pool.map(one, [1, 3, 5]))

    assert came == ["done", "rated_already", "rated_already"]
    assert Rating.objects.count() == 1
    assert faults() == []


def test_the_reporter_finds_the_grades_where_she_follows_her_case() -> None:
    opened = done_case()
    address = f"/zh-hans/follow/{opened.held.number}/?code={opened.code}"

    before = client_of(NOBODY).get(address).content.decode()
    came = post(NOBODY, f"rate/{opened.held.number}", code=opened.code, grade=2, why=["slow"])
    after = client_of(NOBODY).get(address).content.decode()

    assert 'name="grade"' in before
    assert came.status_code == 303
    assert opened.code in came["Location"]
    assert 'name="grade"' not in after
