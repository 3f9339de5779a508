"""The clock of a run may be ahead (LINLI_TEST_LATER) and of a test may stand still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from linli.config.test_clock import MIDNIGHT, SETTING, has_midnight, later, pass_midnight, put_ahead
from linli.kernel.testing import stop_clock

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(("said", "hours"), [("", 0), ("60", 1440), ("0.5", 12), ("-1", -24)])
def test_a_run_is_ahead_by_as_many_days_as_are_said(
    monkeypatch: pytest.MonkeyPatch, said: str, hours: int
) -> None:
    monkeypatch.setenv(SETTING, said)
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    monkeypatch.setattr("linli.config.test_clock._passed", timedelta())

    put_ahead(later())

    assert timezone.now() == NOON + timedelta(hours=hours)
    assert timezone.localdate() == timezone.localtime(NOON + timedelta(hours=hours)).date()


def test_a_run_may_go_on_past_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MIDNIGHT, "1")
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    monkeypatch.setattr("linli.config.test_clock._passed", timedelta())
    assert has_midnight()

    put_ahead(timedelta())
    loaded = timezone.localdate()
    pass_midnight()

    assert timezone.localdate() == loaded + timedelta(days=1)


@pytest.mark.parametrize("said", ["soon", "nan", "inf", "1e12", "2026-12-01"])
def test_what_is_no_number_of_days_is_refused(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(SETTING, said)

    with pytest.raises(pytest.UsageError, match=SETTING):
        later()


def test_the_clock_stands_until_its_patch_is_undone() -> None:
    before = timezone.now()

    with pytest.MonkeyPatch.context() as patch:
        stop_clock(patch, NOON)
        stop_clock(patch, NOON + timedelta(days=1))
        assert timezone.now() == NOON + timedelta(days=1) == timezone.now()

    assert timezone.now() >= before != NOON
