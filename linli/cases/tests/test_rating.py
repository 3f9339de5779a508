"""好差评 and 回访: who rates what and when, which ratings count, who is called back by whom."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client

from linli.cases import permits
from linli.cases.errors import (
    Missing,
    NotRatable,
    RatedAlready,
)
from linli.cases.models import CallBack, Case, CaseEvent, Rating, Reporter, SampleSeed
from linli.cases.queries import sampling
from linli.cases.queries.kinds import newest_kind
from linli.cases.rules.rating import is_ratable
from linli.cases.rules.sampling import digest_of, is_drawn
from linli.cases.services import call_backs, rating
from linli.cases.services import reopening as deciding
from linli.cases.services.call_backs import Heard
from linli.cases.services.perform import perform
from linli.cases.testing import NOON, REPORTER, faults, make_case, move
from linli.cases.tests.offices import TOWN, petition_office
from linli.cases.tests.rating_samples import (
    CHIEF,
    CLERK,
    LATER,
    SYSTEM,
    TODAY,
    ask_reopening,
    done_case,
    petitioned,
    post,
    rate,
)
from linli.cases.types.moves import At, Wish
from linli.cases.types.rating import Reached, Way
from linli.kernel.errors import NotFound, Refusal
from linli.kernel.permits import NOBODY, PERSONAL, STAFF
from linli.kernel.sealing import keeps
from linli.kernel.testing import client_of, make_actor

pytestmark = pytest.mark.django_db


def test_a_bad_rating_without_a_number_stays_bad_and_makes_no_call() -> None:
    opened, known = done_case(), done_case()
    Reporter.objects.create(case_id=opened.held.id, naming="anonymous")
    Reporter.objects.create(case_id=known.held.id, naming="named", phone_masked="138****0001")

    rate(opened, 1)
    rate(known, 1)

    assert Rating.objects.filter(grade=1, counts=True).count() == 2
    assert list(CallBack.objects.values_list("case_id", flat=True)) == [known.held.id]


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


def test_whoever_filed_it_signed_in_rates_from_her_page_without_a_code_and_nobody_else_does() -> (
    None
):
    opened = done_case()
    Reporter.objects.create(case_id=opened.held.id, naming="named", account_id=7)
    number = opened.held.number
    her, other = (client_of(make_actor("who", account_id=one)) for one in (7, 8))

    def send(client: Client) -> int:
        given = {"code": "", "grade": "4", "key": str(uuid4())}
        return client.post(f"/zh-hans/rate/{number}", given).status_code

    assert (send(other), Rating.objects.count()) == (404, 0)
    assert 'name="grade"' in her.get(f"/zh-hans/follow/{number}/").content.decode()
    assert (send(her), Rating.objects.get().grade) == (303, 4)


def test_a_bad_grade_is_called_back_always() -> None:
    for grade in (1, 2, 3):
        rate(done_case(), grade)

    assert list(CallBack.objects.values_list("is_for_bad", "is_sample")) == [(True, False)] * 2
    assert CallBack.objects.first().due_at == NOON.replace(hour=16) + timedelta(days=8)


def test_a_bad_grade_of_a_petition_is_called_back_by_who_may_know_of_it() -> None:
    petition, actor = petitioned(), petition_office()
    Reporter.objects.filter(pk=petition.held.id).update(phone_masked="138****0001")
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
