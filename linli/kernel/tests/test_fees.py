"""What is open of a fee, and what an office may note as paid or as gone back."""

from __future__ import annotations

import pytest

from linli.kernel.errors import Invalid
from linli.kernel.fees import NotThatMuch, check_payment, check_refund, open_fee


def test_what_is_open_of_a_fee_is_what_was_not_paid_or_went_back() -> None:
    assert open_fee(2000, [], []) == 2000
    assert open_fee(2000, [2000], []) == 0
    assert open_fee(2000, [2000], [500]) == 500
    assert open_fee(0, [], []) == 0
    assert open_fee(2000, [2000], [2000], [2000]) == 0
    assert open_fee(2000, [2000], [2000], [1500]) == 500


@pytest.mark.parametrize(
    ("amount", "way"), [(0, "cash"), (-1, "cash"), (2001, "card"), (5, "online"), (5, "x")]
)
def test_what_cannot_be_noted_as_paid_is_refused(amount: int, way: str) -> None:
    with pytest.raises(Invalid):
        check_payment(amount, way, 2000)
    check_payment(2000, "cash", 2000)


def test_what_goes_back_has_a_reason_and_is_not_more_than_is_left() -> None:
    assert check_refund(5, 5, " fell out ") == "fell out"
    with pytest.raises(NotThatMuch):
        check_refund(6, 5, "fell out")
    with pytest.raises(Invalid):
        check_refund(5, 5, " ")
