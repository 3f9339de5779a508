"""Rules on the shape of the code that no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.urls import get_resolver

from linli.runtime.queries import operations_of, views_of
from tests.each import each
from tests.trees import PACKAGE, that_name, tree

SERVICES = sorted([*PACKAGE.glob("*/services.py"), *PACKAGE.glob("*/services/*.py")])
READS = sorted(
    [
        *PACKAGE.glob("*/queries.py"),
        *PACKAGE.glob("*/queries/*.py"),
        *PACKAGE.glob("*/rules.py"),
        *PACKAGE.glob("*/rules/*.py"),
    ]
)
GUARDS = ("require", "perform", "perform_many", "perform_step", "make_steps")
# a floor under every app: they serve callers that asked already, or ask nobody by their nature
GROUND = {"runtime", "trail", "translog"}
ASKED = [path for path in SERVICES if path.relative_to(PACKAGE).parts[0] not in GROUND]


def public_functions(path: Path) -> list[ast.FunctionDef]:
    return [
        node
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def calls(node: ast.AST, *names: str) -> bool:
    return any(
        isinstance(n, ast.Call)
        and (getattr(n.func, "id", None) in names or getattr(n.func, "attr", None) in names)
        for n in ast.walk(node)
    )


def called(path: Path, node: ast.FunctionDef) -> list[ast.FunctionDef]:
    """The function and the helpers of the same file that it calls."""
    own = {n.name: n for n in tree(path).body if isinstance(n, ast.FunctionDef)}
    names = {getattr(n.func, "id", "") for n in ast.walk(node) if isinstance(n, ast.Call)}
    return [node, *(own[name] for name in names if name in own and name.startswith("_"))]


def label(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@each(ASKED, label)
def test_every_service_asks_for_a_permit_or_says_why_not(path: Path) -> None:
    silent = [
        f.name
        for f in public_functions(path)
        if not any(calls(part, *GUARDS) for part in called(path, f))
        and not any(calls(d, "open_to_all") for d in f.decorator_list)
    ]
    assert silent == []


@each(ASKED, label)
def test_every_service_names_its_actor(path: Path) -> None:
    nameless = [
        f.name
        for f in public_functions(path)
        if "actor" not in [a.arg for a in [*f.args.args, *f.args.kwonlyargs]]
    ]
    assert nameless == []


@each([*SERVICES, *READS], label)
def test_every_public_function_has_a_docstring(path: Path) -> None:
    assert [f.name for f in public_functions(path) if not ast.get_docstring(f)] == []


def test_every_app_says_what_it_owns() -> None:
    apps = [p.parent for p in PACKAGE.glob("*/apps.py") if p.parent.name != "config"]
    assert apps
    assert [a.name for a in apps if "Owns:" not in (a / "__init__.py").read_text()] == []


def first_line(path: Path) -> str:
    """Return the first line of a file that says something, comments left out; nothing of an empty one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((one for one in lines if one.strip() and not one.startswith("#")), "")


def test_every_module_has_a_docstring() -> None:
    bare = [
        label(path)
        for path in PACKAGE.rglob("*.py")
        if path.name not in ("__init__.py", "apps.py")
        and not {"migrations"} & set(path.parts)
        and first_line(path)[:3] not in ("", '"""')
    ]
    assert bare == []


BROAD = ("except:", "except Exception", "except BaseException")


def test_only_the_job_runner_catches_everything() -> None:
    """style: `except Exception` hides bugs; outside systems are caught by their narrow errors.

    Open311 answers every error in a form of its own, which its clients read; it logs it as others are. What does
    many things one after the other logs what breaks of one (`kernel/each.py`).
    """
    broad = [
        f"{label(path)}:{node.lineno}"
        for path in that_name(PACKAGE.rglob("*.py"), *BROAD)
        if "tests" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    ]
    allowed = ("runtime/", "exchange/views/frame.py", "kernel/each.py")
    assert [place for place in broad if not place.startswith(allowed)] == []


def test_no_file_of_a_list_is_cut_in_silence() -> None:
    """A list is a `ListFile` (ui/downloads.py); what else is cut for a file or a paper says so by its note.

    It is said where it is cut, or by the function of the same module that writes the file.
    """
    cut = [
        f"{label(path)}:{node.lineno}"
        for path in that_name(PACKAGE.rglob("*.py"), "download(", "as_xlsx(", "as_csv(", "_file(")
        if "views" in path.as_posix()
        for function in silent_functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)
        and is_cap_of_a_file(node.slice.upper)
    ]  # fmt: skip
    assert cut == []


NOTES = {"file_note", "cut_note"}


def silent_functions(path: Path) -> list[ast.FunctionDef]:
    """Return the functions that neither say how much of a list is cut nor call one that does."""
    functions = [one for one in tree(path).body if isinstance(one, ast.FunctionDef)]
    tell = {one.name for one in functions if names_called(one) & NOTES}
    return [one for one in functions if not names_called(one) & {*NOTES, *tell}]


def names_called(function: ast.FunctionDef) -> set[str]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {getattr(one.func, "id", "") or getattr(one.func, "attr", "") for one in calls}


def is_cap_of_a_file(upper: ast.expr | None) -> bool:
    """Say whether a slice ends where a file does: at a large number or a name for it, or one row after it."""
    parts = list(ast.walk(upper)) if upper else []
    numbers = [one.value for one in parts if isinstance(one, ast.Constant)]
    names = [getattr(one, "id", "") or getattr(one, "attr", "") for one in parts]
    is_large = any(isinstance(one, int) and one >= 1000 for one in numbers)
    return is_large or any(name == "MOST" or "EXPORT" in name or "FILE" in name for name in names)


@pytest.mark.parametrize(
    ("cut", "is_cap"),
    [("MOST", True), ("MOST + 1", True), ("names.MOST + 1", True), ("5000", True), ("MOST_IN_FILE", True),
     ("PAGE", False), ("20", False), ("", False)],
)  # fmt: skip
def test_a_cap_of_a_file_is_seen_however_it_is_written(cut: str, is_cap: bool) -> None:
    (sliced,) = (one for one in ast.walk(ast.parse(f"rows[:{cut}]")) if isinstance(one, ast.Slice))

    assert is_cap_of_a_file(sliced.upper) is is_cap


def test_nothing_counts_rows_in_a_limit_or_badge() -> None:
    """A guard that counts rows kills the service it guards: unbounded counts are refused."""
    found = [
        f"{label(path)}:{number}"
        for path in PACKAGE.rglob("*.py")
        if path.name.startswith(("limits", "middleware", "context")) and "tests" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if ".count()" in line or "count(*)" in line.lower()
    ]
    assert found == []


def test_a_limit_stands_only_on_what_an_address_leads_to() -> None:
    """The middleware reads the marks of the view of an address: on a function inside, they count nothing."""
    reached = {
        (f.__module__, f.__name__)
        for view in views_of(get_resolver().url_patterns)
        for f in (view, *(op.view_func for op in operations_of(view)))
        if getattr(f, "limits", ())
    }
    marked = {
        (".".join(("linli", *path.relative_to(PACKAGE).with_suffix("").parts)), node.name)
        for path in that_name(sorted(PACKAGE.rglob("*.py")), "@limited(")
        if "tests" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and any(calls(d, "limited") for d in node.decorator_list)
    }  # fmt: skip
    assert marked - reached == set() and len(marked) > 50


APPS = sorted(p.parent.name for p in PACKAGE.glob("*/apps.py"))
TABLE = re.compile(rf"\b(?:FROM|JOIN|UPDATE|INTO)\s+(?:ONLY\s+)?({'|'.join(APPS)})_\w+")
# assembly, and statements put together from pieces, one of which names the own table
ASSEMBLY = {"bench", "cli", "config", "demo"}
IN_PIECES = {
    "access/queries/holders.py", "access/queries/posts.py", "access/queries/sessions.py",
    "cases/rules/conflicts.py",
}  # fmt: skip


def statements(path: Path) -> list[str]:
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            found.append("".join(str(getattr(one, "value", "")) for one in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


def test_a_statement_that_reads_tables_of_other_apps_alone_stands_with_their_owner() -> None:
    """Where both are joined it may name them; else it is a query, or a constant, of the app whose tables they are."""
    files = [p for p in PACKAGE.rglob("*.py") if not {"tests", "migrations"} & set(p.parts)]
    foreign = []
    for path in that_name(files, "FROM ", "JOIN ", "UPDATE "):
        app = path.relative_to(PACKAGE).parts[0]
        if app in ASSEMBLY or label(path) in IN_PIECES:
            continue
        named = [set(TABLE.findall(text)) for text in statements(path)]
        foreign += [f"{label(path)}: {sorted(of)}" for of in named if of and app not in of]
    assert foreign == []
