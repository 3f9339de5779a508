"""Hidden numbers and names."""

from __future__ import annotations

import pytest

from linli.ui import masks


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (masks.mask_id("441900199001011234"), "4419*************4"),
        (masks.mask_id("H12345678"), "H******78"),
        (masks.mask_id("E1234"), "***34"),
        (masks.mask_phone("13800001234"), "138****1234"),
        (masks.mask_phone("110"), "***"),
        (masks.mask_account("6222021234567890123"), "***************0123"),
        (masks.mask_name("李小明"), "李某某"),
        (masks.mask_name("李明"), "李某"),
        (masks.mask_name("欧阳小明"), "欧某某"),
        (masks.mask_name("Maria"), "M***"),
        (masks.mask_name("𠮷野"), "𠮷某"),
        (masks.mask_id(None), ""),
        (masks.mask_name(""), ""),
    ],
)
def test_a_mask_keeps_enough_to_recognise(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.parametrize("value", ["1", "12", "123", "1234", "1234567", "12345678"])
def test_a_mask_never_shows_a_short_number_whole(value: str) -> None:
    assert value not in (masks.mask_id(value), masks.mask_phone(value), masks.mask_account(value))
    assert len(masks.mask_phone(value)) == len(value)
