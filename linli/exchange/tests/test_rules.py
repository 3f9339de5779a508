"""Arguments and answers of the standard."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from linli.exchange.rules import asking
from linli.exchange.rules.wire import written
from linli.exchange.types import SPAN

HERE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2010-05-24T00:00:00Z", datetime(2010, 5, 24, tzinfo=UTC)),
        ("1994-11-05T08:15:30-05:00", datetime(1994, 11, 5, 13, 15, 30, tzinfo=UTC)),
        # a plus that was not escaped comes as a blank
        ("2026-01-01T00:00:00 08:00", datetime(2025, 12, 31, 16, tzinfo=UTC)),
        ("2026-01-01", datetime(2025, 12, 31, 16, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_moment_is_read_as_the_standard_writes_it(text: str, at: datetime | None) -> None:
    assert asking.moment(text, HERE) == at


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01T00:00:00",
        "yesterday",
        "2026-13-01T00:00:00Z",
        "1",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01",
        "9999-12-31",
    ],
)
def test_a_moment_without_zone_or_sense_is_refused(text: str) -> None:
    with pytest.raises(asking.Wrong):
        asking.moment(text, HERE)


def test_a_search_spans_ninety_days_at_most() -> None:
    early = NOW - timedelta(days=200)

    assert asking.span(None, None, NOW) == (NOW - SPAN, NOW)
    assert asking.span(early, None, NOW) == (early, early + SPAN)
    assert asking.span(None, early, NOW) == (early - SPAN, early)
    assert asking.span(early, early + SPAN, NOW) == (early, early + SPAN)
    for start, end in ((early, NOW), (NOW, early)):
        with pytest.raises(asking.Wrong):
            asking.span(start, end, NOW)


def test_a_search_by_hours_tells_no_hour() -> None:
    one = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)

    assert asking.days_of((one, one), HERE) == (
        datetime(2026, 11, 28, tzinfo=HERE),
        datetime(2026, 11, 29, tzinfo=HERE),
    )


@pytest.mark.parametrize("text", ["x", "nan", "inf", "91", "1e400"])
def test_degrees_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(asking.Wrong):
        asking.degrees(text, 90)


def test_both_forms_say_the_same_and_what_xml_cannot_hold_is_left_out() -> None:
    rows = [{"description": "a < b & \x0b 街", "metadata": True, "lat": None, "media_urls": ["u"]}]

    found = ElementTree.fromstring(written("services", rows, "xml"))

    assert json.loads(written("services", rows, "json")) == rows
    assert [child.tag for child in found] == ["service"]
    assert found.findtext("service/description") == "a < b &  街"
    assert found.findtext("service/metadata") == "true"
    assert found.findtext("service/lat") == ""
    assert found.findtext("service/media_urls/media_url") == "u"
