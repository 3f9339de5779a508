"""Opening pages as people do, and asking what is wrong with them."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.axe import faults_of

LAPTOP, PHONE = (1280, 900), (360, 800)


class Visitor:
    """A person with a screen of some size. Collects what the browser complains of."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.complaints: list[str] = []
        self._contexts: list[BrowserContext] = []

    def open(
        self,
        path: str,
        *,
        size: tuple[int, int] = (1280, 900),
        cookies: dict[str, str] | None = None,
        script: bool = True,
    ) -> Page:
        """Open an address of this server in a fresh browser profile."""
        context = self.browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
        )
        context.add_cookies(
            [{"name": n, "value": v, "url": self.base} for n, v in (cookies or {}).items()]
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{path}: {error}"))
        page.on("request", lambda request: self._asked(request.url))
        page.goto(self.base + path)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _console(self, message: object) -> None:
        kind, text = message.type, message.text  # type: ignore[attr-defined]
        if kind in ("error", "warning") and "Failed to load resource" not in text:
            self.complaints.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.base, "data:")):
            self.complaints.append(f"asked another host: {url}")


def is_good(page: Page) -> None:
    """Assert that axe finds nothing and nothing runs out of the screen."""
    assert faults_of(page) == []


def press(page: Page, name: str) -> None:
    """Press a button of the page and wait for the page that follows."""
    with page.expect_navigation():
        page.locator("#main").get_by_role("button", name=name, exact=True).first.click()


def code_on(receipt: Page) -> str:
    """Return the code that a receipt shows, which its address does not bear."""
    assert "code=" not in receipt.url
    found = re.search(
        r"\b([0-9a-zA-Z]{5}) ([0-9a-zA-Z]{5})\b", receipt.locator("[data-filed]").inner_text()
    )
    assert found is not None
    return found[1] + found[2]
