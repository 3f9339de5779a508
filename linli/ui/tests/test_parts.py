"""Components: what they are given they show, escaped, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.template import engines
from django.utils import translation
from jinja2 import UndefinedError

from linli.kernel.paging import Page
from linli.ui import kit
from linli.ui.addresses import Address


@dataclass
class Thing:
    title: str = "<b>&"
    url: str = "/x"
    text: str = ""


SAMPLES = """
{{ ui.due_list(due) }} {{ ui.who(team, "x") }} {{ ui.story(story_rows) }} {{ ui.fields(form) }}
{{ ui.map_svg(sketch, "x") }} {{ ui.trend(over_time, "x", ("a", "b")) }} {{ ui.bars(compared, "x") }}
"""


def rendered(source: str, **context: object) -> str:
    template = engines["jinja2"].from_string('{% import "ui/parts.html" as ui %}' + source)
    return str(template.render(context)).strip()


def test_a_state_has_an_icon_and_a_word() -> None:
    html = rendered('{{ ui.state("Overdue", "late") }}')

    assert "is-late" in html
    assert "#alert-triangle" in html
    assert "Overdue" in html


def test_what_people_wrote_is_escaped() -> None:
    html = rendered("{{ ui.item_list([thing]) }}", thing=Thing())

    assert "&lt;b&gt;&amp;" in html
    assert "<b>&" not in html.replace("<b>&lt;", "")


def test_a_head_sorts_the_other_way_and_keeps_the_filters() -> None:
    here = Address("/en/list/", (("kind", "a"), ("cursor", "c")))
    html = rendered(
        '{% call ui.table("T", [col("Due", "due"), col("Name", "name")], here, "due") %}{% endcall %}',
        here=here,
    )

    assert 'aria-sort="ascending"' in html
    assert 'href="/en/list/?kind=a&amp;sort=-due"' in html
    assert 'href="/en/list/?kind=a&amp;sort=name"' in html


def test_an_empty_table_says_what_to_do_first() -> None:
    html = rendered(
        '{% call ui.table("T", [], has_rows=false, empty=("Nothing yet", "Begin here.")) %}x{% endcall %}'
    )

    assert "Nothing yet" in html
    assert "<table" not in html


def test_a_pager_keeps_the_filters_and_tells_the_count() -> None:
    found = Page(items=[], next="n", previous=None, count=1000, has_more_than_count=True)
    with translation.override("en"):
        html = rendered(
            "{{ ui.pager(found, here) }}", found=found, here=Address("/l/", (("k", "a"),))
        )

    assert "1,000+ in all" in html
    assert 'href="/l/?k=a&amp;cursor=n"' in html
    assert "Previous page" not in html


def test_errors_are_tied_to_their_field() -> None:
    html = rendered(
        '{{ ui.text_field("where", "Where?", hint="Down to the room.", errors=["Say where."]) }}'
    )

    assert 'aria-describedby="id_where-hint id_where-err"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_where-err"' in html
    assert "placeholder" not in html


def test_each_form_gets_a_key_of_its_own() -> None:
    html = rendered("{{ idem_input() }}|{{ idem_input() }}")
    first, second = html.split("|")

    assert first.startswith('<input type="hidden" name="key" value="')
    assert first != second


def test_a_misspelt_name_fails() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ ui.stat('x') }}")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_all_sample_components_render(language: str) -> None:
    with translation.override(language):
        html = rendered(SAMPLES, **kit.sample())

    assert ("示意图，不作划界依据" in html) == (language == "zh-hans")
    assert ("Sketch only" in html) == (language == "en")


def test_a_map_says_that_it_is_a_sketch_only_where_it_is_one() -> None:
    ring = [[(113.7, 23.0), (113.8, 23.0), (113.75, 23.05)]]
    shape = {"key": "1", "label": "x", "rings": ring, "url": ""}

    sketched = rendered("{{ ui.map_svg(map_of([shape]), 'x') }}", shape=shape)
    own = rendered("{{ ui.map_svg(map_of([shape]), 'x') }}", shape={**shape, "is_schematic": False})

    assert "示意图" in sketched
    assert "示意图" not in own


@pytest.mark.parametrize(
    ("asked", "button"),
    [
        ('on_enter=("save", "1")', 'name="save" value="1"></button>'),
        ('on_enter="nothing"', " disabled></button>"),
        ("files=true", 'aria-hidden="true"></button>'),
    ],
)
def test_a_form_says_which_button_enter_presses_before_all_others(asked: str, button: str) -> None:
    html = rendered(
        f'{{{{ ui.form_start("", {asked}) }}}}{{{{ ui.button("Remove", name="drop", value="1") }}}}'
    )

    assert html[html.index("<button") : html.index("Remove")].count('class="ll-enter"') == 1
    assert html[html.index("<button") :].split(">", 2)[0].count("ll-enter") == 1
    assert button in html


def test_a_form_of_one_button_needs_no_other() -> None:
    assert "ll-enter" not in rendered('{{ ui.form_start("") }}')


def test_a_conflict_without_a_field_is_not_called_a_thing_to_correct() -> None:
    with translation.override("zh-hans"):
        conflict = rendered('{{ ui.error_summary([("", "时间刚被别人选走")]) }}')
        mixed = rendered('{{ ui.error_summary([("", "a"), ("id_x", "b")]) }}')

    assert "没有办成" in conflict and "还差" not in conflict
    assert "还差 2 处" in mixed


def test_what_a_template_is_given_to_know_stays_its_own() -> None:
    env = engines["jinja2"].env

    assert env.from_string("{{ only_here }}", globals={"only_here": 7}).render() == "7"
    assert "only_here" not in env.globals
    with pytest.raises(UndefinedError):
        env.from_string("{{ only_here }}").render()
