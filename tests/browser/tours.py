"""Many pages in one tab, and all that is wrong with each of them.

The pages are opened in a frame, and what asks them stands around it: so axe is read and compiled once
for the tab instead of once for each page, and becomes as fast as a program that has run for a while.
To a page its frame is a screen of that size. Nobody looks at the tab: it lays pages out and draws none,
which is a fifth of the browser's work.
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

from tests.browser.axe import AXE, AXE_OF_RUN, OF_LAYOUT, SAY
from tests.browser.visits import LAPTOP, PHONE

OPENED = (Path(__file__).parent / "opened.js").read_text(encoding="utf-8")
# of all screens the widest and the highest
ROOM: ViewportSize = {"width": 1920, "height": 1920}
# axe asks the window in which it stands; here it is told of another
OWN = "var q=window,document=window.document;"
AIMED = AXE.replace(OWN, OWN + "q.axeLooksAt=function(w){q=window=w;document=w.document};")
AROUND = f"""good => {{
    document.documentElement.innerHTML = '<body style="margin: 0"><iframe title="page" style="border: 0"></iframe>';
    const frame = document.querySelector('iframe'), known = new Set(good), say = {SAY}, opened = {OPENED};
    window.linliSize = ([width, height]) => {{ [frame.width, frame.height] = [width, height]; }};
    window.linliSay = async (size, rules) => {{
        linliSize(size);
        const seen = frame.contentWindow;
        axeLooksAt(seen);
        const said = await say(seen, seen.document, rules, known);
        said.good.forEach(look => known.add(look));
        return said;
    }};
    window.linliOpened = isChinese => opened(frame.contentWindow, frame.contentDocument, isChinese);
}}"""


def for_a_tour(browser: Browser) -> BrowserContext:
    """Return a browser's profile to go through many pages with."""
    # what moves would stand still where it began
    return browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")


class Tour:
    """Goes through many pages in one tab, as one after the other or as nobody.

    `ground` is the path of something on the same server that shows a plain text.
    """

    def __init__(self, context: BrowserContext, base: str, ground: str) -> None:
        self.context, self.base = context, base
        self.complaints: list[str] = []
        self._cookies: dict[str, str] = {}
        self._page = _undrawn(self.context)
        self._page.set_viewport_size(ROOM)
        # a tab that draws nothing waits five seconds for icons out of a file that it has not seen yet
        self._page.goto(f"{base}/static/ui/icons.svg")
        self._page.goto(base + ground)
        self._page.evaluate(AIMED)
        self._page.evaluate(AROUND, list(AXE_OF_RUN.good))
        self._frame = self._page.frames[-1]
        self._page.on("console", self._console)
        self._page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def be(self, cookies: dict[str, str]) -> Tour:
        """Go on as somebody with these cookies."""
        if cookies != self._cookies:
            # what the page before still asks for is asked by nobody else
            self._frame.goto("about:blank")
            self.context.clear_cookies()
            self.context.add_cookies(
                [{"name": n, "value": v, "url": self.base} for n, v in cookies.items()]
            )
            self._cookies = cookies
        return self

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
        self._page.evaluate("size => linliSize(size)", sizes[0])
        answer = self._frame.goto(self.base + path)
        assert answer is not None
        found = [] if answer.status == status else [f"status {answer.status}"]
        found += self._page.evaluate("is => linliOpened(is)", path.startswith("/zh-hans/"))
        for size in sizes:
            rules = () if full or size == sizes[0] else OF_LAYOUT
            said = self._page.evaluate("([size, rules]) => linliSay(size, rules)", [size, rules])
            found += [f"{size[0]} px: {fault}" for fault in AXE_OF_RUN.take(said)]
        return found + self.complaints

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


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
    return made.value
