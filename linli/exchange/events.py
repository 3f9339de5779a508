"""What happened on connections, for apps above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentInCame:
    """An application of the service hall came in and waits to be taken."""

    application_id: int


@dataclass(frozen=True, slots=True)
class ChangeCame:
    """A supplement or withdrawal of the service hall waits to be taken; `application` is its hall's number."""

    application: str


@dataclass(frozen=True, slots=True)
class PaymentCame:
    """A payment was made over the payment system and waits to be noted."""

    notice_id: int


@dataclass(frozen=True, slots=True)
class OwedOtherwise:
    """Rows of a kind in PAYABLES may owe another sum, or nothing any more: the app whose they are says so."""

    kind: str
    ids: tuple[int, ...]
