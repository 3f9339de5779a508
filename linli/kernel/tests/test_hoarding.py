"""One address holds so much of what others need too, and one subscriber is one address."""

from __future__ import annotations

import pytest

from linli.kernel.hoarding import Held, holds_enough, network_of


@pytest.mark.parametrize(("every", "unnamed", "has_number", "refused"), [
    (2, 2, False, False), (3, 3, False, True), (3, 3, True, False), (7, 0, True, False), (8, 0, True, True),
    (8, 0, False, True), (5, 0, False, False),
])  # fmt: skip
def test_an_address_holds_some_times_of_a_day_and_more_with_numbers(
    every: int, unnamed: int, has_number: bool, refused: bool
) -> None:
    held = Held(every, unnamed)

    assert holds_enough(held, has_number=has_number, most_unnamed=3, most=8) is refused


def test_one_subscriber_is_one_network() -> None:
    assert network_of("203.0.113.7") == network_of("::ffff:203.0.113.7") == "203.0.113.7"
    assert network_of("2001:db8:1:2::5") == network_of("2001:db8:1:2:9::1") == "2001:db8:1:2::/64"
    assert network_of("") == network_of("unix:") == ""
