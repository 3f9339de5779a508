"""An offer binds nobody until it is accepted; the clock stays with whoever had the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from linli.cases import permits
from linli.cases.errors import AlreadyAnswered, AlreadyOffered, CaseClosed, NotTheLead
from linli.cases.models import Assignment, Case, CaseClock, CaseEvent
from linli.cases.queries import story
from linli.cases.queries.following import followed
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.telling import row_of, told_rows
from linli.cases.rules.offering import Stand, moves_open_to
from linli.cases.services import assigning
from linli.cases.testing import NOON, clerk_of, faults, make_case, move
from linli.cases.types.moves import At, To
from linli.cases.views.stories import story_of
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor
from linli.kernel.testing import make_actor

pytestmark = pytest.mark.django_db
WATER, ROADS = 31, 32
DISPATCHER = replace(clerk_of(), posts=frozenset({30}))
AT_WATER = replace(clerk_of(label="water"), posts=frozenset({WATER}))
AT_ROADS = replace(clerk_of(label="roads"), posts=frozenset({ROADS}))
STRANGER = replace(clerk_of("441900/441900006/"), posts=frozenset({30}))


def offer(case_id: int, post: int, role: str = "lead", actor: Actor = DISPATCHER) -> None:
    with transaction.atomic():
        assigning.offer(At(case_id), To(role, 9, post), actor=actor, now=NOON)


def leads() -> tuple[int | None, int | None]:
    case = Case.objects.get()
    return case.lead_post_id, case.offered_post_id


def test_a_lead_has_the_case_once_it_accepts() -> None:
    case_id = make_case().held.id

    offer(case_id, WATER)
    assert leads() == (None, WATER)
    assert CaseClock.objects.get(key="take/1").state == "running"

    assigning.accept(At(case_id), 1, actor=AT_WATER, now=NOON)
    assert leads() == (WATER, None)
    assert CaseClock.objects.get(key="take/1").state == "met"
    assert faults() == []


def test_until_another_accepts_the_lead_keeps_the_case() -> None:
    case_id = make_case().held.id
    offer(case_id, WATER)
    assigning.accept(At(case_id), 1, actor=AT_WATER, now=NOON)

    offer(case_id, ROADS)
    assert leads() == (WATER, ROADS)
    assigning.accept(At(case_id), 2, actor=AT_ROADS, now=NOON)

    assert leads() == (ROADS, None)
    assert list(Assignment.objects.order_by("number").values_list("state", flat=True)) == [
        "done",
        "accepted",
    ]
    assert faults() == []


def test_a_case_that_is_handed_back_counts_it() -> None:
    case_id = make_case().held.id
    offer(case_id, WATER)

    assigning.decline(At(case_id), 1, reason="not our pipe", actor=AT_WATER, now=NOON)

    assert leads() == (None, None)
    assert Case.objects.get().bounced == 1
    assert faults() == []


@pytest.mark.parametrize(("competent", "bounced", "lead"), [(True, 0, WATER), (False, 1, None)])
def test_a_dispute_of_competence_has_a_clock_of_its_own(
    competent: bool, bounced: int, lead: int | None
) -> None:
    """AP-03: five working days."""
    case_id = make_case().held.id
    offer(case_id, WATER)

    assigning.dispute(At(case_id), 1, reason="another bureau", actor=AT_WATER, now=NOON)
    clock = CaseClock.objects.get(key="competence/1")
    assert (clock.state, clock.amount, clock.unit) == ("running", 5, "working_days")
    assigning.settle(
        At(case_id), 1, is_competent=competent, reason="list of duties", actor=DISPATCHER, now=NOON
    )

    assert Case.objects.get().bounced == bounced
    assert leads() == (lead, None)
    assert CaseClock.objects.get(key="competence/1").state == "met"
    assert faults() == []


def test_joint_work_is_done_beside_the_lead() -> None:
    case_id = make_case().held.id
    offer(case_id, WATER)
    offer(case_id, ROADS, "joint")
    assigning.accept(At(case_id), 2, actor=AT_ROADS, now=NOON)

    assigning.finish_part(At(case_id), 2, note="road closed", actor=AT_ROADS, now=NOON)

    assert leads() == (None, WATER)
    assert Assignment.objects.get(number=2).state == "done"
    assert faults() == []


def test_only_the_lead_answers_a_case_that_a_post_has() -> None:
    case_id = make_case().held.id
    move(case_id, "accept", DISPATCHER)
    offer(case_id, WATER)
    assigning.accept(At(case_id), 1, actor=AT_WATER, now=NOON)

    with pytest.raises(NotTheLead):
        move(case_id, "answer", AT_ROADS, public={"text": "x"})

    move(case_id, "answer", AT_WATER, public={"text": "Mended tomorrow."})
    assert Case.objects.get().state == "answered"


@pytest.mark.parametrize("is_taken", [False, True])
@pytest.mark.parametrize("name", ["refuse", "refer"])
def test_what_another_post_has_or_was_given_is_not_ended_by_who_merely_handles_cases(
    name: str, is_taken: bool
) -> None:
    case_id = make_case().held.id
    offer(case_id, WATER)
    if is_taken:
        assigning.accept(At(case_id), 1, actor=AT_WATER, now=NOON)
    given: dict[str, Any] = {
        "refuse": {"public": {"text": "x"}, "facts": {"basis": "b"}},
        "refer": {"public": {"text": "x"}, "internal": {"reason": "r"}},
    }[name]
    before = CaseEvent.objects.count()

    with pytest.raises(NotTheLead):
        move(case_id, name, AT_ROADS, **given)

    assert CaseEvent.objects.count() == before
    case = Case.objects.get()
    kind = kind_of(case.kind, case.version)
    stand = Stand(case.state, case.path, case.level, case.lead_post_id, case.offered_post_id)
    chief = make_actor("chief", permits.HANDLE, permits.SUPERVISE, at=case.path)
    shown = {
        who.label: name in {one.name for one in moves_open_to(who, kind, stand)}
        for who in (AT_ROADS, AT_WATER, chief)
    }
    assert shown == {AT_ROADS.label: False, "water": True, "chief": True}
    move(case_id, name, chief, **given)
    assert not Case.objects.get().is_open


@pytest.mark.parametrize(
    ("refused", "refusal"),
    [
        (lambda c: offer(c, ROADS), AlreadyOffered),
        (lambda c: offer(c, ROADS, actor=STRANGER), NotAllowed),
        (lambda c: assigning.accept(At(c), 1, actor=AT_ROADS, now=NOON), NotTheLead),
        (lambda c: assigning.finish_part(At(c), 1, note="", actor=AT_WATER, now=NOON), AlreadyAnswered),
    ],
)  # fmt: skip
def test_what_is_refused_changes_nothing(refused, refusal) -> None:  # type: ignore[no-untyped-def]
    case_id = make_case().held.id
    offer(case_id, WATER)

    with pytest.raises(refusal):
        refused(case_id)

    assert leads() == (None, WATER)
    assert CaseEvent.objects.count() == 2


def test_an_offer_is_answered_once() -> None:
    case_id = make_case().held.id
    offer(case_id, WATER)
    assigning.revoke(At(case_id), 1, reason="wrong post", actor=DISPATCHER, now=NOON)

    with pytest.raises(AlreadyAnswered):
        assigning.accept(At(case_id), 1, actor=AT_WATER, now=NOON + timedelta(hours=1))

    assert leads() == (None, None)


def test_who_holds_two_posts_acts_in_the_one_that_the_case_is_with() -> None:
    """Both posts give rights at the same place; the step names the one that was asked."""
    grants = tuple(replace(grant, post_id=30) for grant in clerk_of().grants)
    both = replace(clerk_of(), grants=grants, posts=frozenset({30, WATER}))
    case_id = make_case().held.id
    offer(case_id, WATER, actor=AT_ROADS)

    with transaction.atomic():
        assigning.accept(At(case_id), 1, actor=both, now=NOON)
    move(case_id, "accept", both)
    offer(case_id, ROADS, actor=both)

    steps = CaseEvent.objects.filter(case_id=case_id, move__in=("take", "accept", "offer"))
    assert list(steps.order_by("seq").values_list("move", "post_id"))[1:] == [
        ("take", WATER), ("accept", WATER), ("offer", WATER),
    ]  # fmt: skip
    assert Assignment.objects.get(number=2).from_post_id == WATER
    assert faults() == []


def test_without_a_part_in_the_case_somebody_acts_in_the_nearest_post() -> None:
    grants = tuple(replace(grant, post_id=30) for grant in clerk_of().grants)
    both = replace(clerk_of(), grants=grants, posts=frozenset({30, ROADS}))
    case_id = make_case().held.id

    offer(case_id, WATER, actor=both)

    assert CaseEvent.objects.get(case_id=case_id, move="offer").post_id == 30


def test_what_ends_is_offered_to_nobody_any_more() -> None:
    case_id = make_case().held.id
    offer(case_id, WATER)
    assigning.accept(At(case_id), 1, actor=AT_WATER, now=NOON)
    move(case_id, "accept", AT_WATER)
    offer(case_id, ROADS)
    offer(case_id, 33, "consult")

    done = {"public": {"text": "It burns."}, "facts": {"files": ["f"]}}
    move(case_id, "finish", AT_WATER, **done)

    assert leads() == (WATER, None)
    assert list(Assignment.objects.order_by("number").values_list("state", flat=True)) == [
        "accepted", "revoked", "revoked",
    ]  # fmt: skip
    assert CaseClock.objects.get(key="take/2").state == "void"
    with pytest.raises(CaseClosed), transaction.atomic():
        assigning.accept(At(case_id), 2, actor=AT_ROADS, now=NOON)
    assert leads() == (WATER, None)
    assert faults() == []


@pytest.mark.parametrize("name", ["refuse", "refer", "merge"])
def test_however_a_case_ends_its_offer_ends_with_it(name: str) -> None:
    case_id = make_case().held.id
    offer(case_id, WATER)
    given: dict[str, Any] = {
        "refuse": {"public": {"text": "x"}, "facts": {"basis": "b"}},
        "refer": {"public": {"text": "x"}, "internal": {"reason": "r"}},
    }.get(name, {})

    move(case_id, name, AT_WATER, **given)

    assert leads() == (None, None)
    assert CaseClock.objects.get(key="take/1").state == "void"
    with pytest.raises(CaseClosed), transaction.atomic():
        assigning.accept(At(case_id), 1, actor=AT_WATER, now=NOON)
    assert faults() == []


def test_nobody_is_said_to_work_on_what_was_only_offered() -> None:
    """A deputy accepts the report while another post is asked to handle it."""
    opened = make_case()
    case_id = opened.held.id
    offer(case_id, WATER)
    move(case_id, "accept", AT_ROADS)

    it = followed(Case.objects.get(), NOON)
    with override("en"):
        told = told_rows(DISPATCHER, [row_of(Case.objects.get())], NOON)[0]
        before = (str(it.state.public), told.state, [str(line.title) for line in story_of(it)])
    assigning.accept(At(case_id), 1, actor=AT_WATER, now=NOON)
    with override("en"):
        after = str(followed(Case.objects.get(), NOON).state.public)

    assert before[:2] == ("We have accepted your report.", "accepted, nobody has it yet")
    assert "Somebody is working on it." not in before[2]
    assert after == "Somebody is working on it."


def test_the_story_tells_who_led_before_and_who_leads_now() -> None:
    case_id = make_case().held.id
    for number, (post, actor) in enumerate([(WATER, AT_WATER), (ROADS, AT_ROADS)], 1):
        offer(case_id, post)
        assigning.accept(At(case_id), number, actor=actor, now=NOON)
    kind = kind_of("report", Case.objects.get().version)

    with override("en"):
        newest = story.story_of(case_id, kind, ceiling=0)[0]

    led = [words.split(":")[0] for words in newest.details if "ead" in words]
    assert led == ["lead until now", "Lead"]
