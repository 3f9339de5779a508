"""The echo in the browser and the reading on the server never disagree."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel import dates
from tests.browser.visits import Visitor

pytestmark = pytest.mark.browser

TODAY = date(2026, 11, 24)
TYPED = [
    "20261124", "2026-11-24", "2026.1.5", "2026/11/12", "2026年11月24日", "2026年2月30日", "２０２６．１１．２４",
    "11.24", "1.5", "12-31", "11/12", "11/24", "24/11", "13.5", "11月24日", "2月29日", "6/6", "0.5", "11.31",
    "261124", "26.11.24", "17770101", "22000101", "tomorrow", "", "24 November", "２.３",
]  # fmt: skip
ASK = """async ([typed, lean]) => {
    const { understood } = await import('/static/ui/js/dates.js');
    const iso = made => [made.getFullYear(), made.getMonth() + 1, made.getDate()]
        .map((n, i) => String(n).padStart(i ? 2 : 4, '0')).join('-');
    return typed.map(text => {
        const made = understood(text, new Date(2026, 10, 24, 15, 30), lean);
        return made ? iso(made) : '';
    });
}"""


def read(text: str, lean: dates.Lean) -> str:
    try:
        return dates.parse(text, today=TODAY, lean=lean).isoformat()
    except dates.NotADate:
        return ""


@pytest.mark.parametrize("lean", list(dates.Lean))
def test_the_browser_echoes_what_the_server_reads_or_nothing(
    visitor: Visitor, lean: dates.Lean
) -> None:
    page = visitor.open("/zh-hans/preferences/")

    echoed = page.evaluate(ASK, [TYPED, lean.value])

    served = [read(text, lean) for text in TYPED]
    assert [
        (text, there, here)
        for text, there, here in zip(TYPED, served, echoed, strict=True)
        if here and here != there
    ] == []
    assert sum(bool(here) for here in echoed) >= len(TYPED) // 2
