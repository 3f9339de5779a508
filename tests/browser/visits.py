"""Opening pages as people do, and asking axe what it thinks of them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
ASK_AXE = """axe.run().then(found => found.violations.map(
    one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | ')))"""
TOO_WIDE = """[...document.querySelectorAll('body *')].filter(
    one => one.getBoundingClientRect().right > innerWidth + 1
        && !one.closest('.ll-scroll, .ll-side, .visually-hidden')).map(one => one.outerHTML.slice(0, 80))"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


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
        page.wait_for_load_state("networkidle")
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


def violations(page: Page) -> list[str]:
    """Return what axe finds on an open page."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(ASK_AXE)
    return found


def overflow(page: Page) -> list[str]:
    """Return what makes a page wider than its screen; nothing if it is not."""
    if page.evaluate(SIDEWAYS) <= 0:
        return []
    found: list[str] = page.evaluate(TOO_WIDE)
    return found or ["wider than the screen"]
