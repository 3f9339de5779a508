"""What the payment system says: who pays is no part of it, amounts are whole fen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from linli.kernel.fees import Paid as Noted
from linli.kernel.permits import Actor
from linli.kernel.registries import Registry


class Act(StrEnum):
    """What a letter to the payment system tells: it stands in the letter's `kind` and its body."""

    ORDER = "order"
    CLOSE = "close"
    REFUND = "refund"


class Doubt(StrEnum):
    """Why a notice of a payment waits for a person."""

    UNREADABLE = "unreadable"
    UNKNOWN_ORDER = "unknown_order"
    WRONG_AMOUNT = "wrong_amount"
    PAID_BEFORE = "paid_before"
    TOO_LATE = "too_late"
    ENDED = "ended"
    NOTHING_OPEN = "nothing_open"
    CHANGED_AFTER = "changed_after"


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment: `trade` is the payment system's own number of it, `order` ours."""

    trade: str
    order: str
    amount_fen: int
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class NoPaid:
    """A row that makes no sense, under a number of its own."""

    trade: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order stands when a notice comes: its sum, what is still to be paid, how it ended.

    `has_expired`: its last day was over, and nobody had withdrawn it; `was_renewed`: another sum is owed
    now than it asks for, under another number or, until its job came by, still under this one.
    """

    amount_fen: int
    open_fen: int
    was_paid: bool = False
    was_closed: bool = False
    has_ended: bool = False
    has_expired: bool = False
    was_renewed: bool = False


@dataclass(frozen=True, slots=True)
class PayDay:
    """What the payment system counts of a day: number → fen; what went back is negative."""

    on: date
    sums: Mapping[str, str]


class News(StrEnum):
    """What whoever owes a fee is told of it."""

    PAID = "paid"
    EXPIRED = "expired"
    RENEWED = "renewed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Owed:
    """A fee, with the row that owes it, which the transaction holds.

    `kind` and `id` name the row, as orders do; `has_ended`: nothing will be owed of it any more. `use_on` is
    the day of what is paid for, where there is one: no number that is given before it runs longer.
    """

    kind: str
    id: int
    path: str
    state: str
    open_fen: int
    has_ended: bool
    row: Any
    use_on: date | None = None


@dataclass(frozen=True, slots=True)
class Payable:
    """A kind of row whose fee may be paid over the payment system; its app says how.

    `hold` locks a row until the transaction ends (NotFound without it); `note` writes a payment down and
    returns the number of its receipt; `tell` tells whoever owes it, by the way she chose, what became of
    so much money; `page` returns what the row is called and the desk's page of it, empty where it is gone.
    """

    key: str
    hold: Callable[[int], Owed]
    note: Callable[[Owed, Noted, Actor, datetime], str]
    tell: Callable[[Owed, News, int, Mapping[str, str], datetime], None]
    page: Callable[[int], tuple[str, str]]


PAYABLES: Registry[Payable] = Registry("what is paid over the payment system")
# applications are cases: their orders hold on to the case itself
APPLICATION = "application"
