"""Every act that the code records, and every kind of thing it is recorded on, has a title in the trail."""

from __future__ import annotations

import ast
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from django.utils import translation

from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS
from linli.ui.doers import doer
from tests.conftest import City
from tests.trees import PACKAGE, that_name, tree

SOURCES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if "tests" not in path.parts and path.name != "testing.py" and path.parent.name != "bench"
)


RECORDERS = {"record": 0, "Act": 0}


def recorders(code: ast.AST) -> dict[str, int]:
    """Return the functions of a file that take a verb to record it, and as which argument."""
    defined = [node for node in ast.walk(code) if isinstance(node, ast.FunctionDef)]
    names = {one.name: [arg.arg for arg in one.args.args] for one in defined}
    return {name: args.index("verb") for name, args in names.items() if "verb" in args}


def recorded(path: Path) -> set[str]:
    """Return the verbs that a file records, directly or through a function of its own.

    Of a verb that is put together the parts that may change are `*`.
    """
    known = {**recorders(tree(path)), **RECORDERS}
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    found = set()
    for call in calls:
        at = known.get(getattr(call.func, "attr", getattr(call.func, "id", "")))
        if at is not None and len(call.args) > at:
            found.add(pattern_of(call.args[at]))
    return {verb for verb in found if "." in verb}


def pattern_of(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else ""


def has_title(verb: str) -> bool:
    return any(fnmatchcase(known.key, verb) for known in VERBS)


@pytest.mark.parametrize("app", sorted({path.relative_to(PACKAGE).parts[0] for path in SOURCES}))
def test_every_verb_has_a_title(app: str) -> None:
    verbs = {
        verb
        for path in that_name(SOURCES, "record(", "Act(", "verb")
        if path.is_relative_to(PACKAGE / app)
        for verb in recorded(path)
    }

    assert sorted(verb for verb in verbs if not has_title(verb)) == [], (
        "add a line to linli/portal/kinds/verbs.py or register_verbs.py"
    )


def things_in(path: Path) -> set[str]:
    """Return the kinds of things that a file names as plain text where it records something."""
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    given = [word.value for call in calls for word in call.keywords if word.arg == "on"]
    first = [each.elts[0] for each in given if isinstance(each, ast.Tuple) and each.elts]
    return {str(each.value) for each in first if isinstance(each, ast.Constant)}


def test_every_kind_of_thing_that_the_code_names_has_a_title() -> None:
    named = {kind for path in that_name(SOURCES, "on=(") for kind in things_in(path)}

    assert "people.person" in named
    assert sorted(kind for kind in named if THINGS.get(kind) is None) == [], (
        "add a line to linli/portal/kinds/things.py"
    )


def test_an_address_that_somebody_gives_and_a_look_at_terms_are_called_what_they_are() -> None:
    address, work = THINGS.get("notify.emailaddress"), SYSTEM_WORK.get("trail.overdue")

    assert address is not None and str(address.title) == "电子邮箱"
    assert work is not None and str(work.title) == "检查是否有内容超过保存期限"


def test_every_kind_of_thing_in_the_trail_of_the_demo_has_a_title(city: City) -> None:
    from linli.trail.models import Entry

    kinds = set(Entry.objects.values_list("kind", flat=True).distinct())

    assert "access.account" in kinds
    assert sorted(kind for kind in kinds if THINGS.get(kind) is None) == []


def test_every_verb_in_the_trail_of_the_demo_has_a_title(city: City) -> None:
    from linli.trail.models import Entry

    verbs = set(Entry.objects.values_list("verb", flat=True).distinct())

    assert "people.import_received" not in {verb for verb in verbs if VERBS.get(verb) is None}
    assert sorted(verb for verb in verbs if VERBS.get(verb) is None) == []


def systems_in(path: Path) -> set[str]:
    """Return the labels of the system's actors that a file names as plain text."""
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", "") == "system_actor" and call.args]
    return {str(c.args[0].value) for c in named if isinstance(c.args[0], ast.Constant)}


def test_all_that_the_system_does_by_itself_has_a_title() -> None:
    named = {label for path in that_name(SOURCES, "system_actor") for label in systems_in(path)}

    assert {"make demo", "plan import", "linli import people"} <= named
    assert sorted(label for label in named if SYSTEM_WORK.get(label) is None) == [], (
        "add a line to linli/portal/kinds/jobs.py"
    )


@pytest.mark.parametrize(
    ("label", "chinese", "english"),
    [
        ("make demo", "系统：准备演示内容", "The system: setting the demo up"),
        ("nobody", "未登录的人", "Somebody not signed in"),
        ("no.such_job", "系统", "The system"),
        ("叶少芬", "叶少芬", "叶少芬"),
        ("Mary Ann", "Mary Ann", "Mary Ann"),
    ],
)
def test_a_kept_label_is_shown_in_words(label: str, chinese: str, english: str) -> None:
    for language, words in (("zh-hans", chinese), ("en", english)):
        with translation.override(language):
            assert doer(label) == words


def test_what_the_town_of_the_demo_filed_was_filed_by_its_people(city: City) -> None:
    from linli.plan.models import TownPlan

    assert {doer(plan.filed_by)[:3] for plan in TownPlan.objects.all()} == {"周美玲"}
