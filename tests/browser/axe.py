"""What axe says of an open page: all its rules, contrast once for each look; and what is wider than its screen.

Contrast is half of all of axe's work, and most texts of a page look like a hundred others: the frame,
the cells of a table. It is asked of one text of each look (`looks.js`), once in a run for all pages. The size
of targets is most of the rest; it is asked where one of them may be too small (`targets.js`). What scrolls and
what stands in no named part of a page is looked for before axe is, which takes long to do it (`parts.js`).
"""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
LOOKS = (HERE / "looks.js").read_text(encoding="utf-8")
PARTS = (HERE / "parts.js").read_text(encoding="utf-8")
TARGETS = (HERE / "targets.js").read_text(encoding="utf-8")
WIDE = """(window, document) => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const found = [...document.querySelectorAll('body *')].filter(
        one => one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest('.ll-scroll, .visually-hidden'));
    return found.length ? found.map(one => one.outerHTML.slice(0, 80)) : ['wider than the screen'];
}"""
# what rules are asked of that go through every element: what was marked for them
MARKED = {
    "target-size": "[data-finger]", "color-contrast": "[data-look]", "link-in-text-block": "a[href][data-look]",
    "region": "[data-apart]", "scrollable-region-focusable": "[data-scrolls]:not(select,textarea)",
}  # fmt: skip
# all that is wrong with a document by some rules, or by all of them, and the looks that were found good by it
SAY = f"""async (window, document, rules, good) => {{
    const looks = ({LOOKS})(window, document), fresh = Object.keys(looks).filter(look => !good.has(look));
    document.querySelectorAll('[data-look]').forEach(one => one.removeAttribute('data-look'));
    fresh.forEach(look => looks[look].setAttribute('data-look', ''));
    const covered = ({TARGETS})(window, document);
    ({PARTS})(document);
    const marked = {json.dumps(MARKED)};
    axe.configure({{rules: Object.entries(marked).map(([id, selector]) => ({{id, selector}}))}});
    // what a finger meets is looked at by axe only where it is asked to
    const known = axe._audit, isOff = rule => !rule.enabled || rule.tags.some(tag => known.tagExclude.includes(tag));
    const wanted = rules.length ? [...rules, 'color-contrast']
        : known.rules.filter(rule => !isOff(rule) || rule.id === 'target-size').map(rule => rule.id);
    // axe looks through its own tree for each rule, which takes long: what no element is of needs no look
    const asked = wanted.filter(id => document.querySelector(known.rules.find(rule => rule.id === id).selector));
    const found = await axe.run(document, {{
        resultTypes: ['violations', 'incomplete'], elementRef: true, runOnly: {{type: 'rule', values: asked}},
    }});
    // what axe cannot tell it may tell of the next text that looks so, unless it is for the ground that both stand on
    const nodesOf = results => results.filter(one => one.id === 'color-contrast').flatMap(one => one.nodes);
    const hangsOnPlace = node => !['bgImage', 'bgGradient'].includes(node.any[0].data?.messageKey);
    const open = [...nodesOf(found.violations), ...nodesOf(found.incomplete).filter(hangsOnPlace)].map(node => node.element);
    return {{good: fresh.filter(look => !open.includes(looks[look])), faults: [
        ...found.violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map(
            node => node.target.join(' ') + ' ' + node.html.slice(0, 120)).join(' | ')),
        ...({WIDE})(window, document), ...covered,
    ]}};
}}"""
ASK = f"([rules, good]) => ({SAY})(window, document, rules, new Set(good))"
# what may be right in one width and wrong in another
OF_LAYOUT = (
    "scrollable-region-focusable", "target-size", "meta-viewport", "link-name",
    "button-name", "label", "region", "aria-hidden-focus", "link-in-text-block",
)  # fmt: skip


class Axe:
    """Asks axe, and remembers which looks were found good."""

    def __init__(self) -> None:
        self.good: set[str] = set()

    def faults(self, page: Page) -> list[str]:
        """Return what is too wide and what axe, which the page has, finds by all its rules."""
        return self.take(page.evaluate(ASK, [[], list(self.good)]))

    def take(self, said: dict[str, list[str]]) -> list[str]:
        """Return the faults that were said, and remember the looks that were good."""
        self.good.update(said["good"])
        return said["faults"]


AXE_OF_RUN = Axe()


def faults_of(page: Page) -> list[str]:
    """Return what axe finds on an open page by all its rules, and what makes it wider than its screen."""
    page.evaluate(AXE)
    return AXE_OF_RUN.faults(page)


def overflow(page: Page) -> list[str]:
    """Return what makes a page wider than its screen; nothing if it is not."""
    found: list[str] = page.evaluate(f"() => ({WIDE})(window, document)")
    return found
