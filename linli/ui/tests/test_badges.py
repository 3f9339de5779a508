"""Counts beside the desk's entries: held for seconds, new for whoever just did something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from linli.kernel.permits import Actor, Grant
from linli.kernel.registries import DeskEntry
from linli.ui import badges

TODAY = date(2026, 11, 24)
CLERK = Actor(7, None, "clerk", (Grant("cases.see", "441900/", 3),))


class Work:
    """An entry whose work grows while nobody looks."""

    def __init__(self) -> None:
        self.waiting = self.asked = 0
        self.entry = DeskEntry(
            "work", "Work", "inbox", "portal:desk", (), order=1, count=self.count
        )

    def count(self, actor: Actor, on: date) -> int:
        self.asked += 1
        return self.waiting

    def shown(self, actor: Actor = CLERK, on: date = TODAY, *, current: str = "") -> int | None:
        return badges.counts_of(actor, on, [self.entry], current=current)["work"]


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    badges.look_again()
    yield
    badges.look_again()


def test_a_second_page_does_not_count_again() -> None:
    work = Work()
    first = work.shown()
    work.waiting = 3

    assert (first, work.shown(), work.asked) == (0, 0, 1)


def test_who_sent_something_sees_it_at_once_and_the_others_do_not_count_for_it() -> None:
    work, other = Work(), replace(CLERK, account_id=8)
    work.shown()
    work.shown(other)
    work.waiting = 2
    badges.forget(CLERK.account_id)

    assert (work.shown(), work.shown(other), work.asked) == (2, 0, 3)


def test_the_page_of_the_work_itself_is_never_behind() -> None:
    work = Work()
    work.shown()
    work.waiting = 5

    assert work.shown(current="work") == 5
    assert work.shown() == 5


@pytest.mark.parametrize(
    ("actor", "on"),
    [
        (replace(CLERK, grants=()), TODAY),
        (replace(CLERK, acting_for=9), TODAY),
        (CLERK, TODAY + timedelta(days=1)),
    ],
    ids=["other rights", "for somebody else", "the next day"],
)
def test_other_rights_and_another_day_count_anew(actor: Actor, on: date) -> None:
    work = Work()
    work.shown()
    work.waiting = 4

    assert work.shown(actor, on) == 4


def test_after_some_seconds_it_is_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    work, now = Work(), [100.0]
    monkeypatch.setattr(badges.time, "monotonic", lambda: now[0])
    work.shown()
    work.waiting = 6
    now[0] += badges.HELD_SECONDS - 0.1
    before = work.shown()
    now[0] += 0.2

    assert (before, work.shown()) == (0, 6)


def test_it_holds_a_bounded_number_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(badges, "MOST_HELD", 3)
    work = Work()
    for number in range(10):
        work.shown(replace(CLERK, account_id=number))

    assert len(badges._held) <= 3
