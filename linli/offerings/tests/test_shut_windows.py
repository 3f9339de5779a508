"""While the windows are shut nobody is served: a wait counts from when they open, on page, screens and API."""

from __future__ import annotations

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from linli.offerings.models import Ticket
from linli.offerings.queries import tickets as queries
from linli.offerings.rules.queueing import minutes_until, opens_next
from linli.offerings.tests.visit_samples import NOON, drawn, make_centre, make_window

pytestmark = pytest.mark.django_db
LUNCH = NOON + timedelta(minutes=37)
DAY = ((510, 720), (840, 1050))


@pytest.mark.parametrize(
    ("work", "minute", "told"),
    [(0, 600, 0), (16, 600, 16), (0, 757, 83), (16, 757, 99), (40, 700, 160), (20, 700, 140), (5, 480, 35), (9, 1060, 9)],
)  # fmt: skip
def test_nothing_is_done_while_all_windows_are_shut(work: int, minute: int, told: int) -> None:
    assert minutes_until(work, minute, DAY) == told


def test_of_a_window_without_hours_the_wait_is_told_as_before() -> None:
    assert minutes_until(16, 757, ()) == 16 and opens_next(757, ()) is None
    assert opens_next(757, DAY) == 840 and opens_next(600, DAY) is None
    assert opens_next(1060, DAY) is None


def test_in_the_break_a_ticket_waits_for_the_windows_to_open(client: Client) -> None:
    window = make_window()
    first, second = drawn(window, now=LUNCH), drawn(window, now=LUNCH)

    assert second.told_minutes == 83 + 8
    ahead = queries.ahead_of(first, LUNCH)
    assert (ahead.before, ahead.minutes, ahead.opens_at) == (0, 83, "14:00")
    with patch("django.utils.timezone.now", return_value=LUNCH):
        page = client.get(f"/zh-hans/tickets/{second.code}/").content.decode()
        next_one = client.get(f"/en/tickets/{first.code}/").content.decode()
        told = client.get(f"/api/v1/tickets/{second.code}/").json()
    assert "约91分钟" in page and "窗口14:00开" in page
    assert "You are next, in about 83 minutes" in next_one
    assert "The windows open at 14:00." in next_one
    assert told["minutes"] == 91 and told["opens_at"] == "14:00"


def test_in_the_break_all_screens_say_when_the_windows_open(client: Client) -> None:
    centre = make_centre()
    make_window(centre)
    code = centre.code
    with patch("django.utils.timezone.now", return_value=LUNCH):
        pages = [
            client.get(f"/zh-hans/{name.format(code)}/").content.decode()
            for name in ("visits/{}/ticket", "visits/{}/touch", "screens/{}")
        ]
        told = client.get(f"/api/v1/queues/{code}/").json()

    for one in pages:
        assert "约等83分钟" in one and "窗口14:00开" in one
    assert (told["minutes"], told["opens_at"]) == (83, "14:00")


def test_another_window_that_is_open_does_not_shorten_the_wait_for_one_that_is_shut() -> None:
    centre = make_centre()
    shut = make_window(centre, items=("hukou",))
    make_window(centre, "2", spans=((510, 1050),), items=("other",))
    mine = drawn(shut, group=shut.pk, now=LUNCH)

    assert queries.ahead_of(mine, LUNCH).minutes == 83
    assert queries.board_of(shut.centre_id, LUNCH).opens_at == ""


def test_with_open_windows_nothing_is_said_of_opening() -> None:
    window, morning = make_window(), datetime.fromisoformat("2026-11-24T10:00:00+08:00")
    drawn(window, now=morning)
    second = drawn(window, now=morning)

    assert Ticket.objects.get(pk=second.pk).told_minutes == 8
    assert queries.ahead_of(second, morning).opens_at == ""
    assert queries.board_of(window.centre_id, morning).minutes == 16
