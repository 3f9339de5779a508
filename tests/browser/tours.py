"""Many pages in one tab, and all that is wrong with each of them.

Nobody looks at the tab: it lays pages out and draws none, which is a fifth of the browser's work.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
)

from tests.browser.axe import AXE, AXE_OF_RUN, OF_LAYOUT
from tests.browser.visits import LAPTOP, PHONE

OPENED = (Path(__file__).parent / "opened.js").read_text(encoding="utf-8")
ASKED = "() => performance.getEntriesByType('resource').map(one => one.name)"


class Tour:
    """Somebody who goes through many pages in one tab, signed in by a cookie or not at all."""

    def __init__(self, browser: Browser, base: str, cookies: dict[str, str]) -> None:
        self.base = base
        self.complaints: list[str] = []
        self.context = browser.new_context(
            locale="zh-CN", timezone_id="Asia/Shanghai", viewport=_box(LAPTOP),
            # what moves would stand still where it began
            reduced_motion="reduce",
        )  # fmt: skip
        self.context.add_cookies([{"name": n, "value": v, "url": base} for n, v in cookies.items()])
        # compiled once for the tab, not once for each page
        self.context.add_init_script(AXE)
        self.page, self._size = _undrawn(self.context), LAPTOP
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def faults(
        self,
        path: str,
        sizes: tuple[tuple[int, int], ...] = (LAPTOP, PHONE),
        *,
        full: bool = True,
        status: int = 200,
    ) -> list[str]:
        """Return all that is wrong with a page in each size; unless `full`, all rules in the first alone."""
        self.complaints.clear()
        self._take(sizes[0])
        answer = self.page.goto(self.base + path)
        assert answer is not None
        found = [] if answer.status == status else [f"status {answer.status}"]
        found += self.page.evaluate(OPENED, path.startswith("/zh-hans/"))
        for size in sizes:
            self._take(size)
            rules = () if full or size == sizes[0] else OF_LAYOUT
            found += [f"{size[0]} px: {fault}" for fault in AXE_OF_RUN.faults(self.page, rules)]
        return found + self._asked_elsewhere() + self.complaints

    def _take(self, size: tuple[int, int]) -> None:
        if size != self._size:
            self.page.set_viewport_size(_box(size))
            self._size = size

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _asked_elsewhere(self) -> list[str]:
        asked: list[str] = self.page.evaluate(ASKED)
        return [f"asked another host: {url}" for url in asked if not self._is_own(url)]

    def _is_own(self, url: str) -> bool:
        return url.startswith((f"{self.base}/", "data:"))


def _box(size: tuple[int, int]) -> ViewportSize:
    return {"width": size[0], "height": size[1]}


def _undrawn(context: BrowserContext) -> Page:
    """Return a tab whose frames are drawn when somebody says so, which nobody does; one that draws where there is none."""
    first, browser = context.new_page(), context.browser
    assert browser is not None
    here = context.new_cdp_session(first).send("Target.getTargetInfo")["targetInfo"]
    wanted = {
        "url": "about:blank", "browserContextId": here["browserContextId"],
        "enableBeginFrameControl": True,
    }  # fmt: skip
    try:
        with context.expect_page() as made:
            browser.new_browser_cdp_session().send("Target.createTarget", wanted)
    except Error:
        # a whole Chromium has only the other kind
        return first
    first.close()
    tab = made.value
    tab.set_viewport_size(_box(LAPTOP))
    return tab
