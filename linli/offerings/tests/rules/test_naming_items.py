"""Items as clerks name them."""

from __future__ import annotations

import pytest

from linli.offerings.rules.naming_items import items_named

KNOWN = [
    ("residence-permit", "居住证申领"),
    ("permit-again", "居住证补领"),
    ("bus", "老年人乘车卡"),
]


@pytest.mark.parametrize(
    ("text", "keys", "unknown"),
    [
        ("", [], []),
        ("居住证申领\n老年人乘车卡", ["residence-permit", "bus"], []),
        ("bus， residence-permit", ["bus", "residence-permit"], []),
        ("乘车卡\n乘车卡", ["bus"], []),
        ("居住证", [], ["居住证"]),
        ("结婚证；补领", ["permit-again"], ["结婚证"]),
    ],
)
def test_a_name_a_key_or_a_part_that_fits_one_alone_is_enough(
    text: str, keys: list[str], unknown: list[str]
) -> None:
    assert items_named(text, KNOWN) == (keys, unknown)
