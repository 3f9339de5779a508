"""Chromium for the browser tests; without it they are skipped aloud."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visits import Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MISSING = "NO CHROMIUM, NO BROWSER TESTS: install chromium and fonts-noto-cjk."


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, live_server: object, settings: object) -> Iterator[Visitor]:
    """Opens pages of the running demo; at the end nobody may have complained."""
    settings.LINLI_DEMO = True  # type: ignore[attr-defined]
    visitor = Visitor(chromium, str(live_server.url))  # type: ignore[attr-defined]
    yield visitor
    visitor.close()
    assert visitor.complaints == []
