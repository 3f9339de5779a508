"""Who counts with a number of the law: what its page says is read off the code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from linli.kernel.permits import PERMITS
from linli.rulebook.law.load import law

PACKAGE = Path(__file__).parents[2]
CODE = (".py", ".html", ".yaml", ".csv")
# tests ask for any key, the law is what is asked for
NO_USE = {"tests", "testing.py", "migrations", "locale", "law"}
# they show and try what the apps do
NO_USERS = {"bench", "cli", "config", "demo", "kernel"}
PART = r"\{[^{}\"]*\}"
NAME = re.compile(rf"[\"' ]([a-z_]+\.(?:[a-z_0-9.]|{PART})+)[\"'\n]")


@cache
def users() -> dict[str, set[str]]:
    """Return the apps whose code names each key: whole, by its beginning, or with parts filled in."""
    found: dict[str, set[str]] = defaultdict(set)
    for app, names in _names_by_app().items():
        for key in (key for name in names for key in keys_of(name)):
            found[key].add(app)
    return found


def _names_by_app() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for file in PACKAGE.rglob("*.*"):
        place = file.relative_to(PACKAGE).parts
        if file.suffix in CODE and not NO_USE & set(place) and place[0] not in NO_USERS:
            found[place[0]].update(NAME.findall(file.read_text()))
    return found


def keys_of(name: str) -> Iterator[str]:
    """Return the keys that a text in the code may stand for.

    `grid.warning.{kind}` stands for those of each kind, `refusal.report.` for all that begin so.
    """
    known = law().parameters
    if "{" in name:
        filled = "[a-z0-9_.]+".join(re.escape(part) for part in re.split(PART, name))
        yield from (key for key in known if re.fullmatch(filled, key))
    elif name.endswith("."):
        yield from (key for key in known if key.startswith(name))
    elif name in known:
        yield name


def test_computed_names_and_beginnings_are_recognised() -> None:
    assert set(keys_of("notify.sending_hours.{who}")) == {
        "notify.sending_hours.residents", "notify.sending_hours.staff",
    }  # fmt: skip
    assert "refusal.report.secrets" in set(keys_of("refusal.report."))
    assert list(keys_of("pi.small_cell")) == ["pi.small_cell"]
    assert list(keys_of("no.such.key")) == []


def test_whoever_is_said_to_use_a_number_names_it_in_its_code() -> None:
    unproven = {
        key: lacking
        for key, parameter in law().parameters.items()
        if (lacking := set(parameter.used_by) - users()[key])
    }

    assert unproven == {}, "move them to kept_for until their code counts with it"


def test_whoever_counts_with_a_number_is_named() -> None:
    # a permit may have the name of a number: then its table names it, too
    unsaid = {
        key: more
        for key, parameter in law().parameters.items()
        if key not in PERMITS and (more := users()[key] - set(parameter.used_by))
    }

    assert unsaid == {}, "add them to used_by"


def test_a_number_is_not_kept_for_an_app_that_has_long_come() -> None:
    """Where an app of ours does not count with it, no other app of ours does so in its place."""
    apps = {folder.name for folder in PACKAGE.iterdir() if folder.is_dir()}

    assert [
        key
        for key, parameter in law().parameters.items()
        if parameter.used_by and apps & set(parameter.kept_for)
    ] == []
