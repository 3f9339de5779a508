"""The asking itself: contrast is asked once for each look, the size of targets where it may be wrong, and never less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import ASK, AXE, MARKED, PARTS, TARGETS, Axe

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


BOX = (
    '<div class="{}" style="background:#eee;color:#222;width:90px;height:30px"><b>what</b>{}</div>'
)


def test_a_text_in_a_box_of_one_colour_is_asked_once_wherever_the_box_stands(page: Page) -> None:
    unseen = '<input type="hidden" value="k"><b style="position:absolute;clip:rect(0 0 0 0)">for a voice</b>'
    page.set_content(PAGE.format(GOOD, GOOD) + BOX.format("a", ""))
    axe = Axe()
    page.evaluate(AXE)
    axe.faults(page)

    inside = (
        f'<section style="background:#fff;position:relative">{BOX.format("b", unseen)}</section>'
    )
    page.set_content(PAGE.format(GOOD, GOOD) + inside)
    page.evaluate(AXE)
    axe.faults(page)

    assert page.locator("[data-look]").count() == 0


def test_a_text_that_is_moved_out_of_its_box_is_asked_for_what_it_stands_upon(page: Page) -> None:
    for moved in ("position:relative;left:120px", "position:absolute;margin-left:120px"):
        inside = BOX.format("a", f'<b style="{moved}">out there</b>')
        out = f'<section style="background:#111;height:60px">{inside}</section>'
        found = found_in(page, BOX.format("a", ""), out)

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


# what axe says by some rules, asked of all elements and of those that are marked
BOTH = f"""async ([drawn, ids]) => {{
    const told = [], some = {json.dumps(MARKED)};
    const every = Object.fromEntries(axe._audit.rules.map(rule => [rule.id, rule.selector]));
    for (const inside of drawn) {{
        document.querySelector('#here').innerHTML = inside;
        const say = async selectors => {{
            axe.configure({{rules: ids.map(id => ({{id, selector: selectors[id]}}))}});
            const found = await axe.run({{runOnly: {{type: 'rule', values: ids}}}});
            return found.violations.flatMap(one => one.nodes.map(node => one.id + ' ' + node.target.join(' '))).sort();
        }};
        ({TARGETS})(window, document);
        ({PARTS})(document);
        told.push([await say(every), await say(some)]);
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
    page.set_content(PAGE.format(GOOD, GOOD).replace("<main>", '<main id="here">'))
    page.evaluate(AXE)

    drawn = [scattered(random, 9, sizes, within) for _ in range(25)]
    told = page.evaluate(BOTH, [drawn, ["target-size"]])

    assert [marked for _every, marked in told] == [every for every, _marked in told]
    assert any(every for every, _marked in told)


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


BOXES = (
    '<div style="{1}">{0}</div>', '<section aria-label="s" style="{1}">{0}</section>', "<aside>{0}</aside>",
    '<aside aria-label="a">{0}</aside>', "<header>{0}</header>", '<footer style="{1}">{0}</footer>',
    "<main>{0}</main>", '<nav aria-label="n">{0}</nav>', '<div role="region" aria-label="r">{0}</div>',
    '<dialog open aria-label="d">{0}</dialog>', '<div role="status">{0}</div>', "<div hidden>{0}</div>",
)  # fmt: skip
LEAVES = (
    "words", '<p style="height:90px">words</p>', '<a href="#b">link</a>', '<img src="data:," alt="i">', "<span></span>",
    '<input aria-label="x">', '<div style="width:400px">wide</div>', "<b></b>", "<template>no</template>",
    '<svg role="img" aria-label="s" width="9" height="9"></svg>', '<p style="height:32px">nearly</p>',
)  # fmt: skip
STYLES = ("", "overflow:auto;height:20px", "overflow:hidden;height:20px", "overflow-x:scroll;width:90px",
          "overflow:auto;height:24px;width:410px")  # fmt: skip


def nested(random: Random, depth: int) -> str:
    """Return boxes in boxes, with something or nothing in them."""
    if not depth or random.random() < 0.2:
        return random.choice(LEAVES)
    inside = "".join(nested(random, depth - 1) for _ in range(random.randint(1, 3)))
    return random.choice(BOXES).format(inside, random.choice(STYLES))


def test_axe_finds_in_the_marked_parts_all_that_it_finds_at_all(page: Page) -> None:
    random, ids = Random("parts"), ["region", "scrollable-region-focusable"]
    page.set_content(
        '<!doctype html><html lang="en"><title>t</title><header><h1>h</h1></header><div id="here"></div>'
    )
    page.evaluate(AXE)

    told = page.evaluate(BOTH, [[nested(random, 4) for _ in range(120)], ids])

    assert [marked for _every, marked in told] == [every for every, _marked in told]
    found = [{one.split(" ")[0] for one in every} for every, _marked in told]
    # each rule finds something in some of them, and nothing in others
    assert all(any(rule in one for one in found) for rule in ids)
    assert all(any(rule not in one for one in found) for rule in ids)


def test_what_stands_outside_of_the_body_s_parts_is_asked_for_and_the_way_past_the_frame_is_not(
    page: Page,
) -> None:
    frame = '<!doctype html><html lang="en"><title>t</title>{}<header><h1>h</h1></header><main id="m"><p>one</p></main>'
    for before, wanted in (
        ('<a href="#m">past</a>', 0),
        ('<a href="#x">past</a>', 1),
        ("<p>lost</p>", 1),
    ):
        page.set_content(frame.format(before))
        page.evaluate(AXE)
        found = page.evaluate(ASK, [[], []])["faults"]

        assert page.locator("[data-apart]").count() == wanted
        assert any(one.startswith("region") for one in found) is bool(wanted)


BAR = '<nav style="position:fixed;{}:0;left:0;right:0;height:56px"><a href="/b" style="display:block;height:56px">bar</a></nav>'
LIST = '<ul style="margin:{}px 0">{}</ul>'
ROW = '<li style="height:44px"><a href="/{0}" style="display:inline-block;height:30px">row {0}</a></li>'


@pytest.mark.parametrize("edge", ["top", "bottom"])
def test_what_a_bar_covers_until_one_scrolls_is_not_asked_and_what_it_covers_for_good_is_a_fault(
    page: Page, edge: str
) -> None:
    rows = "".join(ROW.format(n) for n in range(60))
    for around, wanted in ((70, []), (0, ["below what is fixed:"])):
        page.set_content("<!doctype html>" + LIST.format(around, rows) + BAR.format(edge))
        page.evaluate(AXE)
        for scrolled in (0, 500, 9999):
            page.evaluate("y => window.scrollTo(0, y)", scrolled)
            found = page.evaluate(ASK, [[], []])["faults"]

            assert page.locator("[data-finger]").count() == 0
            assert [one[:20] for one in found if one.startswith("below")][:1] == wanted


def test_of_two_things_that_are_fixed_over_one_another_both_are_asked(page: Page) -> None:
    page.set_content(PAGE.format(GOOD, GOOD) + BAR.format("bottom") * 2)
    page.evaluate(AXE)
    page.evaluate(ASK, [[], []])

    assert page.locator("[data-finger]").count() == 2
