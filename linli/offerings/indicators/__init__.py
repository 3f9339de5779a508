"""Indicators of offerings: what the plan asks of centres, and what reports cost villages."""

from __future__ import annotations

from linli.offerings.indicators import centres, reports


def register() -> None:
    """Called once at start."""
    centres.register()
    reports.register()
