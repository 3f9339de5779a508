"""Every act that the code records has a title in the trail."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from linli.kernel.registries import VERBS

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
        "add a line to linli/portal/kinds.py"
    )
