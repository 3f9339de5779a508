"""Pages get of the kit's sheet what they may meet, and no more."""

from __future__ import annotations

import pytest

from tests.kit_sheet import PART, WHOLE, part, spoken

NOTICE = '@charset "UTF-8";/* by somebody */'
PAGE = """<p class="card btn-{{ size }}{% if late %} is-late{% endif %}" data-tone="x">
<script>one.className = `alert-${tone}`</script>"""


def kept(rules: str, page: str = PAGE, own: str = "") -> str:
    """Return what is left of rules, without the notice."""
    return part(f"{NOTICE}{rules}", [page], [own]).removeprefix(f"{NOTICE}\n").rstrip("\n")


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        (".card{margin:0}.carousel{margin:0}", ".card{margin:0}"),
        (".card,.carousel>a{margin:0}", ".card{margin:0}"),
        (".card .carousel{margin:0}", ""),
        (".btn-lg{margin:0}.is-late:hover{margin:0}", ".btn-lg{margin:0}.is-late:hover{margin:0}"),
        (".alert-danger{margin:0}", ".alert-danger{margin:0}"),
        ("a:not(.carousel){margin:0!important}", "a:not(.carousel){margin:0!important}"),
        ("[data-tone=x] a{margin:0}[data-theme=dark] a{margin:0}", "[data-tone=x] a{margin:0}"),
        ("input[type=date]{margin:0}", "input[type=date]{margin:0}"),
        (
            "@media print{.card{margin:0}.row{margin:0}}@media (min-width:1px){.row{margin:0}}",
            "@media print{.card{margin:0}}",
        ),
        (
            "@keyframes fade{to{opacity:0}}@keyframes turn{to{opacity:0}}.card{animation:turn 1s}",
            "@keyframes turn{to{opacity:0}}.card{animation:turn 1s}",
        ),
        ("@font-face{font-family:x}", "@font-face{font-family:x}"),
        ('.card{content:"}.row{"}', '.card{content:"}.row{"}'),
    ],
)
def test_a_rule_stays_if_a_page_may_meet_it(rules: str, left: str) -> None:
    assert kept(rules) == left


def test_a_value_stays_if_something_reads_it_also_by_another() -> None:
    values = ":root{--tblr-a:1;--tblr-b:var(--tblr-c);--tblr-c:2;--tblr-d:var(--tblr-a);color:red}"
    used = ".card{margin:var(--tblr-b)}"

    assert kept(values + used) == ":root{--tblr-b:var(--tblr-c);--tblr-c:2;color:red}" + used
    assert "--tblr-d:var(--tblr-a)" in kept(values, own="a{margin:var(--tblr-d)}")


def test_words_that_are_put_together_count_by_their_beginning_only_in_classes() -> None:
    said = spoken(['<a class="x {{ "y" }} btn-{{ kind }}" id="row-{{ n }}">'])

    assert said.begun == ("btn-",)
    assert said.may_say("btn-primary")
    assert not said.may_say("row-1")


def test_the_part_is_small_and_names_whose_it_is() -> None:
    whole, ours = WHOLE.read_text("utf-8"), PART.read_text("utf-8")

    assert len(ours) < len(whole) / 5
    assert "Licensed under MIT" in ours[:400]
