"""The asking itself: contrast is asked once for each look, the size of targets where it may be wrong, and never less."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import ASK, AXE, TARGETS, Axe

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><title>t</title><main><h1>Heading</h1>
<p style="color:{0};background:#fff">one</p><p style="color:{1};background:#fff">two</p></main>"""
GOOD, PALE = "#222", "#ccc"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def ask(axe: Axe, page: Page, *colours: str) -> list[str]:
    page.set_content(PAGE.format(*colours))
    page.evaluate(AXE)
    return [one for one in axe.faults(page) if one.startswith("color-contrast")]


def test_a_pale_text_is_found_again_and_again(page: Page) -> None:
    axe = Axe()

    assert ask(axe, page, GOOD, GOOD) == []
    assert ">two<" in ask(axe, page, GOOD, PALE)[0]
    assert ">two<" in ask(axe, page, GOOD, PALE)[0]
    assert ask(axe, page, GOOD, GOOD) == []


def test_a_look_that_was_good_is_not_asked_again_until_something_around_it_changes(
    page: Page,
) -> None:
    axe = Axe()
    ask(axe, page, GOOD, GOOD)

    assert page.locator("[data-look]").count() > 0
    ask(axe, page, GOOD, GOOD)
    assert page.locator("[data-look]").count() == 0
    page.set_content(PAGE.format(GOOD, GOOD).replace("<main>", '<main style="background:#333">'))
    page.evaluate(AXE)
    assert any("h1" in one for one in axe.faults(page) if one.startswith("color-contrast"))


PALE_WORD = "<p><span>what</span></p>"


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        # a link that stands alone need not differ from a text around it
        ('<nav><a href="/a">x</a></nav>', '<p>read <a href="/b">this</a> well</p>', "link-in-text-block"),
        # nobody is asked to read what belongs to something disabled
        ('<label><span>what</span><input disabled aria-label="x"></label>', PALE_WORD, "color-contrast"),
        ("<fieldset disabled><span>what</span></fieldset>", PALE_WORD, "color-contrast"),
        ('<p aria-disabled="true"><span>what</span></p>', PALE_WORD, "color-contrast"),
        # of a text of one sign axe says nothing
        ("<p><span>x</span></p>", PALE_WORD, "color-contrast"),
    ],
)  # fmt: skip
def test_what_is_right_in_one_place_is_asked_again_where_it_is_wrong(
    page: Page, right: str, wrong: str, rule: str
) -> None:
    found = found_in(page, right, right + wrong)

    assert (rule in found[0], rule in found[1]) == (False, True)


def test_what_lay_below_something_is_asked_again_on_another_page(page: Page) -> None:
    below = PALE_WORD.replace("<p>", '<p style="margin:0">')
    over = '<p style="margin:-40px 0 0;height:60px;position:relative;background:#fff">over it</p>'

    found = found_in(page, below + over, PALE_WORD)

    assert ["color-contrast" in one for one in found] == [False, True]


def found_in(page: Page, *insides: str) -> list[list[str]]:
    """Return by which rules axe finds faults in pages that are opened one after the other."""
    style = "<style>a { color: #333; text-decoration: none } span { color: #ddd }</style>"
    axe, found = Axe(), []
    for inside in insides:
        page.set_content(PAGE.format(GOOD, GOOD) + style + inside)
        page.evaluate(AXE)
        found.append([one.split(":")[0] for one in axe.faults(page)])
    return found


# what axe says of the size of targets, asked of all elements and of those that are marked
BOTH = f"""async drawn => {{
    const told = [];
    for (const inside of drawn) {{
        document.querySelector('main').innerHTML = inside;
        const say = async selector => {{
            axe.configure({{rules: [{{id: 'target-size', selector}}]}});
            const found = await axe.run({{runOnly: {{type: 'rule', values: ['target-size']}}}});
            return found.violations.flatMap(one => one.nodes.map(node => node.target.join(' '))).sort();
        }};
        ({TARGETS})(document);
        const marked = document.querySelectorAll('[data-finger]').length;
        told.push([await say('*'), await say('[data-finger]'), marked]);
    }}
    return told;
}}"""
TAGS = ('<button id="{0}" style="{1}">x</button>', '<a id="{0}" href="/{0}" style="{1}">x</a>',
        '<input id="{0}" aria-label="x" style="{1}">',
        '<span id="{0}" role="button" tabindex="0" style="{1}">x</span>')  # fmt: skip


def scattered(random: Random, count: int, sizes: tuple[int, int], within: int) -> str:
    """Return targets of all kinds that lie anywhere, also over one another."""
    return "".join(
        random.choice(TAGS).format(
            f"t{n}",
            "position:absolute;box-sizing:border-box;display:block;padding:0;border:0;overflow:hidden;"
            f"left:{random.randrange(within)}px;top:{50 + random.randrange(within)}px;"
            f"width:{random.randint(*sizes)}px;height:{random.randint(*sizes)}px",
        )
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("sizes", "within"), [((4, 60), 300), ((12, 30), 200), ((22, 26), 400), ((24, 90), 300)]
)
def test_axe_finds_among_the_marked_targets_all_that_it_finds_at_all(
    page: Page, sizes: tuple[int, int], within: int
) -> None:
    random = Random(f"{sizes} {within}")
    page.set_content(PAGE.format(GOOD, GOOD))
    page.evaluate(AXE)

    told = page.evaluate(BOTH, [scattered(random, 9, sizes, within) for _ in range(25)])

    assert [marked for _all, marked, _count in told] == [every for every, _marked, _count in told]
    assert any(every for every, _marked, _count in told)


def test_what_is_large_or_has_room_around_it_is_not_asked_and_what_has_neither_is(
    page: Page,
) -> None:
    room = '<a href="/a" style="display:inline-block;width:9px;height:9px;margin:{}px">x</a>'
    for margin, wanted in ((20, 0), (2, 2)):
        page.set_content(PAGE.format(GOOD, GOOD) + "<nav>" + room.format(margin) * 2 + "</nav>")
        page.evaluate(AXE)
        found = page.evaluate(ASK, [[], []])["faults"]

        assert page.locator("[data-finger]").count() == wanted
        assert any(one.startswith("target-size") for one in found) is bool(wanted)
