"""A draw that is made late draws nobody for what is past, waits on the desk, and closes its own windows alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from linli.kernel.draw_files import check
from linli.kernel.testing import client_of, make_actor
from linli.notify.models import Delivery
from linli.offerings import desk, permits
from linli.offerings.errors import DatesOver, WaitsForDraw
from linli.offerings.models import Appointment, DrawRound
from linli.offerings.queries.rounds_due import to_draw
from linli.offerings.services import drawing, draws_off, rounds
from linli.offerings.tests.test_rounds import AFTER, FACTS, FIRST, LAST, announced, entered
from linli.offerings.tests.visit_samples import (
    CLERK,
    KEEPER,
    NOON,
    SYSTEM,
    at,
    make_visit,
    make_window,
)
from linli.offerings.types.rounds import RoundFacts

pytestmark = pytest.mark.django_db


def test_nobody_is_drawn_for_a_day_that_is_past_and_the_file_still_holds() -> None:
    one, _window = announced()
    for number in range(6):
        entered(one, number)
    one = drawing.close_round(one, actor=SYSTEM, now=AFTER)
    late = at(600, FIRST)

    one = drawing.draw_round(one, "", actor=KEEPER, now=late)
    drawing.finish_draw(one.pk, actor=SYSTEM, now=late)

    starts = Appointment.objects.values_list("starts_at", flat=True)
    assert len(starts) == 4 and {timezone.localdate(one) for one in starts} == {LAST}
    one.refresh_from_db()
    assert one.file and check(one.file).problems == ()


def test_once_all_its_dates_are_past_it_is_not_drawn_any_more_and_is_called_off_by_itself() -> None:
    one, window = announced()
    mine = entered(one, 1)
    one = drawing.close_round(one, actor=SYSTEM, now=AFTER)
    over = at(1, LAST + timedelta(days=1))
    with pytest.raises(DatesOver):
        drawing.draw_round(one, "", actor=KEEPER, now=over)
    one.refresh_from_db()
    assert one.state == "closed" and not Appointment.objects.exists()
    assert draws_off.call_off_over(actor=SYSTEM, now=at(1, LAST)) == 0
    before = Delivery.objects.count()

    assert draws_off.call_off_over(actor=SYSTEM, now=over) == 1
    assert draws_off.call_off_over(actor=SYSTEM, now=over) == 0

    one.refresh_from_db()
    mine.refresh_from_db()
    assert one.state == "called_off" and mine.told_at == over
    assert Delivery.objects.count() == before + 1
    assert make_visit(window, 510, on=LAST + timedelta(days=1), now=over)


def test_a_draw_that_breaks_holds_no_other_up(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, _window = announced()
    entered(broken, 1)
    other, _window = announced()
    mine = entered(other, 2)
    tell = draws_off.tell

    def breaks(entry: Any, *given: Any, **named: Any) -> None:
        if entry.round_id == broken.pk:
            raise ValueError("broken")
        tell(entry, *given, **named)

    monkeypatch.setattr(draws_off, "tell", breaks)

    assert draws_off.call_off_over(actor=SYSTEM, now=at(1, LAST + timedelta(days=1))) == 1

    for one in (broken, other, mine):
        one.refresh_from_db()
    assert (broken.state, other.state) == ("open", "called_off") and mine.told_at is not None


def test_a_draw_that_waits_stands_on_the_desk_of_who_keeps_the_windows() -> None:
    one, _window = announced()
    elsewhere = make_actor("other", permits.WINDOWS, at="441900/441900006/")
    assert not to_draw(KEEPER, NOON).exists()
    DrawRound.objects.update(takes_until=timezone.now() - timedelta(minutes=1))

    assert [item.title for item in desk.draws_to_make(KEEPER, FIRST, 9)] == [one.name]
    assert desk.draws_to_make(CLERK, FIRST, 9) == []
    assert desk.draws_to_make(elsewhere, FIRST, 9) == []
    DrawRound.objects.update(state="called_off")
    assert desk.draws_to_make(KEEPER, FIRST, 9) == []


def test_a_draw_for_one_item_leaves_the_windows_open_that_do_something_else() -> None:
    marriages = make_window(items=("marriage",))
    permits_of_stay = make_window(marriages.centre.organisation, "2", items=("residence-permit",))
    anything = make_window(marriages.centre.organisation, "3")
    facts = RoundFacts("结婚登记", FIRST, LAST, FACTS.takes_until, item="marriage")

    rounds.open_round(marriages.centre_id, marriages.path, facts, actor=KEEPER, now=NOON)

    assert make_visit(permits_of_stay, 510, on=FIRST).state == "booked"
    for window in (marriages, anything):
        with pytest.raises(WaitsForDraw):
            make_visit(window, 510, on=FIRST)
    assert Appointment.objects.count() == 1
    code = marriages.centre.organisation.code
    assert client_of(KEEPER).get(f"/en/windows/{code}/draws/").status_code == 200
