"""Small commands: what doctor takes for a fault, and whom a file with residents is readable to."""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from linli.cli import doctor, main, people, proof_words
from linli.cli.backup import LAST
from linli.cli.main import collect
from linli.config.env import WrongSettings, read_env
from linli.demo.cast import VILLAGE_1
from tests.conftest import City

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("mark", "age", "is_well", "is_told"),
    [
        ("demo", None, True, True),
        ("real", None, False, True),
        ("real", 3, True, False),
        ("real", 49, False, True),
        ("demo", 49, True, True),
    ],
)
def test_a_backup_is_asked_for_where_a_loss_would_hurt(
    tmp_path: Path, mark: str, age: int | None, is_well: bool, is_told: bool
) -> None:
    (tmp_path / mark).touch()
    if age is not None:
        made_at = datetime.now(UTC) - timedelta(hours=age)
        # where it was put does not matter: the home remembers
        (tmp_path / LAST).write_text(json.dumps({"made_at": made_at.isoformat(), "at": "/mnt/x"}))

    (found,) = doctor.check_backup(read_env({"LINLI_HOME": str(tmp_path)}))

    assert (found.is_well, bool(found.fix)) == (is_well, is_told)


def test_a_real_city_without_a_sponsor_is_reminded_and_works(tmp_path: Path) -> None:
    env = read_env({"LINLI_HOME": str(tmp_path), "LINLI_SPONSOR": "", "LINLI_OPERATOR": "局"})
    assert list(doctor.check_footer(env)) == []
    (tmp_path / "real").touch()

    (found,) = doctor.check_footer(env)

    assert found.is_well
    assert "LINLI_SPONSOR:" in found.fix


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "还没有做过备份"),
        ({"LANG": "C.UTF-8"}, "还没有做过备份"),
        ({"LANG": "en_US.UTF-8"}, "no backup was made yet"),
        ({"LANG": "en_US.UTF-8", "LINLI_LANGUAGE": "zh-hans"}, "还没有做过备份"),
    ],
)
def test_doctor_speaks_the_language_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], said: str
) -> None:
    for name in ("LINLI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    (found,) = doctor.check_backup(read_env({"LINLI_HOME": str(tmp_path)}))

    assert found.what == said


def test_wrong_settings_are_told_in_chinese_each_with_its_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    given = {
        "LINLI_HOME": f"{tmp_path}/file/{'a' * 99},b", "PORT": "x", "SECRET_KEY": "short", "HTTPS": "yes",
        "HOST": "0.0.0.0", "EMAIL_HOST": "mail", "DATABASE_OWNER_URL": "postgresql://a:b@c/d",
    }  # fmt: skip
    told = {}
    for language in ("zh-hans", "en"):
        monkeypatch.setenv("LINLI_LANGUAGE", language)
        with pytest.raises(WrongSettings) as wrong:
            read_env(given)
        told[language] = wrong.value.faults

    assert len(told["zh-hans"]) == len(told["en"]) == 9
    assert all("请" in fault or "要" in fault or "可选" in fault for fault in told["zh-hans"])
    assert not any(re.search(r"[\u4e00-\u9fff]", fault) for fault in told["en"])
    mends = [doctor._mend_of(fault) for fault in told["zh-hans"]]
    assert "请填 1 到 65535 之间的数。" in mends


def test_the_help_of_import_names_every_importer(monkeypatch: pytest.MonkeyPatch) -> None:
    # commands are there once in a process: other tests call them without the database of a home
    monkeypatch.setattr(main, "_wrap", lambda group: None)
    root = collect(click.Group())
    importers = root.commands["import"]

    said = importers.help or ""

    assert isinstance(importers, click.Group)
    assert {"hotline", "outlines", "people", "plan"} <= set(importers.commands)
    assert all(word in said for word in ("plan", "people", "hotline", "outlines", "working days"))


def test_a_file_with_residents_is_readable_to_its_owner_alone(
    city: City, tmp_path: Path, monkeypatch: Any
) -> None:
    out, modes = tmp_path / "residents.csv", []
    write = os.fdopen

    def watched(handle: int, *more: Any, **named: Any) -> Any:
        modes.append(os.fstat(handle).st_mode & 0o777)
        return write(handle, *more, **named)

    monkeypatch.setattr("os.fdopen", watched)
    before = os.umask(0)
    try:
        people.export_people.callback(out, VILLAGE_1)  # type: ignore[misc]
    finally:
        os.umask(before)

    assert modes[-1] == 0o600
    assert out.stat().st_mode & 0o777 == 0o600
    assert len(out.read_text("utf-8-sig").splitlines()) > 10


def test_the_settings_that_the_manual_names_exist() -> None:
    manual = (ROOT / "docs" / "howto" / "run-for-real.md").read_text()
    rows = [line for line in manual.splitlines() if line.startswith("| `")]
    named = {
        name for row in rows for name in re.findall(r"`([A-Z_]+)(?:=\w+)?`", row.split("|")[1])
    }
    code = "".join(path.read_text() for path in (ROOT / "linli" / "config").glob("*.py"))

    assert {"LINLI_PREPARE", "DATABASE_OWNER_URL", "LINLI_HOME"} <= named
    assert [name for name in sorted(named) if f'"{name}"' not in code] == []


# what a command says by, and what is no word of ours
SAYING = {"say", "echo", "ClickException", "UsageError", "prompt", "confirm"}
ENGLISH = re.compile(r"[A-Za-z]{3,}")


def left_in_english(node: ast.AST) -> list[str]:
    """Return the words of an expression that stand in one language alone; keys and formats are none."""
    if isinstance(node, ast.Call) and _name(node) in {
        "words",
        "said",
        "dumps",
        "reverse",
        "listed",
    }:
        return []
    if isinstance(node, ast.Subscript):
        return left_in_english(node.value)
    if isinstance(node, ast.Constant):
        is_told = isinstance(node.value, str) and ENGLISH.search(node.value.replace("linli", ""))
        return [str(node.value)] if is_told else []
    return [word for inner in ast.iter_child_nodes(node) for word in left_in_english(inner)]


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def told_by(tree: ast.AST) -> Iterator[ast.AST]:
    """Return every expression that a command tells: by a call, or line by line in a generator of words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in SAYING:
            yield from node.args
        elif isinstance(node, ast.FunctionDef) and node.name.endswith("_words"):
            yield from (
                one.value for one in ast.walk(node) if isinstance(one, ast.Yield) and one.value
            )


def test_what_every_command_tells_stands_in_both_languages() -> None:
    found, looked_at = {}, 0
    for path in sorted(Path("linli/cli").rglob("*.py")):
        for told in told_by(ast.parse(path.read_text(encoding="utf-8"))):
            looked_at += 1
            # a line of a list by its format: names of columns, no words
            if isinstance(told, ast.Call) and _name(told) == "format":
                continue
            if words := left_in_english(told):
                found[f"{path}:{getattr(told, 'lineno', 0)}"] = words

    assert looked_at > 80
    assert found == {}


def helps_of(group: click.Group, name: str = "") -> Iterator[tuple[str, str]]:
    """Return what --help says first of each command of ours, and of each of its options."""
    for command in group.commands.values():
        called = f"{name} {command.name}".strip()
        yield called, (command.help or "").split("\n\n")[0]
        if isinstance(command, click.Group):
            yield from helps_of(command, called)
        for one in command.params:
            if isinstance(one, click.Option):
                yield f"{called} {one.opts[0]}", one.help or ""


def test_what_help_says_of_every_command_and_option_stands_in_both_languages() -> None:
    told = dict(helps_of(collect(click.Group())))

    assert [asked for asked, said in told.items() if not is_in_both(said)] == []
    assert [asked for asked, said in told.items() if re.search(r"(\S{3,}) \1", said)] == []
    assert len(told) > 110


def is_in_both(said: str) -> bool:
    return re.search(r"[A-Za-z]{3}.*[一-鿿]{2}", said) is not None


def test_a_trail_that_was_tampered_with_is_told_in_the_language_of_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body: dict[str, Any] = {
        "ok": False, "sealed": 7, "heads_compared": 1, "marks_unknown": 0,
        "unsealed": {"count": 0, "entries": []},
        "problems": [{"kind": "changed", "text": "Entry 5 was changed.", "entry_id": 5, "seq": 3}],
    }  # fmt: skip
    told = {}
    for language in ("zh-hans", "en"):
        monkeypatch.setenv("LINLI_LANGUAGE", language)
        told[language] = list(proof_words.trail_words(body))

    assert told["zh-hans"][-2:] == ["有误：第 5 条，封存 3：内容被改动过", "留痕记录被改动过。"]
    assert told["en"][-2:] == ["WRONG: Entry 5 was changed.", "The trail was tampered with."]


def test_every_problem_of_the_trail_has_words_in_chinese() -> None:
    kinds = {
        node.args[0].value
        for path in ("linli/trail/rules.py", "linli/trail/queries/chain.py")
        for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _name(node) == "Problem"
        and isinstance(node.args[0], ast.Constant)
    }  # fmt: skip

    assert len(kinds) > 5 and kinds <= set(proof_words.PROBLEMS)
