"""What axe says of an open page: all its rules, contrast once for each look; and what is wider than its screen.

Contrast is half of all of axe's work, and most texts of a page look like a hundred others: the frame,
the cells of a table. It is asked of one text of each look (`looks.js`), once in a run for all pages. The size
of targets is most of the rest; it is asked where one of them may be too small (`targets.js`).
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
LOOKS = (HERE / "looks.js").read_text(encoding="utf-8")
TARGETS = (HERE / "targets.js").read_text(encoding="utf-8")
WIDE = """() => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const found = [...document.querySelectorAll('body *')].filter(
        one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.ll-scroll, .visually-hidden'));
    return found.length ? found.map(one => one.outerHTML.slice(0, 80)) : ['wider than the screen'];
}"""
ASK = f"""([rules, looks]) => {{
    document.querySelectorAll('[data-look]').forEach(one => one.removeAttribute('data-look'));
    looks.forEach(look => window.linliLooks[look].setAttribute('data-look', ''));
    ({TARGETS})();
    axe.configure({{rules: [
        {{id: 'target-size', selector: '[data-finger]'}},
        {{id: 'color-contrast', selector: '[data-look]'}},
        {{id: 'link-in-text-block', selector: 'a[href][data-look]'}},
    ]}});
    // what a finger meets is looked at by axe only where it is asked to
    const known = axe._audit, isOff = rule => !rule.enabled || rule.tags.some(tag => known.tagExclude.includes(tag));
    const wanted = rules.length ? [...rules, 'color-contrast']
        : known.rules.filter(rule => !isOff(rule) || rule.id === 'target-size').map(rule => rule.id);
    // axe looks through its own tree for each rule, which takes long: what no element is of needs no look
    const asked = wanted.filter(id => document.querySelector(known.rules.find(rule => rule.id === id).selector));
    return axe.run({{resultTypes: ['violations'], runOnly: {{type: 'rule', values: asked}}}}).then(found => [
        ...found.violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map(
            node => node.target.join(' ') + ' ' + node.html.slice(0, 120)).join(' | ')),
        ...({WIDE})(),
    ]);
}}"""
# what may be right in one width and wrong in another
OF_LAYOUT = (
    "scrollable-region-focusable", "target-size", "meta-viewport", "link-name",
    "button-name", "label", "region", "aria-hidden-focus", "link-in-text-block",
)  # fmt: skip


class Axe:
    """Asks axe, and remembers which looks were found good."""

    def __init__(self) -> None:
        self._good: set[str] = set()

    def faults(self, page: Page, rules: tuple[str, ...] = ()) -> list[str]:
        """Return what is too wide and what axe, which the page has, finds by all its rules, or by some and contrast."""
        looks: list[str] = page.evaluate(LOOKS)
        new = [look for look in looks if look not in self._good]
        found: list[str] = page.evaluate(ASK, [list(rules), new])
        if not any(fault.startswith("color-contrast") for fault in found):
            self._good.update(new)
        return found


AXE_OF_RUN = Axe()


def faults_of(page: Page) -> list[str]:
    """Return what axe finds on an open page by all its rules, and what makes it wider than its screen."""
    page.evaluate(AXE)
    return AXE_OF_RUN.faults(page)


def overflow(page: Page) -> list[str]:
    """Return what makes a page wider than its screen; nothing if it is not."""
    found: list[str] = page.evaluate(WIDE)
    return found
