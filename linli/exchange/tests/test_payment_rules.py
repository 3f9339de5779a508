"""What is believed of a notice of a payment, and whether it fits its order; no table is touched."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.exchange.rules import payments as rules
from linli.exchange.rules.hall import NoSense, compared
from linli.exchange.types.payments import Doubt, NoPaid, Paid, Standing

ROW = {"trade": "T1", "order": "JK-2026-0001", "amount_fen": 1000, "paid_at": "2026-08-10T09:00:00+08:00"}  # fmt: skip


def test_a_notice_is_read_with_its_sum_in_whole_fen() -> None:
    found = rules.read_notice({**ROW, "payer": "left out"})

    assert isinstance(found, Paid) and (found.trade, found.amount_fen) == ("T1", 1000)


@pytest.mark.parametrize(
    "more",
    [
        {"amount_fen": 10.0}, {"amount_fen": "1000"}, {"amount_fen": True}, {"amount_fen": 0},
        {"amount_fen": -5}, {"amount_fen": 2**31}, {"trade": ""}, {"trade": " T1"}, {"trade": "?x"},
        {"trade": "T\n1"}, {"order": None}, {"order": "x" * 65}, {"paid_at": "2026-08-10T09:00:00"},
        {"paid_at": "soon"},
    ],
)  # fmt: skip
def test_a_notice_that_makes_no_sense_is_kept_under_a_number_of_its_own(more: Any) -> None:
    found = rules.read_notice({**ROW, **more})

    assert isinstance(found, NoPaid) and found.trade.startswith("?")
    assert found == rules.read_notice({**ROW, **more}) and len(found.trade) <= rules.NUMBER


@pytest.mark.parametrize(
    ("fen", "order", "doubt"),
    [
        (1000, Standing(1000, 1000), None),
        (1000, None, Doubt.UNKNOWN_ORDER),
        (999, Standing(1000, 1000), Doubt.WRONG_AMOUNT),
        (1000, Standing(1000, 0, was_paid=True), Doubt.PAID_BEFORE),
        (1000, Standing(1000, 1000, was_closed=True), Doubt.TOO_LATE),
        (1000, Standing(1000, 1000, has_ended=True), Doubt.ENDED),
        (1000, Standing(1000, 900), Doubt.NOTHING_OPEN),
        (1000, Standing(1000, 1000, has_expired=True), None),
        (999, Standing(1000, 1000, has_expired=True), Doubt.WRONG_AMOUNT),
        (1000, Standing(1000, 0, has_expired=True), Doubt.NOTHING_OPEN),
        (1000, Standing(1000, 900, has_expired=True), Doubt.NOTHING_OPEN),
        (1000, Standing(1000, 900, was_renewed=True), None),
        (1000, Standing(1000, 1200, was_renewed=True), None),
        (1000, Standing(1000, 0, was_renewed=True), Doubt.NOTHING_OPEN),
        (1000, Standing(1000, 900, has_ended=True, was_renewed=True), Doubt.ENDED),
        (1000, Standing(1000, 900, was_paid=True, was_renewed=True), Doubt.PAID_BEFORE),
    ],
)
def test_a_payment_is_taken_by_itself_only_where_it_fits(
    fen: int, order: Standing | None, doubt: Doubt | None
) -> None:
    assert rules.doubt_about(fen, order) == doubt


@pytest.mark.parametrize(
    ("order", "goes_back"),
    [
        (Standing(1000, 0, has_expired=True), True),
        (Standing(1000, 1000, has_ended=True, has_expired=True), True),
        (Standing(1000, 1000, has_expired=True), False),
        (Standing(1000, 0, was_renewed=True), True),
        (Standing(1000, 900, was_renewed=True), False),
        # a person looks at these: nobody knows whether they were meant
        (Standing(1000, 0), False),
        (Standing(1000, 0, was_paid=True), False),
        (Standing(900, 0, has_expired=True), False),
        (None, False),
    ],
)
def test_only_what_came_late_for_nothing_goes_back_by_itself(
    order: Standing | None, goes_back: bool
) -> None:
    assert rules.goes_back_by_itself(rules.doubt_about(1000, order), order) == goes_back


def test_a_number_holds_through_its_last_day() -> None:
    last = date(2026, 8, 17)

    assert not rules.has_run_out(last, last) and rules.has_run_out(last, date(2026, 8, 18))
    assert not rules.has_run_out(None, date.max)


def test_a_day_is_compared_by_payment_and_by_what_went_back() -> None:
    said = {
        "day": "2026-08-10", "payments": [{"trade": "T1", "amount_fen": 1000}],
        "refunds": [{"trade": "T1", "amount_fen": 300}, {"trade": "T1", "amount_fen": 200}],
    }  # fmt: skip
    found = rules.read_day(said)

    assert found.on == date(2026, 8, 10) and found.sums == {"T1": "1000", "T1-R": "-500"}
    assert compared(found.sums, {"T1": "900", "T1-R": "-500"}) == [("T1", "other", "1000", "900")]
    for wrong in ({**said, "day": "x"}, {**said, "payments": None}, {**said, "refunds": [7]}, []):
        with pytest.raises(NoSense):
            rules.read_day(wrong)
