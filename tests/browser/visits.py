"""Opening pages as people do, and asking axe what it thinks of them."""

from __future__ import annotations

import re

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
)

from tests.browser.axe import AXE, AXE_OF_RUN, OF_LAYOUT, violations

LAPTOP, PHONE = (1280, 900), (360, 800)
# a sentence in English where all is Chinese: three plain words in a row, not what is English anyway
LEFT_IN_ENGLISH = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const box = node.parentElement;
        if (box.closest('[lang=en], script, style, code, pre, template, svg, textarea')) continue;
        const words = node.data.match(/\\b[A-Za-z][a-z]+(?: [a-z]+){2,}/);
        if (words && !words[0].startsWith('linli ') && box.checkVisibility()) found.push('left in English: ' + words[0]);
    }
    return [...new Set(found)];
}"""
# Enter presses the first button of a form: among several one is said to be that (ui/parts/forms.html)
ENTER_IS_OPEN = """() => [...document.forms].filter(form => {
    if (form.method !== 'post') return false;
    const does = one => [one.name, one.value, one.formAction].join();
    const typed = [...form.elements].some(one => one.matches('input:is([type=text], [type=search], [type=tel],'
        + ' [type=number], [type=email], [type=url], [type=date], [type=password], :not([type]))'));
    const buttons = [...form.elements].filter(one => one.type === 'submit');
    const others = buttons.filter(one => !one.matches('.ll-enter')).map(does);
    const first = buttons[0];
    if (!typed || new Set(others).size < 2 && !buttons.some(one => one.matches('.ll-enter'))) return false;
    return !first.matches('.ll-enter') || !first.disabled && !others.includes(does(first));
}).map(form => 'what Enter does is open in ' + form.action)"""
TOO_WIDE = """[...document.querySelectorAll('body *')].filter(
    one => one.getBoundingClientRect().right > innerWidth + 1
        && !one.closest('.ll-scroll, .visually-hidden')).map(one => one.outerHTML.slice(0, 80))"""
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


def overflow(page: Page) -> list[str]:
    """Return what makes a page wider than its screen; nothing if it is not."""
    if page.evaluate(SIDEWAYS) <= 0:
        return []
    found: list[str] = page.evaluate(TOO_WIDE)
    return found or ["wider than the screen"]


def is_good(page: Page) -> None:
    """Assert that axe finds nothing and nothing runs out of the screen."""
    assert violations(page) == []
    assert overflow(page) == []


def press(page: Page, name: str) -> None:
    """Press a button of the page and wait for the page that follows."""
    with page.expect_navigation():
        page.locator("#main").get_by_role("button", name=name, exact=True).first.click()


class Tour:
    """Somebody who goes through many pages in one tab, signed in by a cookie or not at all."""

    def __init__(self, browser: Browser, base: str, cookies: dict[str, str]) -> None:
        self.base = base
        self.complaints: list[str] = []
        self.context = browser.new_context(
            locale="zh-CN", timezone_id="Asia/Shanghai", viewport=_box(LAPTOP)
        )
        self.context.add_cookies([{"name": n, "value": v, "url": base} for n, v in cookies.items()])
        # compiled once for the tab, not once for each page
        self.context.add_init_script(AXE)
        self.page, self._size = self.context.new_page(), LAPTOP
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

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
        if path.startswith("/zh-hans/"):
            found += self.page.evaluate(LEFT_IN_ENGLISH)
        found += self.page.evaluate(ENTER_IS_OPEN)
        for size in sizes:
            self._take(size)
            rules = () if full or size == sizes[0] else OF_LAYOUT
            seen = [*AXE_OF_RUN.faults(self.page, rules), *overflow(self.page)]
            found += [f"{size[0]} px: {fault}" for fault in seen]
        return found + self.complaints

    def _take(self, size: tuple[int, int]) -> None:
        if size != self._size:
            self.page.set_viewport_size(_box(size))
            self._size = size

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.complaints.append(f"asked another host: {request.url}")


def _box(size: tuple[int, int]) -> ViewportSize:
    return {"width": size[0], "height": size[1]}


def code_on(receipt: Page) -> str:
    """Return the code that a receipt shows, which its address does not bear."""
    assert "code=" not in receipt.url
    found = re.search(
        r"\b([0-9a-zA-Z]{5}) ([0-9a-zA-Z]{5})\b", receipt.locator("[data-filed]").inner_text()
    )
    assert found is not None
    return found[1] + found[2]
