"""Migrations: named, in one line for each app, on their own feet, and none is missing."""

from __future__ import annotations

import ast
import re
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import models
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from linli.cli.quick_states import quick_states
from linli.config import apps

PACKAGE = Path(__file__).parent.parent / "linli"
FILES = sorted(path for path in PACKAGE.glob("*/migrations/*.py") if path.name != "__init__.py")
NAME = re.compile(r"\d{4}_[a-z0-9_]+")
LABELS = sorted(name.removeprefix("linli.") for name in apps.OURS)


def label(path: Path) -> str:
    return f"{path.parts[-3]}/{path.stem}"


@cache
def loaded() -> MigrationLoader:
    """Return all migrations and how they follow each other, read once for all tests."""
    return MigrationLoader(None)


def written() -> dict[tuple[str, str], Migration]:
    """Return each migration by its app and name."""
    return loaded().disk_migrations


def imports(path: Path) -> list[str]:
    """Return the modules that a file imports, wherever in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found


@pytest.mark.parametrize("path", FILES, ids=label)
def test_a_migration_is_named_after_what_it_does(path: Path) -> None:
    assert NAME.fullmatch(path.stem)
    assert "auto" not in path.stem.split("_")


@pytest.mark.parametrize("path", FILES, ids=label)
def test_a_migration_imports_none_of_our_code(path: Path) -> None:
    """The code changes, a migration does not: it carries copies of what it needs."""
    assert [name for name in imports(path) if name.split(".")[0] == "linli"] == []


@pytest.mark.parametrize("app", LABELS)
def test_an_app_has_one_last_migration(app: str) -> None:
    leaves = loaded().graph.leaf_nodes(app)

    assert len(leaves) <= 1


@pytest.mark.parametrize("path", FILES, ids=label)
def test_what_is_written_by_hand_says_how_it_is_undone(path: Path) -> None:
    migration = written()[path.parts[-3], path.stem]
    by_hand = [op for op in migration.operations if isinstance(op, RunPython | RunSQL)]

    assert [op for op in by_hand if not op.reversible] == []


@pytest.mark.parametrize("path", FILES, ids=label)
def test_tables_and_rows_are_not_moved_in_one_step(path: Path) -> None:
    operations = written()[path.parts[-3], path.stem].operations
    moves = [op for op in operations if isinstance(op, RunPython)]

    assert len(moves) in (0, len(operations))


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = StringIO()

    call_command("makemigrations", "--check", "--dry-run", *LABELS, stdout=said, stderr=said)

    assert "No changes detected" in said.getvalue()


def known_after(context: AbstractContextManager[None]) -> tuple[list[str], list[str], list[str]]:
    """Add a table with a key to another, then a constraint and an index; say what the models know."""
    state = ProjectState()
    state.add_model(ModelState("a", "Place", [("id", models.BigAutoField(primary_key=True))]))
    assert state.apps.get_model("a", "Place")
    key = models.ForeignKey("a.Place", models.CASCADE)
    with context:
        state.add_model(
            ModelState("b", "Hall", [("id", models.BigAutoField(primary_key=True)), ("of", key)])
        )
        state.add_constraint("b", "hall", models.UniqueConstraint(fields=["of"], name="one"))
        state.add_index("b", "hall", models.Index(fields=["of"], name="by_of"))
    place, hall = state.apps.get_model("a", "Place"), state.apps.get_model("b", "Hall")
    assert hall._meta.get_field("of").related_model is place
    return (
        [one.related_model._meta.label for one in place._meta.related_objects],
        [one.name for one in hall._meta.constraints],
        [one.name for one in hall._meta.indexes],
    )


def test_models_made_alone_know_what_those_know_that_are_made_with_all_others() -> None:
    quick = known_after(quick_states())

    assert quick == known_after(nullcontext()) == (["b.Hall"], ["one"], ["by_of"])
    assert ProjectState.add_model.__module__ == "django.db.migrations.state"
