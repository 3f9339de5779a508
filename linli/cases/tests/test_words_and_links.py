"""Notes and words, more time, parts of cases and cases that are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from linli.access.testing import make_account, make_holding, make_post, make_right
from linli.cases import permits
from linli.cases.errors import (
    AlreadyMerged,
    AsksForTime,
    ChildrenOpen,
    LongerThanLaw,
    Missing,
    NotExtendable,
    TooDeep,
)
from linli.cases.models import Case, CaseClock, CaseEvent, InternalWords, PublicWords
from linli.cases.queries.following import followed
from linli.cases.queries.sheet import clocks_of
from linli.cases.services import assigning, extending, linking, words
from linli.cases.services.opening import Opening
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_case, move
from linli.cases.types.moves import At, To
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.testing import TOWN, client_of, make_actor
from linli.notify.models import Message
from linli.places import queries as places

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
STRANGER = clerk_of("441900/441900006/")
SAME = "It is the same lamp."
CHIEF = make_actor("chief", permits.SUPERVISE, permits.SEE, at=VILLAGE)


def test_a_note_stays_inside_and_a_word_goes_out() -> None:
    case_id = make_case().held.id

    with transaction.atomic():
        words.add_note(At(case_id), "The crew is ill.", actor=CLERK, now=NOON)
        words.tell_reporter(At(case_id), "It takes a day longer.", actor=CLERK, now=NOON)
        words.add_words(At(case_id), "It is the lamp on the left.", actor=NOBODY, now=NOON)

    assert [w.said for w in InternalWords.objects.all()] == [{"note": "The crew is ill."}]
    assert list(
        PublicWords.objects.order_by("event_id").values_list("is_by_reporter", "waits")
    ) == [
        (True, True),
        (False, False),
        (True, True),
    ]
    assert Case.objects.get().waits_for_release
    assert faults() == []


@pytest.mark.parametrize("text", ["", "   \n", "x" * 5001])
def test_empty_and_endless_words_are_refused(text: str) -> None:
    case_id = make_case().held.id

    with pytest.raises(Missing), transaction.atomic():
        words.add_note(At(case_id), text, actor=CLERK, now=NOON)

    assert CaseEvent.objects.count() == 1


def test_more_time_is_given_once_and_within_the_law() -> None:
    case_id = make_case().held.id
    before = CaseClock.objects.get(key="solve").due_at

    with transaction.atomic():
        extending.extend(
            At(case_id), "solve", 5, reason="Parts are ordered.", actor=CHIEF, now=NOON
        )
    later = CaseClock.objects.get(key="solve")
    with pytest.raises(LongerThanLaw), transaction.atomic():
        extending.extend(At(case_id), "solve", 1, reason="Again.", actor=CHIEF, now=NOON)

    assert later.due_at == before + timedelta(days=7)
    assert CaseClock.objects.get(key="solve").extensions == [5]
    assert faults() == []


def test_who_handles_a_case_asks_for_time_and_a_supervisor_gives_it() -> None:
    case_id, chair = make_case().held.id, make_post("clerk")
    make_holding(chair, make_account())
    make_right(permit=permits.SUPERVISE.name, path=VILLAGE, post_id=chair.pk)
    before = CaseClock.objects.get(key="solve")

    with transaction.atomic():
        extending.ask_for_time(
            At(case_id), "solve", 5, reason="Parts are late.", actor=CLERK, now=NOON
        )

    assert CaseClock.objects.get(key="solve").due_at == before.due_at
    assert "ask_time" not in [one.move for one in followed(Case.objects.get(), NOON).story]
    message = Message.objects.get(template="cases.time_asked")
    assert message.post_id == chair.pk and "Parts" not in message.body
    with transaction.atomic():
        extending.extend(At(case_id), "solve", 5, reason="Parts.", actor=CHIEF, now=NOON)
    assert CaseClock.objects.get(key="solve").extensions == [5]
    assert faults() == []


def test_who_has_the_case_does_not_give_herself_time_but_asks_the_supervisor_above() -> None:
    """AP-04: more time needs the approval of somebody else."""
    case_id = make_case().held.id
    chair, town = make_post("chair"), make_post("head", path=TOWN)
    for post, path in ((chair, VILLAGE), (town, TOWN)):
        make_holding(post, make_account())
        make_right(permit=permits.SUPERVISE.name, path=path, post_id=post.pk)
    held = (permits.SEE, permits.HANDLE, permits.SUPERVISE)
    lead = replace(make_actor("chair", *held), posts=frozenset({chair.pk}))
    with transaction.atomic():
        assigning.offer(At(case_id), To("lead", 1, chair.pk), actor=CLERK, now=NOON)
        assigning.accept(At(case_id), 1, actor=lead, now=NOON)
    seq = Case.objects.get().seq

    with pytest.raises(AsksForTime), transaction.atomic():
        extending.extend(At(case_id), "solve", 5, reason="Parts.", actor=lead, now=NOON)

    assert Case.objects.get().seq == seq
    assert CaseClock.objects.get(key="solve").extensions == []
    lines = {line.key: line for line in clocks_of(lead, Case.objects.get(), NOON)}
    assert (lines["solve"].may_extend, lines["solve"].may_ask) == (False, True)
    with transaction.atomic():
        extending.ask_for_time(At(case_id), "solve", 5, reason="x", actor=lead, now=NOON)
    assert Message.objects.get(template="cases.time_asked").post_id == town.pk
    above = make_actor("town", permits.SEE, permits.SUPERVISE, at=TOWN, account_id=2)
    with transaction.atomic():
        extending.extend(At(case_id), "solve", 5, reason="Parts.", actor=above, now=NOON)
    assert CaseClock.objects.get(key="solve").extensions == [5]
    assert faults() == []


@pytest.mark.parametrize(
    ("clock", "amount", "reason", "actor", "refusal"),
    [
        ("solve", 99, "x", CLERK, LongerThanLaw),
        ("accept", 1, "x", CLERK, NotExtendable),
        ("solve", 1, " ", CLERK, Missing),
        ("solve", 1, "x", make_actor("seer", permits.SEE), NotAllowed),
    ],
)
def test_what_could_not_be_given_is_not_asked_for(clock, amount, reason, actor, refusal) -> None:  # type: ignore[no-untyped-def]
    case_id = make_case().held.id

    with pytest.raises(refusal), transaction.atomic():
        extending.ask_for_time(At(case_id), clock, amount, reason=reason, actor=actor, now=NOON)

    assert (Case.objects.get().seq, Message.objects.count()) == (1, 0)


def test_the_sheet_offers_to_ask_or_to_give_and_never_both() -> None:
    number = make_case().held.number
    at = f"/en/desk/cases/{number}/"

    clerk = client_of(CLERK).get(at).content.decode()
    chief = client_of(CHIEF).get(at).content.decode()
    sent = client_of(CLERK).post(
        f"{at}ask_time",
        {"clock": "solve", "amount": "3", "reason": "Rain.", "expected_seq": "1", "key": "k" * 36},
    )

    assert "Ask for more time" in clerk and "Ask for more time" not in chief
    assert "More time: " in chief and sent.status_code == 303
    assert "Rain." in client_of(CHIEF).get(at).content.decode()


@pytest.mark.parametrize(
    ("clock", "amount", "actor", "refusal"),
    [
        ("solve", 11, CHIEF, LongerThanLaw),
        ("solve", 0, CHIEF, LongerThanLaw),
        ("accept", 1, CHIEF, NotExtendable),
        ("solve", 1, CLERK, NotAllowed),
    ],
)
def test_refused_time_leaves_the_clock(clock, amount, actor, refusal) -> None:  # type: ignore[no-untyped-def]
    case_id = make_case().held.id
    before = CaseClock.objects.get(key=clock).due_at

    with pytest.raises(refusal), transaction.atomic():
        extending.extend(At(case_id), clock, amount, reason="x", actor=actor, now=NOON)

    assert CaseClock.objects.get(key=clock).due_at == before
    assert CaseEvent.objects.count() == 1


def parts(code: str = "441900005001") -> list[linking.Part]:
    chain = tuple(places.chain_of(code))
    return [
        linking.Part(Opening("report", chain, "staff", matter="complaint", title=title))
        for title in ("a", "b")
    ]


def test_a_case_waits_for_its_required_parts() -> None:
    case_id = make_case().held.id
    move(case_id, "accept", CLERK)
    with transaction.atomic():
        opened = linking.split(At(case_id), parts(), actor=CLERK, now=NOON)
    evidence = {"public": {"text": "Mended."}, "facts": {"files": ["f"]}}

    with pytest.raises(ChildrenOpen) as refused:
        move(case_id, "finish", CLERK, **evidence)
    assert opened[0].held.number in str(refused.value)

    for one in opened:
        move(one.held.id, "accept", CLERK)
        move(one.held.id, "finish", CLERK, **evidence)
    move(case_id, "finish", CLERK, **evidence)

    assert not Case.objects.filter(is_open=True).exists()
    assert faults() == []


def test_a_part_is_not_split_again() -> None:
    case_id = make_case().held.id
    with transaction.atomic():
        (one, _) = linking.split(At(case_id), parts(), actor=CLERK, now=NOON)
    count = Case.objects.count()

    with pytest.raises(TooDeep), transaction.atomic():
        linking.split(At(one.held.id), parts(), actor=CLERK, now=NOON)

    assert Case.objects.count() == count


def test_the_same_matter_is_merged_and_taken_apart() -> None:
    first, second = make_case(), make_case()

    with transaction.atomic():
        linking.merge(At(second.held.id), first.held.number, text=SAME, actor=CLERK, now=NOON)
    assert Case.objects.get(pk=second.held.id).merged_into_id == first.held.id
    with pytest.raises(AlreadyMerged), transaction.atomic():
        linking.merge(At(first.held.id), second.held.number, text=SAME, actor=CLERK, now=NOON)

    with transaction.atomic():
        linking.unmerge(At(second.held.id), reason="another lamp", actor=CLERK, now=NOON)

    apart = Case.objects.get(pk=second.held.id)
    assert (apart.state, apart.merged_into_id) == ("filed", None)
    assert faults() == []


def test_a_case_is_merged_only_into_one_that_the_actor_sees() -> None:
    first, second = make_case("441900006001"), make_case()

    with pytest.raises(NotFound), transaction.atomic():
        linking.merge(At(second.held.id), first.held.number, text=SAME, actor=CLERK, now=NOON)
    with pytest.raises(NotFound), transaction.atomic():
        linking.merge(At(first.held.id), second.held.number, text=SAME, actor=STRANGER, now=NOON)

    assert not Case.objects.filter(merged_into__isnull=False).exists()


def test_a_job_that_reads_everything_sees_every_level() -> None:
    make_case()
    Case.objects.update(level=7)

    from linli.cases.queries.reading import visible_cases
    from linli.kernel.permits import system_actor

    assert visible_cases(system_actor("x")).count() == 1
    assert visible_cases(CLERK).count() == 0
    assert visible_cases(replace(CLERK, grants=())).count() == 0
