"""Codes: the same squares every time, and none that bears a secret is held in memory."""

from __future__ import annotations

from linli.ui import qr


def test_a_public_code_is_drawn_once_and_looks_as_any_other() -> None:
    qr._kept.cache_clear()

    shown = [qr.qr_svg("https://linli.example/zh-hans/", "扫码", is_public=True) for _ in range(3)]

    assert {*shown} == {qr.qr_svg("https://linli.example/zh-hans/", "扫码")}
    assert (qr._kept.cache_info().misses, qr._kept.cache_info().hits) == (1, 2)


def test_a_code_that_bears_a_secret_is_not_held() -> None:
    qr._kept.cache_clear()

    qr.qr_svg("otpauth://totp/x?secret=ABC", "Code")

    assert qr._kept.cache_info().currsize == 0
