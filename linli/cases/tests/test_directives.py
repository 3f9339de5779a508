"""Tasks with a day: signed for, objected to, reported back, struck off; one post or several."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from linli.cases import permits, tasks
from linli.cases.errors import ChildrenOpen, DayGone, Missing, NotForVillages, NotTheLead
from linli.cases.models import (
    Assignment,
    Case,
    CaseClock,
    CaseEvent,
    CaseLink,
    InternalWords,
    PublicWords,
)
from linli.cases.queries.reading import visible_cases
from linli.cases.queries.telling import row_of, told_rows
from linli.cases.services import directives
from linli.cases.services.sweeping import sweep
from linli.cases.testing import faults, move
from linli.cases.tests.offices import CITY, SECOND, TOWN, VILLAGE, at, last_day, person, post_at
from linli.cases.types.moves import At
from linli.cases.types.openings import Directing
from linli.kernel.errors import NotAllowed, WrongState
from linli.kernel.permits import VAULT, Actor, Grant, system_actor
from linli.kernel.testing import client_of
from linli.orgs.models import PostHolding

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
DUE = date(2026, 9, 1)
GIVES = (permits.SEE, permits.HANDLE, permits.DIRECT, permits.DISPATCH)


def mayor(post: int) -> Actor:
    return person(TOWN, *GIVES, posts=(post,))


def chair(post: int, path: str = VILLAGE) -> Actor:
    """The head of a village may give tasks there too, but not decide on those from above."""
    return person(path, *GIVES, posts=(post,))


def task(*posts: int, **given: object) -> Directing:
    told = {
        "place": "441900005", "title": "Clear the drains", "text": "All along the road.",
        "due_on": DUE, "posts": posts, "basis": "VCL art. 43", "cost": "town budget",
    }  # fmt: skip
    return Directing(**{**told, **given})  # type: ignore[arg-type]


def handed_down() -> tuple[int, Actor, Actor]:
    """Return a task for one village, who gave it, and who has it."""
    head, village = post_at(TOWN), post_at(VILLAGE)
    (opened,) = directives.open_directive(task(village), actor=mayor(head), now=at("2026-08-10"))
    return opened.held.id, mayor(head), chair(village)


def test_a_task_has_the_day_that_was_given_and_the_post_that_it_was_given_to() -> None:
    case_id, giver, taker = handed_down()

    case = Case.objects.get()
    assert (case.number, case.path, case.state) == ("JD-2026-0001", VILLAGE, "sent")
    assert case.lead_post_id in taker.posts
    assert last_day(case_id, "finish") == DUE
    assert last_day(case_id, "sign") == date(2026, 8, 11)
    part = Assignment.objects.get()
    assert (part.state, part.from_post_id in giver.posts) == ("accepted", True)
    assert visible_cases(taker).exists()
    assert faults() == []


def test_one_post_gives_a_task_also_where_the_giver_holds_another_post() -> None:
    head, village, other = post_at(TOWN), post_at(VILLAGE), post_at(VILLAGE)
    giver = mayor(head)
    below = tuple(Grant(permit.name, VILLAGE, VAULT, post_id=other) for permit in GIVES)
    both = replace(giver, grants=(*giver.grants, *below), posts=frozenset({head, other}))

    directives.open_directive(task(village, head), actor=both, now=at("2026-08-10"))

    assert Assignment.objects.count() == 3
    assert {one.from_post_id for one in Assignment.objects.all()} == {head}
    assert {one.post_id for one in CaseEvent.objects.filter(move="open")} == {head}


def test_it_is_signed_for_reported_back_sent_back_and_struck_off() -> None:
    case_id, giver, taker = handed_down()
    move(case_id, "sign", taker, now=at("2026-08-11"))
    move(case_id, "feed_back", taker, now=at("2026-08-20"), public={"text": "Done."})
    assert CaseClock.objects.get(key="finish").state == "met"
    move(case_id, "send_back", giver, now=at("2026-08-24"), internal={"reason": "half of it"})
    # the four days at the office that checks do not count
    assert last_day(case_id, "finish") == date(2026, 9, 5)
    move(case_id, "feed_back", taker, now=at("2026-08-28"), public={"text": "All."})
    move(case_id, "strike_off", giver, now=at("2026-08-29"))

    case = Case.objects.get()
    assert (case.state, case.stage, case.is_open) == ("struck_off", "solved", False)
    assert faults() == []


@pytest.mark.parametrize("name", ["strike_off", "send_back", "cancel"])
def test_whoever_has_a_task_does_not_decide_on_it(name: str) -> None:
    case_id, _giver, taker = handed_down()
    move(case_id, "sign", taker)
    move(case_id, "feed_back", taker, public={"text": "Done."})

    with pytest.raises(NotAllowed):
        move(case_id, name, taker, internal={"reason": "x"})

    assert Case.objects.get().state == "fed_back"


def test_another_of_the_office_above_strikes_off_for_whoever_gave_it() -> None:
    case_id, _giver, taker = handed_down()
    move(case_id, "sign", taker)
    move(case_id, "feed_back", taker, public={"text": "Done."})
    successor = mayor(post_at(TOWN))

    move(case_id, "strike_off", successor)

    assert Case.objects.get().stage == "solved"


@pytest.mark.parametrize("name", ["strike_off", "send_back", "cancel", "day"])
def test_a_town_does_not_decide_on_what_the_city_gave_to_its_village(name: str) -> None:
    """BU-26: whoever gave the task decides."""
    city, village = post_at(CITY, kind="head"), post_at(VILLAGE)
    giver = person(CITY, *GIVES, posts=(city,))
    given = task(village, place="441900")
    (opened,) = directives.open_directive(given, actor=giver, now=at("2026-08-10"))
    case_id, taker, town = opened.held.id, chair(village), mayor(post_at(TOWN))
    move(case_id, "sign", taker)
    if name != "day":
        move(case_id, "feed_back", taker, public={"text": "Done."})
    seq, told = Case.objects.get().seq, {"reason": "x"}

    with pytest.raises(NotAllowed), transaction.atomic():
        if name == "day":
            directives.set_due_day(
                At(case_id), date(2026, 9, 9), reason="x", actor=town, now=at("2026-08-11")
            )
        move(case_id, name, town, internal=told)

    assert Case.objects.get().seq == seq
    listed = told_rows(town, [row_of(Case.objects.get())], at("2026-08-11"))
    assert listed[0].step not in ("销号", "Strike it off")
    successor = replace(giver, posts=frozenset({post_at(CITY)}))
    if name == "day":
        directives.set_due_day(
            At(case_id), date(2026, 9, 9), reason="x", actor=successor, now=at("2026-08-11")
        )
    else:
        move(case_id, name, successor, internal=told)
    assert faults() == []


def test_the_place_above_steps_in_once_nobody_holds_the_post_that_gave_it() -> None:
    city, village = post_at(CITY, kind="head"), post_at(VILLAGE)
    giver = person(CITY, *GIVES, posts=(city,))
    directives.open_directive(task(village, place="441900"), actor=giver, now=at("2026-08-10"))
    PostHolding.objects.filter(post_id=city).update(until=date(2026, 8, 10), end_reason="resigned")

    move(Case.objects.get().pk, "cancel", mayor(post_at(TOWN)), internal={"reason": "x"})

    assert Case.objects.get().state == "cancelled"


def test_another_post_of_the_village_does_not_sign() -> None:
    case_id, _giver, taker = handed_down()

    with pytest.raises(NotTheLead):
        move(case_id, "sign", chair(max(taker.posts) + 99))


def test_while_an_objection_is_decided_time_stands_still() -> None:
    case_id, giver, taker = handed_down()
    move(case_id, "object", taker, now=at("2026-08-12"), internal={"reason": "not ours (BU-26)"})
    assert Case.objects.get().due_clock == "answer_objection"

    move(case_id, "insist", giver, now=at("2026-08-15"), internal={"reason": "list, no. 12"})

    assert last_day(case_id, "finish") == date(2026, 9, 4)
    assert faults() == []


def test_late_is_late_and_struck_off_late_stays_late() -> None:
    case_id, giver, taker = handed_down()
    move(case_id, "sign", taker, now=at("2026-08-11"))

    assert sweep(actor=SYSTEM, now=at("2026-09-03")).overdue == 1
    move(case_id, "feed_back", taker, now=at("2026-09-04"), public={"text": "Done."})
    move(case_id, "strike_off", giver, now=at("2026-09-05"))

    assert CaseClock.objects.get(key="finish").state == "late"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"due_on": date(2026, 8, 9)}, DayGone),
        ({"due_on": date(2036, 8, 9)}, DayGone),
        ({"posts": ()}, Missing),
        ({"posts": (999_999,)}, Missing),
        ({"text": " "}, Missing),
        ({"title": " "}, Missing),
        ({"basis": ""}, NotForVillages),
        ({"cost": " "}, NotForVillages),
        ({"posts": (), "places": ("441900005002",)}, Missing),
    ],
)
def test_what_may_not_be_handed_down_is_refused_whole(
    given: dict[str, object], refusal: type
) -> None:
    head, village = post_at(TOWN), post_at(VILLAGE)
    post_at(SECOND, is_held=False)

    with pytest.raises(refusal):
        directives.open_directive(
            task(**{"posts": (village,), **given}), actor=mayor(head), now=at("2026-08-10")
        )

    assert not Case.objects.exists()


def test_the_office_of_another_town_gets_no_task() -> None:
    head, own = post_at(TOWN), post_at(VILLAGE)
    far = post_at("441900/441900006/")

    with pytest.raises(NotAllowed):
        directives.open_directive(task(own, far), actor=mayor(head), now=at("2026-08-10"))

    assert not Case.objects.exists()


def test_a_village_gives_tasks_to_its_own_posts_without_a_basis_from_above() -> None:
    head, other = post_at(VILLAGE), post_at(VILLAGE)
    given = task(other, place="441900005001", basis="", cost="")

    (opened,) = directives.open_directive(given, actor=chair(head), now=at("2026-08-10"))

    assert opened.held.path == VILLAGE


def round_of_two() -> tuple[int, list[int], Actor, list[Actor]]:
    head, first = post_at(TOWN), post_at(VILLAGE)
    second = post_at(SECOND)
    whole, *parts = directives.open_directive(
        task(first, places=("441900005002",)), actor=mayor(head), now=at("2026-08-10")
    )
    takers = [chair(first), chair(second, SECOND)]
    return whole.held.id, [one.held.id for one in parts], mayor(head), takers


def test_several_posts_get_a_task_each_and_the_round_waits_for_all() -> None:
    whole, parts, giver, takers = round_of_two()
    assert Case.objects.get(pk=whole).path == TOWN
    paths = Case.objects.filter(pk__in=parts).order_by("pk").values_list("path", flat=True)
    assert list(paths) == [VILLAGE, SECOND]
    assert CaseLink.objects.filter(to_id=whole, kind="child_of", is_required=True).count() == 2
    for taker, own in zip(takers, parts, strict=True):
        assert set(visible_cases(taker).values_list("pk", flat=True)) == {own}

    with pytest.raises(ChildrenOpen):
        move(whole, "complete", giver)
    for taker, own in zip(takers, parts, strict=True):
        move(own, "sign", taker)
        move(own, "feed_back", taker, public={"text": "Done."})
        move(own, "strike_off", giver)
        tasks.follow_up(own)
        tasks.follow_up(own)

    assert Case.objects.get(pk=whole).state == "complete"
    assert faults() == []


def test_a_round_that_waits_says_for_how_many_parts_and_why_it_is_refused() -> None:
    whole, _parts, giver, _takers = round_of_two()
    case = Case.objects.get(pk=whole)
    client, sheet = client_of(giver), f"/en/desk/cases/{case.number}/"

    page = client.get(sheet).content.decode()
    sent = {"expected_seq": case.seq, "key": str(uuid4())}
    pressed = client.post(f"{sheet}complete", sent)

    assert "its 2 open parts are: JD-" in page and "/complete" not in page
    assert pressed.status_code == 409
    assert "is still open: JD-" in pressed.content.decode()
    assert Case.objects.get(pk=whole).state == "out"


def test_a_round_of_which_every_part_was_taken_back_is_not_called_done() -> None:
    whole, parts, giver, _takers = round_of_two()

    for own in parts:
        move(own, "cancel", giver, internal={"reason": "no longer needed"})
        tasks.follow_up(own)

    assert Case.objects.get(pk=whole).state == "out"
    move(whole, "cancel", giver, internal={"reason": "no longer needed"})
    assert Case.objects.get(pk=whole).stage == "ended"


@pytest.mark.parametrize("day", [date(2026, 8, 20), date(2026, 10, 31)])
def test_whoever_gave_a_task_moves_its_day_both_ways(day: date) -> None:
    case_id, giver, _taker = handed_down()

    with transaction.atomic():
        directives.set_due_day(At(case_id), day, reason="Rain.", actor=giver, now=at("2026-08-12"))

    assert last_day(case_id, "finish") == day
    assert faults() == []


def test_the_day_is_exact_also_after_time_stood_still() -> None:
    case_id, giver, taker = handed_down()
    move(case_id, "object", taker, now=at("2026-08-12"), internal={"reason": "x"})
    move(case_id, "insist", giver, now=at("2026-08-15"), internal={"reason": "y"})

    directives.set_due_day(At(case_id), DUE, reason="As said.", actor=giver, now=at("2026-08-16"))

    assert last_day(case_id, "finish") == DUE


def test_who_has_a_task_does_not_move_its_day() -> None:
    case_id, giver, taker = handed_down()

    with pytest.raises(NotAllowed):
        directives.set_due_day(
            At(case_id), date(2026, 12, 1), reason="x", actor=taker, now=at("2026-08-12")
        )
    with pytest.raises(DayGone):
        directives.set_due_day(
            At(case_id), date(2026, 8, 1), reason="x", actor=giver, now=at("2026-08-12")
        )
    move(case_id, "cancel", giver, internal={"reason": "x"})
    with pytest.raises(WrongState):
        directives.set_due_day(
            At(case_id), date(2026, 12, 1), reason="x", actor=giver, now=at("2026-08-12")
        )

    assert last_day(case_id, "finish") == DUE


def test_a_round_taken_back_is_taken_back_from_everybody_who_still_has_a_part() -> None:
    whole, (first, second), giver, (taker, other) = round_of_two()
    move(first, "sign", taker)
    move(first, "feed_back", taker, public={"text": "Done."})
    move(first, "strike_off", giver)
    move(second, "object", other, internal={"reason": "not ours"})
    with pytest.raises(NotAllowed):
        move(whole, "cancel", taker, internal={"reason": "x"})
    assert Case.objects.get(pk=second).state == "objected"

    move(whole, "cancel", giver, internal={"reason": "no longer needed"})

    states = Case.objects.filter(pk__in=(whole, first, second)).order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["cancelled", "struck_off", "cancelled"]
    assert not CaseClock.objects.filter(state__in=("running", "paused")).exists()
    taken = CaseEvent.objects.get(case_id=second, move="cancel")
    assert InternalWords.objects.get(event=taken).said["reason"] == "no longer needed"
    assert sweep(actor=SYSTEM, now=at("2026-09-03")).overdue == 0
    assert faults() == []


def test_another_day_of_a_round_is_the_day_of_every_part_that_is_open() -> None:
    whole, (first, second), giver, (taker, other) = round_of_two()
    move(second, "object", other, now=at("2026-08-12"), internal={"reason": "x"})
    day = date(2026, 9, 20)

    directives.set_due_day(At(whole), day, reason="Rain.", actor=giver, now=at("2026-08-14"))

    assert [last_day(pk, "finish") for pk in (whole, first, second)] == [day] * 3
    assert PublicWords.objects.get(event__case=first, event__move="set_day").said == {
        "text": "Rain."
    }
    move(second, "insist", giver, now=at("2026-08-15"), internal={"reason": "y"})
    # three days stood still
    assert last_day(second, "finish") == date(2026, 9, 23)
    assert faults() == []


def test_a_part_that_was_reported_back_has_the_new_day_once_it_is_sent_back() -> None:
    whole, (first, _second), giver, (taker, _other) = round_of_two()
    move(first, "sign", taker, now=at("2026-08-11"))
    move(first, "feed_back", taker, now=at("2026-08-12"), public={"text": "Done."})

    for day in (date(2026, 9, 25), date(2026, 9, 20)):
        directives.set_due_day(
            At(whole), day, reason="Rain.", actor=giver, now=at("2026-08-12", 12)
        )
    move(first, "send_back", giver, now=at("2026-08-12", 14), internal={"reason": "half"})

    assert last_day(first, "finish") == date(2026, 9, 20)
    assert faults() == []
