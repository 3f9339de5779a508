"""What notices of the payment system say, read with every doubt; whether one fits its order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from linli.exchange.rules.hall import NoSense, digest_of, moment_of
from linli.exchange.types.payments import Doubt, NoPaid, Paid, PayDay, Standing

NUMBER, MOST_FEN = 64, 2**31 - 1
BACK = "-R"


def read_notice(row: Any) -> Paid | NoPaid:
    """Return a payment; a row that makes no sense is kept for a person to see."""
    try:
        return _paid(row)
    except (NoSense, ValueError, OverflowError):
        return NoPaid(f"?{digest_of(row)[:20]}")


def _paid(row: Any) -> Paid:
    if not isinstance(row, Mapping):
        raise NoSense("payment")
    return Paid(
        _number(row, "trade"), _number(row, "order"), _fen(row.get("amount_fen")),
        moment_of(row.get("paid_at")),
    )  # fmt: skip


def _number(row: Mapping[str, Any], key: str) -> str:
    said = row.get(key)
    if not isinstance(said, str) or not 0 < len(said) <= NUMBER or not said.isprintable():
        raise NoSense(key)
    if said != said.strip() or said.startswith("?"):
        raise NoSense(key)
    return said


def _fen(said: Any) -> int:
    # 10.0, "1000" and true are no amounts in fen
    if type(said) is not int or not 0 < said <= MOST_FEN:
        raise NoSense("amount_fen")
    return said


def doubt_about(amount_fen: int, order: Standing | None) -> Doubt | None:
    """Say why a payment cannot be taken by itself; None if it fits its order."""
    if order is None:
        return Doubt.UNKNOWN_ORDER
    if amount_fen != order.amount_fen:
        return Doubt.WRONG_AMOUNT
    if order.was_paid:
        return Doubt.PAID_BEFORE
    if order.was_closed:
        return Doubt.TOO_LATE
    if order.has_ended:
        return Doubt.ENDED
    if order.was_renewed and order.open_fen:
        # as if it had been paid before: what is too much now shows as to go back
        return None
    return None if amount_fen <= order.open_fen else Doubt.NOTHING_OPEN


def goes_back_by_itself(doubt: Doubt | None, order: Standing | None) -> bool:
    """Say whether a payment goes back without a person: the asked sum, too late, and nothing is owed.

    What came late and is owed is taken: nobody pays twice for having paid late.
    """
    if order is None or order.was_paid:
        return False
    late = order.has_expired or order.was_renewed
    return late and doubt in (Doubt.ENDED, Doubt.NOTHING_OPEN)


def has_run_out(last_day: date | None, today: date) -> bool:
    """Say whether the last day of an order is over; one without a day holds until it is withdrawn."""
    return last_day is not None and last_day < today


def runs_past_use(last_day: date | None, use_on: date | None, today: date) -> bool:
    """Say whether a number takes money until after the day of what is paid for, which is still to come."""
    return last_day is not None and use_on is not None and today <= use_on < last_day


def sums_of(
    payments: Iterable[tuple[str, int]], refunds: Iterable[tuple[str, int]]
) -> dict[str, str]:
    """Return number → fen of a day, to be compared; all that went back of a payment is one row."""
    found: dict[str, int] = dict(payments)
    for trade, fen in refunds:
        found[trade + BACK] = found.get(trade + BACK, 0) - fen
    return {number: str(fen) for number, fen in found.items()}


def read_day(said: Any) -> PayDay:
    """Return what the payment system counts of a day. Raises NoSense."""
    if not isinstance(said, Mapping):
        raise NoSense("day")
    try:
        on = date.fromisoformat(said.get("day", ""))
    except (TypeError, ValueError):
        raise NoSense("day") from None
    return PayDay(on, sums_of(_rows(said, "payments"), _rows(said, "refunds")))


def _rows(said: Mapping[str, Any], key: str) -> list[tuple[str, int]]:
    rows = said.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise NoSense(key)
    return [(_number(row, "trade"), _fen(row.get("amount_fen"))) for row in rows]
