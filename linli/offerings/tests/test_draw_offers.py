"""A date that falls free goes down the published line: offered with a term, taken, or to the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from linli.kernel.moments import minute_of
from linli.kernel.permits import NOBODY
from linli.kernel.testing import post_json, stop_clock
from linli.notify.models import Delivery
from linli.offerings.errors import NothingFree, TimeTaken
from linli.offerings.models import Appointment, DrawEntry, DrawRound
from linli.offerings.queries import rounds as queries
from linli.offerings.rules.draw_offers import offered_until
from linli.offerings.services import draw_offers, drawing, visits, windows
from linli.offerings.tests.test_rounds import AFTER, DAYS, FIRST, announced, drawn, entered
from linli.offerings.tests.visit_samples import KEEPER, NOON, SYSTEM, make_visit
from linli.offerings.types.visits import ClosingFacts, Why

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("left", "kept"), [(100, 24), (26, 24), (25, 23), (14, 12), (13.9, None), (1, None)])  # fmt: skip
def test_a_date_is_kept_for_the_next_unless_it_is_too_near(left: float, kept: float | None) -> None:
    until = offered_until(NOON, NOON + timedelta(hours=left), 24)

    assert until == (None if kept is None else NOON + timedelta(hours=kept))


def a_draw_with_a_line() -> tuple[DrawRound, DrawEntry, list[DrawEntry]]:
    """A draw that was made, one who was drawn for the first day, and who waits for that day, in line."""
    one, _window = announced()
    for number in range(12):
        entered(one, number, wishes=DAYS[:1] if number < 10 else DAYS[1:])
    one = drawn(one)
    assert one.file
    line = [DrawEntry.objects.get(sign=sign) for sign in one.file["waiting"]]
    winner = DrawEntry.objects.filter(
        visit__starts_at__lt=NOON + timedelta(days=7, hours=12)
    ).first()
    assert winner is not None
    return one, winner, [entry for entry in line if entry.wishes == DAYS[:1]]


def test_a_cancelled_date_is_offered_to_the_first_who_wished_it_and_to_the_next_when_she_passes() -> (
    None
):
    _one, winner, line = a_draw_with_a_line()
    assert winner.visit is not None
    told, time = Delivery.objects.count(), (winner.visit.window_id, winner.visit.starts_at)

    visits.cancel(winner.visit.code, actor=NOBODY, now=AFTER)

    first = queries.entry_called(line[0].code)
    assert first.visit is not None and first.visit.state == "offered"
    assert (first.visit.window_id, first.visit.starts_at) == time
    assert Delivery.objects.count() == told + 1
    with pytest.raises(TimeTaken):
        make_visit(first.visit.window, minute_of(time[1]), on=FIRST, now=AFTER)
    draw_offers.pass_on(line[0].code, actor=NOBODY, now=AFTER)
    with pytest.raises(NothingFree):
        draw_offers.take(line[0].code, actor=NOBODY, now=AFTER)
    draw_offers.take(line[1].code, actor=NOBODY, now=AFTER)
    second = queries.entry_called(line[1].code)
    assert second.visit is not None and second.visit.state == "booked"
    assert [queries.entry_called(one.code).visit is None for one in line[2:]] == [True] * (
        len(line) - 2
    )


def test_who_does_not_answer_within_the_term_is_passed_over_and_a_late_answer_takes_nothing() -> (
    None
):
    _one, winner, line = a_draw_with_a_line()
    assert winner.visit is not None
    visits.cancel(winner.visit.code, actor=NOBODY, now=AFTER)
    late = AFTER + timedelta(hours=24)

    assert draw_offers.lapse_due(actor=SYSTEM, now=late - timedelta(seconds=1)) == 0
    with pytest.raises(NothingFree):
        draw_offers.take(line[0].code, actor=NOBODY, now=late)
    assert draw_offers.lapse_due(actor=SYSTEM, now=late) == 1

    states = [getattr(queries.entry_called(one.code).visit, "state", "") for one in line[:3]]
    assert states == ["passed", "offered", ""]
    assert draw_offers.lapse_due(actor=SYSTEM, now=late) == 0


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at the draw."""
    stop_clock(monkeypatch, AFTER)


@pytest.mark.usefixtures("after")
def test_page_and_program_answer_an_offer(client: Client) -> None:
    _one, winner, line = a_draw_with_a_line()
    assert winner.visit is not None
    visits.cancel(winner.visit.code, actor=NOBODY, now=AFTER)
    own = f"/api/v1/draws/entries/{line[0].code}/"

    assert "fell free" in client.get(f"/en/draws/entries/{line[0].code}/").content.decode()
    assert client.get(own).json()["offer"]["until"] and client.get(own).json()["visit"] is None
    assert post_json(client, f"{own}pass").json()["offer"] is None
    assert post_json(client, f"{own}take").json()["code"] == "nothing_free"
    to = f"/en/draws/entries/{line[1].code}/"
    Appointment.objects.filter(state="offered").update(offered_until=None)
    assert client.post(f"{to}take", {"key": "a1b2c3d4e5f6a7c1"}).status_code == 303
    assert queries.entry_called(line[1].code).visit.state == "offered"  # type: ignore[union-attr]


def test_booking_and_telling_go_on_after_a_restart_and_a_day_closed_meanwhile_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing, "STEP", 3)
    one, window = announced()
    for number in range(12):
        entered(one, number)
    one = drawing.close_round(one, actor=SYSTEM, now=AFTER)
    one = drawing.draw_round(one, "", actor=KEEPER, now=AFTER)
    assert one.state == "booking" and not Appointment.objects.exists()
    assert drawing.tell_step(one.pk, actor=SYSTEM, now=AFTER) == 0

    assert drawing.book_step(one.pk, actor=SYSTEM, now=AFTER) == 3
    far = queries.progress_of([one])[one.pk]
    assert (far.booked, far.won, far.told, far.entered) == (3, 8, 0, 12) and not far.is_done
    storm = ClosingFacts(FIRST, FIRST, 0, 1440, Why.WEATHER)
    windows.close_days(window.centre_id, window.path, storm, actor=KEEPER, now=AFTER)
    before = Delivery.objects.count()
    assert queries.unfinished(AFTER) == [one.pk]
    drawing.finish_draw(one.pk, actor=SYSTEM, now=AFTER)

    one.refresh_from_db()
    assert one.state == "drawn" and one.plan is None and queries.unfinished(AFTER) == []
    states = list(Appointment.objects.order_by("starts_at").values_list("state", flat=True))
    assert states == ["closed"] * 4 + ["booked"] * 4
    assert DrawEntry.objects.filter(told_at__isnull=True).count() == 0
    drawing.finish_draw(one.pk, actor=SYSTEM, now=AFTER)
    assert Appointment.objects.count() == 8 and Delivery.objects.count() >= before + 8


@pytest.mark.parametrize("is_booking", [True, False])
def test_a_date_given_back_before_all_are_told_goes_down_the_line_and_nobody_is_told_wrongly(
    monkeypatch: pytest.MonkeyPatch, is_booking: bool
) -> None:
    monkeypatch.setattr(drawing, "STEP", 3)
    one, _window = announced()
    for number in range(12):
        entered(one, number)
    one = drawing.draw_round(
        drawing.close_round(one, actor=SYSTEM, now=AFTER), "", actor=KEEPER, now=AFTER
    )
    drawing.book_step(one.pk, actor=SYSTEM, now=AFTER)
    while not is_booking and drawing.book_step(one.pk, actor=SYSTEM, now=AFTER):
        pass
    early, before = Appointment.objects.earliest("pk"), Delivery.objects.count()
    visits.cancel(early.code, actor=NOBODY, now=AFTER)

    drawing.finish_draw(one.pk, actor=SYSTEM, now=AFTER)

    offered = Appointment.objects.get(state="offered")
    assert (offered.starts_at, offered.window_id) == (early.starts_at, early.window_id)
    one.refresh_from_db()
    assert one.state == "drawn" and one.file and offered.entry.sign == one.file["waiting"][0]
    told = Delivery.objects.order_by("pk").values_list("template", flat=True)[before:]
    kinds = [name.removeprefix("offerings.drawn_") for name in told]
    assert sorted(kinds) == ["offered", *["waits"] * 3, *["won"] * 7]
    assert not DrawEntry.objects.filter(told_at__isnull=True).exists()
