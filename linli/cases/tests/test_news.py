"""Staff hear in one message what is new with their posts, once, in office hours, without a word of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.access.testing import make_account, make_holding, make_post, make_right
from linli.cases import permits, tasks
from linli.cases.models import Assignment, Case, CaseEvent
from linli.cases.services import assigning, extending, following, handing_up
from linli.cases.services.news import LATE_HERE, NEWS, tell_posts
from linli.cases.services.sweeping import sweep
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_case, move, read_words
from linli.cases.tests.rating_samples import petitioned
from linli.cases.types.moves import At, To
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import CITY, TOWN, make_actor
from linli.notify.models import Delivery, Message

pytestmark = pytest.mark.django_db
JOB, CLERK = system_actor("test"), clerk_of()
# Monday noon, when all of it begins; in Shanghai 14:40 of the day, and 8:40 of the next one
AFTERNOON = datetime(2026, 8, 10, 6, 40, tzinfo=UTC)
MORNING = datetime(2026, 8, 11, 0, 40, tzinfo=UTC)


def told() -> list[tuple[int, str, str]]:
    rows = Message.objects.filter(template__in=(NEWS, LATE_HERE)).order_by("pk")
    return list(rows.values_list("post_id", "template", "body"))


def held_post(path: str = VILLAGE, account: object = None) -> int:
    """Return a post at a place that somebody holds."""
    post = make_post("clerk", path=path)
    make_holding(post, account or make_account())  # type: ignore[arg-type]
    return int(post.pk)


def offered_to(post: int, **more: object) -> int:
    """Open a case and offer it to a post; its own words are read at once."""
    case_id = make_case(**more).held.id  # type: ignore[arg-type]
    with transaction.atomic():
        assigning.offer(At(case_id), To("lead", 9, post), actor=CLERK, now=NOON)
    return case_id


def test_a_post_hears_once_how_many_were_offered_and_no_word_of_them() -> None:
    post = make_post("clerk").pk
    for _ in range(2):
        offered_to(post)

    assert tell_posts(actor=JOB, now=AFTERNOON) == 1
    assert tell_posts(actor=JOB, now=AFTERNOON + timedelta(hours=1)) == 0
    assert tell_posts(actor=JOB, now=MORNING) == 0

    assert told() == [(post, NEWS, "待接办2件，临近期限0件，上次提醒后新逾期0件。")]
    assert "lamp" not in str(list(Message.objects.values_list("subject", "body")))
    # to posts alone: nothing goes outside the house
    assert not Delivery.objects.exists()


def test_what_became_late_is_told_to_who_has_it_and_to_the_nearest_supervisor() -> None:
    post, chair, town = (held_post(at) for at in (VILLAGE, VILLAGE, TOWN))
    for path, one in ((VILLAGE, chair), (TOWN, town)):
        make_right(permit=permits.SUPERVISE.name, path=path, post_id=one)
    case_id = offered_to(post)
    read_words(case_id)
    actor = replace(CLERK, posts=frozenset({post}))
    assigning.accept(At(case_id), 1, actor=actor, now=NOON)
    move(case_id, "accept", actor)

    # warned on Friday the 14th, late with the end of Monday the 17th
    sweep(actor=JOB, now=NOON + timedelta(days=5))
    assert tell_posts(actor=JOB, now=MORNING + timedelta(days=6)) == 1
    sweep(actor=JOB, now=NOON + timedelta(days=7, hours=13))
    assert tell_posts(actor=JOB, now=MORNING + timedelta(days=7)) == 2
    assert tell_posts(actor=JOB, now=MORNING + timedelta(days=8)) == 0

    assert [row[:2] for row in told()] == [(post, NEWS), (post, NEWS), (chair, LATE_HERE)]
    assert "临近期限1件" in told()[0][2] and "新逾期1件" in told()[1][2]
    assert faults() == []


def test_what_was_done_meanwhile_is_not_told() -> None:
    post = make_post("clerk").pk
    done, declined = offered_to(post), offered_to(post)
    actor = replace(CLERK, posts=frozenset({post}))
    move(done, "refuse", actor, public={"text": "By rule."}, facts={"basis": 1})
    assigning.decline(At(declined), 1, reason="Not ours.", actor=actor, now=NOON)

    assert tell_posts(actor=JOB, now=AFTERNOON) == 0


def test_whom_a_case_is_about_and_who_may_not_know_of_it_hear_nothing() -> None:
    accused, chair = held_post(), held_post()
    for one in (accused, chair):
        make_right(permit=permits.SUPERVISE.name, path=VILLAGE, post_id=one)
    make_case(about_post_id=accused)
    make_case(level=6)
    sweep(actor=JOB, now=NOON + timedelta(days=20))

    tell_posts(actor=JOB, now=MORNING + timedelta(days=20))

    assert [(row[0], "新逾期1件" in row[2]) for row in told()] == [(chair, True)]


def test_the_other_title_of_whom_a_case_is_about_hears_no_count_ap_07() -> None:
    both = make_account()
    accused, secretary, clerk = held_post(account=both), held_post(account=both), held_post()
    for one in (secretary, clerk):
        make_right(permit=permits.SUPERVISE.name, path=VILLAGE, post_id=one)
    first, second = offered_to(secretary), offered_to(clerk)
    Case.objects.filter(pk__in=(first, second)).update(about_post_id=accused)

    tell_posts(actor=JOB, now=AFTERNOON)
    sweep(actor=JOB, now=NOON + timedelta(days=20))
    tell_posts(actor=JOB, now=MORNING + timedelta(days=20))

    assert {row[0] for row in told()} == {clerk}
    assert "待接办1件" in told()[0][2]


def test_a_chair_that_nobody_ever_held_does_not_keep_news_from_the_place_above() -> None:
    empty, town = make_post("chair").pk, held_post(TOWN)
    for path, one in ((VILLAGE, empty), (TOWN, town)):
        make_right(permit=permits.SUPERVISE.name, path=path, post_id=one)
    make_case()
    sweep(actor=JOB, now=NOON + timedelta(days=20))

    tell_posts(actor=JOB, now=MORNING + timedelta(days=20))

    assert [row[:2] for row in told()] == [(town, LATE_HERE)]


def test_who_has_the_case_and_supervises_alone_is_not_told_instead_of_the_town() -> None:
    chair, town = held_post(), held_post(TOWN)
    for path, one in ((VILLAGE, chair), (TOWN, town)):
        make_right(permit=permits.SUPERVISE.name, path=path, post_id=one)
    case_id = offered_to(chair)
    assigning.accept(At(case_id), 1, actor=replace(CLERK, posts=frozenset({chair})), now=NOON)
    sweep(actor=JOB, now=NOON + timedelta(days=20))

    tell_posts(actor=JOB, now=MORNING + timedelta(days=20))

    assert {row[:2] for row in told()} == {(chair, NEWS), (town, LATE_HERE)}


def test_what_supervisors_do_not_decide_in_time_is_told_to_those_above_them() -> None:
    chair, town, city = held_post(), held_post(TOWN), held_post(CITY)
    for path, one in ((VILLAGE, chair), (TOWN, town), (CITY, city)):
        make_right(permit=permits.SUPERVISE.name, path=path, post_id=one)
    case_id = make_case().held.id
    read_words(case_id)
    move(case_id, "refuse", CLERK, public={"text": "By rule."}, facts={"basis": 1})
    with transaction.atomic():
        following.ask_to_reopen(At(case_id), "还是不亮", actor=NOBODY, now=NOON)
    sweep(actor=JOB, now=NOON + timedelta(days=20))

    tell_posts(actor=JOB, now=MORNING + timedelta(days=20))

    assert [row[:2] for row in told()] == [(chair, LATE_HERE), (town, LATE_HERE)]


def test_a_late_petition_is_told_to_who_supervises_and_may_see_petitions() -> None:
    """Its lead alone used to hear of it."""
    sees, blind = held_post(TOWN), held_post(TOWN)
    for post, permit in (
        (sees, permits.PETITIONS),
        (sees, permits.SUPERVISE),
        (blind, permits.SUPERVISE),
    ):
        make_right(permit=permit.name, path=TOWN, post_id=post)
    petitioned()
    sweep(actor=JOB, now=NOON + timedelta(days=90))

    tell_posts(actor=JOB, now=MORNING + timedelta(days=90))

    assert [row[:2] for row in told()] == [(sees, LATE_HERE)]


def test_more_time_for_a_petition_is_asked_of_who_may_see_petitions() -> None:
    sees, blind = held_post(TOWN), held_post(TOWN)
    for post, permit in (
        (sees, permits.PETITIONS),
        (sees, permits.SUPERVISE),
        (blind, permits.SUPERVISE),
    ):
        make_right(permit=permit.name, path=TOWN, post_id=post)
    case_id = petitioned().held.id
    move(case_id, "accept", JOB, public={"text": "We look into it."})

    with transaction.atomic():
        extending.ask_for_time(At(case_id), "handle", 5, reason="Parts.", actor=JOB, now=NOON)

    assert [one.post_id for one in Message.objects.filter(template="cases.time_asked")] == [sees]


def untaken() -> tuple[int, int, int]:
    """A case offered to a post that does not answer; who supervises at the village, and at the town."""
    chair, town = held_post(), held_post(TOWN)
    for path, one in ((VILLAGE, chair), (TOWN, town)):
        make_right(permit=permits.SUPERVISE.name, path=path, post_id=one)
    return offered_to(held_post()), chair, town


def handed_up() -> int:
    jobs = ProcrastinateJob.objects.filter(task_name="cases.hand_up").order_by("pk")
    for job in jobs:
        tasks.hand_up(**job.args)
    return jobs.count()


def test_what_nobody_took_in_time_goes_to_the_place_above_once() -> None:
    case_id, _chair, town = untaken()
    read_words(case_id)

    swept = sweep(actor=JOB, now=NOON + timedelta(days=20))
    sweep(actor=JOB, now=NOON + timedelta(days=21))

    assert (handed_up(), handed_up()) == (1, 1) and swept.escalated == 1
    parts = Assignment.objects.filter(case_id=case_id).order_by("number")
    assert list(parts.values_list("role", "state")) == [
        ("lead", "offered"), ("supervise", "offered"),
    ]  # fmt: skip
    assert parts[1].post_id == town
    assert faults() == []


def test_what_was_answered_meanwhile_or_accuses_the_only_one_above_is_not_handed_up() -> None:
    case_id, chair, town = untaken()
    events = CaseEvent.objects.count()
    Case.objects.filter(pk=case_id).update(about_post_id=town)

    assert handing_up.hand_up(case_id, 1, actor=JOB, now=NOON) is None
    Case.objects.filter(pk=case_id).update(about_post_id=None)
    Assignment.objects.update(state="accepted")
    assert handing_up.hand_up(case_id, 1, actor=JOB, now=NOON) is None
    with pytest.raises(NotAllowed):
        handing_up.hand_up(case_id, 1, actor=CLERK, now=NOON)
    assert CaseEvent.objects.count() == events


def test_on_days_off_nothing_is_told_and_only_the_job_tells() -> None:
    offered_to(make_post("clerk").pk)

    with pytest.raises(NotAllowed):
        tell_posts(actor=make_actor("x", permits.SUPERVISE), now=AFTERNOON)
    assert tell_posts(actor=JOB, now=AFTERNOON + timedelta(days=5)) == 0
    assert told() == []
