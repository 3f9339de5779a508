"""Duty rosters: shifts that need somebody, posts in turn, swaps that both agree to, and no counting of anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from linli.grid import permits
from linli.grid.errors import AlreadyThere, DayIsPast, Over
from linli.grid.models import Team, WatchNote, WatchSeat, WatchSwap
from linli.grid.queries import watch as queries
from linli.grid.rules import watch as rules
from linli.grid.rules.calendar_file import Entry, calendar_text
from linli.grid.services import swaps, teams, watch
from linli.grid.testing import NOON, TODAY, make_worker
from linli.grid.types.watch import Seat, ShiftOn, TeamFacts
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.permits import Actor
from linli.kernel.testing import VILLAGE, client_of, make_actor, post_json
from linli.orgs.models import PostHolding
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
FACTS = TeamFacts("Night watch", "patrol", 12, "every", ("evening",))
OFFICE = make_actor("office", permits.SEE, permits.KEEP)


def team(**more: object) -> Team:
    return teams.add_team(make_village(), replace(FACTS, **more), actor=OFFICE, now=NOON)


def worker() -> tuple[Actor, int]:
    actor, post = make_worker(make_village())
    make_holding(post, "Mo")
    return replace(actor, account_id=post.pk), post.pk


def duty(at: Team, post: int, on: date = TOMORROW, shift: str = "evening") -> WatchSeat:
    return watch.put_on_duty(at, Seat(on, shift, post), actor=OFFICE, now=NOON)


def test_rest_days_and_working_days_need_whom_the_team_says() -> None:
    week = [date(2026, 8, 10) + timedelta(days=n) for n in range(7)]

    def is_work(day: date) -> bool:
        return day.weekday() < 5

    assert [one.on.day for one in rules.needed("rest", ("day",), week, is_work)] == [15, 16]
    assert len(rules.needed("work", ("day", "night"), week, is_work)) == 10
    assert len(rules.needed("every", ("day",), week, is_work)) == 7


def test_posts_take_turns_and_nobody_stands_twice_on_a_day_while_another_is_free() -> None:
    wanted = [ShiftOn(TODAY, "day"), ShiftOn(TODAY, "night"), ShiftOn(TOMORROW, "day")]
    known = [Seat(TODAY, "day", 1)]

    made = rules.rotation(wanted, [1, 2, 3], known, seats=1)

    assert [(seat.on, seat.shift, seat.post_id) for seat in made] == [
        (TODAY, "night", 2), (TOMORROW, "day", 3),
    ]  # fmt: skip
    # one post alone takes both shifts of a day, but no seat of the same shift twice
    assert len(rules.rotation(wanted, [7], (), seats=2)) == 3
    assert rules.rotation([], [1], (), seats=1) == []


def test_a_team_is_a_number_and_the_month_shows_what_is_open() -> None:
    at = team()
    _actor, post = worker()
    duty(at, post)

    span = [TODAY, TOMORROW]
    views = queries.roster(at, span, OFFICE)

    assert [view.is_gap for view in views] == [True, False]
    assert queries.people_by_kind(VILLAGE) == {"patrol": 12}
    names = {field.name for field in WatchSeat._meta.fields}
    assert names == {"id", "team", "on", "shift", "post", "part"}


def test_a_vacant_post_fills_no_shift() -> None:
    at = team()
    vacant = make_post(make_organisation(at=make_village()))
    duty(at, vacant.pk)

    assert [view.at.on for view in queries.open_shifts(at, [TOMORROW], OFFICE)] == [TOMORROW]


def test_a_post_whose_holder_is_shut_out_fills_no_shift() -> None:
    at = team()
    _actor, post = worker()
    duty(at, post)
    assert queries.open_shifts(at, [TOMORROW], OFFICE) == []

    PostHolding.objects.filter(post_id=post).update(is_shut_out=True)

    (view,) = queries.open_shifts(at, [TOMORROW], OFFICE)
    assert not view.seats[0].holders


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "called"), ({"kind": "army"}, "kind"), ({"days": "never"}, "days"),
        ({"shifts": ()}, "shifts"), ({"shifts": ("noon",)}, "shifts"), ({"people": -1}, "people"),
        ({"seats": 0}, "seats"),
    ],
)  # fmt: skip
def test_a_team_that_cannot_be_is_refused(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        team(**wrong)

    assert field in fault.value.fields
    assert not Team.objects.exists()


def test_only_who_keeps_the_village_enters_teams_and_fills_rosters() -> None:
    at = team()
    actor, post = worker()

    with pytest.raises(NotAllowed):
        teams.add_team(make_village(), replace(FACTS, name="B"), actor=actor, now=NOON)
    with pytest.raises(NotAllowed):
        watch.put_on_duty(at, Seat(TOMORROW, "evening", post), actor=actor, now=NOON)
    with pytest.raises(NotAllowed):
        watch.fill_roster(at, TODAY, [post], actor=actor, now=NOON)
    assert not WatchSeat.objects.exists()


def test_a_month_is_filled_once_from_today_on_and_twice_fills_nothing() -> None:
    at = team()
    _first, one = worker()
    _second, two = worker()

    made = watch.fill_roster(at, TODAY, [one, two], actor=OFFICE, now=NOON)
    again = watch.fill_roster(at, TODAY, [one, two], actor=OFFICE, now=NOON)

    assert (made, again) == (22, 0)
    assert WatchSeat.objects.order_by("on").first().on == TODAY  # type: ignore[union-attr]
    with pytest.raises(DayIsPast):
        watch.fill_roster(at, date(2026, 7, 1), [one], actor=OFFICE, now=NOON)
    with pytest.raises(Invalid):
        watch.fill_roster(at, TODAY, [one, 10**6], actor=OFFICE, now=NOON)


def test_the_past_stays_as_it_was() -> None:
    at = team()
    _actor, post = worker()
    seat = duty(at, post, TODAY)

    with pytest.raises(DayIsPast):
        duty(at, post, TODAY - timedelta(days=1))
    with pytest.raises(DayIsPast):
        watch.take_off_duty(seat, actor=OFFICE, now=NOON + timedelta(days=1))
    assert WatchSeat.objects.count() == 1


def test_a_post_stands_once_in_a_shift() -> None:
    at = team()
    _actor, post = worker()
    duty(at, post)

    with pytest.raises(AlreadyThere):
        duty(at, post)


def test_a_dissolved_team_keeps_its_past_and_loses_its_shifts_to_come() -> None:
    at = team()
    _actor, post = worker()
    duty(at, post, TODAY)
    duty(at, post, TOMORROW)

    with pytest.raises(Stale):
        teams.end_team(at, edition=9, actor=OFFICE, now=NOON)
    teams.end_team(at, actor=OFFICE, now=NOON)

    assert [seat.on for seat in WatchSeat.objects.all()] == [TODAY]
    with pytest.raises(Over):
        duty(at, post, TOMORROW)


def test_who_was_on_duty_hands_the_shift_over_and_a_stranger_does_not() -> None:
    at = team()
    actor, post = worker()
    stranger, _other = worker()
    duty(at, post, TODAY)
    shift = ShiftOn(TODAY, "evening")

    note = watch.write_note(at, shift, "Key is with Li.", actor=actor, now=NOON)
    with pytest.raises(NotAllowed):
        watch.write_note(at, shift, "Mine.", actor=stranger, now=NOON)
    with pytest.raises(Stale):
        watch.write_note(at, shift, "Again.", edition=9, actor=actor, now=NOON)
    with pytest.raises(Invalid):
        watch.write_note(at, shift, "Late.", actor=actor, now=NOON + timedelta(days=3))

    assert [one.text for one in WatchNote.objects.all()] == ["Key is with Li."]
    assert (
        watch.write_note(at, shift, "New.", edition=note.edition, actor=actor, now=NOON).edition
        == 2
    )


def test_a_swap_changes_both_shifts_once_the_other_agrees_and_not_before() -> None:
    at = team()
    me, mine = worker()
    her, hers = worker()
    first, second = duty(at, mine), duty(at, hers, TODAY)

    swap = swaps.ask_swap(first, hers, back=second, actor=me, now=NOON)
    assert WatchSeat.objects.get(pk=first.pk).post_id == mine
    with pytest.raises(NotFound):
        swaps.answer_swap(swap, "agree", actor=me, now=NOON)
    swaps.answer_swap(swap, "agree", actor=her, now=NOON)

    assert WatchSeat.objects.get(pk=first.pk).post_id == hers
    assert WatchSeat.objects.get(pk=second.pk).post_id == mine
    with pytest.raises(WrongState):
        swaps.answer_swap(swap, "refuse", actor=her, now=NOON)


def test_a_refused_swap_changes_nothing_and_nobody_else_may_ask_or_answer() -> None:
    at = team()
    me, mine = worker()
    her, hers = worker()
    other, _third = worker()
    seat = duty(at, mine)
    with pytest.raises(NotFound):
        swaps.ask_swap(seat, hers, actor=other, now=NOON)
    swap = swaps.ask_swap(seat, hers, actor=me, now=NOON)

    with pytest.raises(AlreadyThere):
        swaps.ask_swap(seat, hers, actor=me, now=NOON)
    with pytest.raises(NotFound):
        swaps.answer_swap(swap, "agree", actor=other, now=NOON)
    swaps.answer_swap(swap, "refuse", actor=her, now=NOON)

    assert WatchSeat.objects.get(pk=seat.pk).post_id == mine


def test_a_swap_is_not_agreed_to_when_its_day_is_past_or_the_other_stands_there_already() -> None:
    at = team(seats=2)
    me, mine = worker()
    her, hers = worker()
    seat = duty(at, mine)
    duty(at, hers)
    swap = swaps.ask_swap(seat, hers, actor=me, now=NOON)

    with pytest.raises(AlreadyThere):
        swaps.answer_swap(swap, "agree", actor=her, now=NOON)
    with pytest.raises(DayIsPast):
        swaps.answer_swap(swap, "agree", actor=her, now=NOON + timedelta(days=3))

    assert WatchSeat.objects.get(pk=seat.pk).post_id == mine
    assert WatchSwap.objects.get().state == "asked"


@pytest.mark.django_db(transaction=True)
def test_two_who_put_the_same_post_on_duty_at_once_make_one_seat() -> None:
    at = team()
    _actor, post = worker()
    start, refused = Barrier(2), []

    def go() -> None:
        try:
            start.wait()
            duty(at, post)
        except AlreadyThere as fault:
            refused.append(fault)
        finally:
            connection.close()

    both = [Thread(target=go) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert (WatchSeat.objects.count(), len(refused)) == (1, 1)


def test_the_calendar_file_folds_long_lines_and_ends_the_night_on_the_next_morning() -> None:
    entries = [
        Entry("a", TODAY, "night", "值班" * 40, "村委会; 一楼"), Entry("b", TODAY, "whole", "Day", ""),
    ]  # fmt: skip

    text = calendar_text(entries, now=NOON)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "DTSTART:20260810T150000Z\r\nDTEND:20260810T230000Z" in text
    assert "DTSTART;VALUE=DATE:20260810\r\nDTEND;VALUE=DATE:20260811" in text
    assert "LOCATION:村委会\\; 一楼" in text
    assert text.endswith("END:VCALENDAR\r\n")


def test_the_pages_and_the_api_show_a_roster_to_staff_of_the_village_alone() -> None:
    at = team()
    _actor, post = worker()
    duty(at, post)
    month = f"{TOMORROW:%Y-%m}"
    client = client_of(OFFICE)

    for path in (
        f"/en/grid/watch/teams/{at.pk}/?month={month}",
        f"/en/grid/watch/teams/{at.pk}/print/?month={month}",
    ):
        assert "Mo" in client.get(path).content.decode()
    told = client.get(f"/api/v1/grid/teams/{at.pk}/roster/?first={TOMORROW}&last={TOMORROW}").json()
    assert [seat["post_id"] for seat in told["items"][0]["seats"]] == [post]
    refused = post_json(
        client,
        f"/api/v1/grid/teams/{at.pk}/seats/",
        {"on": "2020-01-01", "shift": "evening", "post_id": post},
    )
    assert refused.status_code in (409, 422)
    away = client_of(make_actor("away", permits.SEE, at="441900/441900006/"))
    assert away.get(f"/api/v1/grid/teams/{at.pk}/roster/").status_code == 404
