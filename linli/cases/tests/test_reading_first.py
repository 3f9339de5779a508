"""The clock of what waits to be read before everybody does (6.2): its own, beside those of the case."""

from __future__ import annotations

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import transaction

from linli.access.testing import make_account, make_holding, make_post, make_right
from linli.cases import permits, tasks
from linli.cases.desk import words_to_read
from linli.cases.kinds.report import REPORT
from linli.cases.models import Case, CaseClock, CaseEvent
from linli.cases.queries import releasing as queries
from linli.cases.queries.following import followed
from linli.cases.queries.kinds import all_kinds
from linli.cases.queries.sheet import clocks_of
from linli.cases.rules.clocks import last_day
from linli.cases.services import following, forgetting, releasing, words
from linli.cases.services.late_words import tell_late_words
from linli.cases.services.sweeping import Swept, sweep
from linli.cases.testing import (
    NOON,
    VILLAGE,
    clerk_of,
    faults,
    make_case,
    make_report,
    move,
    read_words,
)
from linli.cases.types.moves import At
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import CITY, TOWN, client_of, make_actor
from linli.notify.models import Message

pytestmark = pytest.mark.django_db
JOB = system_actor("cases.sweep")
CLERK = clerk_of()
READER = make_actor("reader", permits.RELEASE, at=VILLAGE)
SUPERVISOR = make_actor("supervisor", permits.SUPERVISE, at=VILLAGE, account_id=2)
# Monday noon and one working day: until the end of Tuesday
LATE = NOON + timedelta(days=2)


def test_long_words_are_cut_on_the_desk_with_a_sign_that_they_go_on() -> None:
    make_report("路灯不亮" * 20)

    (row,) = words_to_read(READER, NOON.date(), 9)

    assert (len(str(row.title)), str(row.title)[-1]) == (40, "…")


def held_post(path: str) -> int:
    """Return a post at a place that somebody holds."""
    post = make_post("official", path=path)
    make_holding(post, make_account())
    return int(post.pk)


def told() -> list[int]:
    return list(Message.objects.order_by("pk").values_list("post_id", flat=True))


def clock(seq: int = 1) -> CaseClock:
    return CaseClock.objects.get(key=f"release/{seq}")


def withhold(case_id: int, seq: int = 1, now: datetime = NOON) -> None:
    with transaction.atomic():
        releasing.withhold_words(At(case_id), seq, reason="写了人名", actor=READER, now=now)


def test_it_begins_with_the_words_by_the_rulebook_and_never_says_when_the_case_is_due() -> None:
    make_case()

    begun, case = clock(), Case.objects.get()
    assert (begun.state, begun.started_at, last_day(begun.due_at)) == (
        "running", NOON, NOON.date() + timedelta(days=1),
    )  # fmt: skip
    assert begun.law["key"] == "report.release"
    assert (case.due_clock, case.due_at) == ("accept", CaseClock.objects.get(key="accept").due_at)
    assert faults() == []


def test_a_case_whose_own_clocks_are_met_is_due_on_no_day_while_its_words_wait() -> None:
    case_id = make_case().held.id
    move(case_id, "refuse", CLERK, public={"text": "nach Regel"}, facts={"basis": 1})
    sweep(actor=JOB, now=NOON + timedelta(days=40))

    case = Case.objects.get()
    assert clock().state == "running"
    assert (case.state, case.due_clock) == ("stands", "")
    assert faults() == []


@pytest.mark.parametrize("decide", [read_words, withhold])
@pytest.mark.parametrize(("days", "state"), [(0, "met"), (2, "late")])
def test_it_ends_with_the_decision_in_time_or_late(decide, days: int, state: str) -> None:
    case_id = make_case().held.id
    at = NOON + timedelta(days=days)

    decide(case_id, now=at)

    assert (clock().state, clock().ended_at) == (state, at)
    assert faults() == []


def test_words_that_come_later_have_a_clock_of_their_own() -> None:
    case_id = make_case().held.id
    with transaction.atomic():
        words.add_words(At(case_id), "还有一盏", actor=NOBODY, now=LATE)

    read_words(case_id, now=LATE)

    assert (clock(1).state, clock(2).state) == ("late", "running")
    assert clock(2).started_at == LATE
    assert faults() == []


def test_it_goes_on_when_the_case_is_taken_up_again_or_ends() -> None:
    case_id = make_case().held.id
    move(case_id, "refuse", CLERK, public={"text": "nach Regel"}, facts={"basis": 1})
    with transaction.atomic():
        following.ask_to_reopen(At(case_id), "还是不亮", actor=NOBODY, now=NOON)

    move(case_id, "reopen", SUPERVISOR)

    assert (Case.objects.get().cycle, clock(1).state, clock(3).state) == (2, "running", "running")
    shown = [line.key for line in clocks_of(CLERK, Case.objects.get(), NOON)]
    assert {"release/1", "release/3"} <= set(shown)
    assert faults() == []


def test_what_is_taken_back_or_forgotten_nobody_has_to_read() -> None:
    gone, forgotten = make_case().held.id, make_case().held.id
    with transaction.atomic():
        following.withdraw_report(At(gone), actor=NOBODY, now=NOON)
        forgetting.forget_reporter(forgotten, actor=system_actor("test"), now=NOON)

    assert set(CaseClock.objects.filter(key="release/1").values_list("state", flat=True)) == {
        "void"
    }
    assert queries.queue(READER).items == []
    assert not Case.objects.get(pk=forgotten).waits_for_release
    assert sweep(actor=JOB, now=NOON + timedelta(days=1, hours=13)).escalated == 0
    assert faults() == []


def test_what_is_never_shown_has_no_such_clock() -> None:
    make_case(matter="tip")
    make_case(level=3)

    assert not CaseClock.objects.filter(key__startswith="release").exists()
    assert not any(clock.key == "release" for kind in all_kinds() for clock in kind.clocks)
    # no version of the kind was needed for it: the second is of another matter
    assert {kind.version for kind in all_kinds() if kind.key == REPORT.key} == {1, 2}


def test_it_rings_once_and_the_place_above_is_told_once() -> None:
    case_id = make_case().held.id
    move(case_id, "accept", CLERK)

    with patch.object(tasks.tell_late_words, "defer") as told:
        came = [sweep(actor=JOB, now=LATE + timedelta(hours=n)) for n in range(3)]

    assert came == [Swept(overdue=1, escalated=1), Swept(), Swept()]
    told.assert_called_once_with(case_id=case_id)
    ring = CaseEvent.objects.get(move="ring")
    assert (ring.facts["overdue"], ring.by) == (["release/1"], "job")
    # between offices: the reporter reads nothing of it
    assert "ring" not in [one.move for one in followed(Case.objects.get(), LATE).story]
    assert faults() == []


def test_who_is_told_may_decide_at_the_nearest_place_above() -> None:
    case_id = make_case().held.id
    city, town, beside = (held_post(path) for path in (CITY, TOWN, TOWN))
    make_right(permit=permits.RELEASE.name, path=CITY, post_id=city)

    assert tell_late_words(case_id, actor=JOB, now=LATE) == 1
    make_right(permit=permits.RELEASE.name, path=TOWN, post_id=town)
    assert tell_late_words(case_id, actor=JOB, now=LATE) == 1

    assert told() == [city, town]
    assert beside not in told()
    assert "lamp" not in str(list(Message.objects.values_list("subject", "body")))


def test_whom_it_is_about_is_not_told_under_any_title_but_the_place_above_is_ap_07() -> None:
    mayor = make_account()
    accused, other = (make_post("head", path=TOWN) for _ in range(2))
    for post in (accused, other):
        make_holding(post, mayor)
        make_right(permit=permits.RELEASE.name, path=TOWN, post_id=post.pk)
    case_id = make_case(about_post_id=accused.pk).held.id

    assert tell_late_words(case_id, actor=JOB, now=LATE) == 0
    city = held_post(CITY)
    make_right(permit=permits.RELEASE.name, path=CITY, post_id=city)
    assert tell_late_words(case_id, actor=JOB, now=LATE) == 1

    assert told() == [city]


def test_an_empty_chair_swallows_no_message() -> None:
    case_id = make_case().held.id
    empty, city = make_post("official", path=TOWN).pk, held_post(CITY)
    for path, post in ((TOWN, empty), (CITY, city)):
        make_right(permit=permits.RELEASE.name, path=path, post_id=post)

    assert tell_late_words(case_id, actor=JOB, now=LATE) == 1

    assert told() == [city]


def test_nobody_is_told_of_what_was_decided_and_only_the_job_tells() -> None:
    case_id = make_case().held.id
    town = make_post("official", path=TOWN)
    make_right(permit=permits.RELEASE.name, path=TOWN, post_id=town.pk)
    with pytest.raises(NotAllowed):
        tell_late_words(case_id, actor=READER, now=LATE)
    read_words(case_id)

    assert tell_late_words(case_id, actor=JOB, now=LATE) == 0
    assert tell_late_words(987654, actor=JOB, now=LATE) == 0
    assert not Message.objects.exists()


def test_the_queue_has_what_is_late_first_by_its_words_and_not_by_its_case() -> None:
    old = make_case(now=NOON - timedelta(days=9), said="早来的")
    new = make_case(now=NOON - timedelta(days=1), said="后来的")
    read_words(old.held.id, now=NOON - timedelta(days=9))
    with transaction.atomic():
        words.add_words(At(old.held.id), "又来的", actor=NOBODY, now=NOON)

    first = queries.queue(READER, limit=1)
    second = queries.queue(READER, limit=1, cursor=first.next)

    assert [row.number for row in (*first.items, *second.items)] == [
        new.held.number, old.held.number,
    ]  # fmt: skip
    assert second.next is None
    assert second.items[0].due_at == clock(3).due_at
    assert queries.next_number(READER, Case.objects.get(pk=new.held.id)) == old.held.number


def test_the_page_says_what_is_late() -> None:
    late = make_case(now=NOON - timedelta(days=9)).held.number

    page = client_of(READER).get("/en/release/").content.decode()

    assert late in page
    assert "days late" in page


def test_words_from_before_there_was_a_clock_are_not_lost() -> None:
    opened = make_case()
    CaseClock.objects.filter(key="release/1").update(key="before")

    (row,) = queries.queue(READER).items

    assert (row.number, last_day(row.due_at)) == (
        opened.held.number, NOON.date() + timedelta(days=1),
    )  # fmt: skip
