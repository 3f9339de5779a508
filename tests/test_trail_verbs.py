"""Every act that the code records, and every kind of thing it is recorded on, has a title in the trail."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from linli.kernel.registries import THINGS, VERBS
from tests.conftest import City

PACKAGE = Path(__file__).parent.parent / "linli"
SOURCES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if "tests" not in path.parts and path.name != "testing.py" and path.parent.name != "bench"
)


def recorded(path: Path) -> set[str]:
    """Return the verbs that a file records and that stand there as plain text."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    first = [
        call.args[0]
        for call in calls
        if call.args
        and getattr(call.func, "attr", getattr(call.func, "id", "")) in ("record", "Act")
    ]
    return {arg.value for arg in first if isinstance(arg, ast.Constant) and "." in str(arg.value)}


@pytest.mark.parametrize("app", sorted({path.relative_to(PACKAGE).parts[0] for path in SOURCES}))
def test_every_verb_has_a_title(app: str) -> None:
    verbs = {
        verb for path in SOURCES if path.is_relative_to(PACKAGE / app) for verb in recorded(path)
    }

    assert sorted(verb for verb in verbs if VERBS.get(verb) is None) == [], (
        "add a line to linli/portal/kinds/verbs.py"
    )


def things_in(path: Path) -> set[str]:
    """Return the kinds of things that a file names as plain text where it records something."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    given = [word.value for call in calls for word in call.keywords if word.arg == "on"]
    first = [each.elts[0] for each in given if isinstance(each, ast.Tuple) and each.elts]
    return {str(each.value) for each in first if isinstance(each, ast.Constant)}


def test_every_kind_of_thing_that_the_code_names_has_a_title() -> None:
    named = {kind for path in SOURCES for kind in things_in(path)}

    assert "people.person" in named
    assert sorted(kind for kind in named if THINGS.get(kind) is None) == [], (
        "add a line to linli/portal/kinds/things.py"
    )


def test_every_kind_of_thing_in_the_trail_of_the_demo_has_a_title(city: City) -> None:
    from linli.trail.models import Entry

    kinds = set(Entry.objects.values_list("kind", flat=True).distinct())

    assert "access.account" in kinds
    assert sorted(kind for kind in kinds if THINGS.get(kind) is None) == []
