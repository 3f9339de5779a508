"""Whether a home holds a city: commands that only look refuse an empty one instead of making it."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import click

from linli.config.env import ROOT, Env
from linli.config.language import words

F = TypeVar("F", bound=Callable[..., Any])
USUAL = ROOT / ".linli"


def needs_city(function: F) -> F:
    """Mark a command that looks at a city or takes data out of it: it never makes one."""
    function.needs_city = True  # type: ignore[attr-defined]
    return function


def refuse_without_city(env: Env) -> None:
    """End if the home holds no city, and leave nothing there."""
    if not has_city(env):
        raise click.ClickException(" ".join(no_city(env)))


def refuse_keyless(env: Env) -> None:
    """End if there are neither a city nor keys in the home."""
    if not has_city(env) and not (env.home / "keys" / "ring.json").exists():
        raise click.ClickException(" ".join(no_city(env)))


def has_city(env: Env) -> bool:
    """Say whether there is a database: that of others is looked at by asking it."""
    return not env.is_embedded or (env.home / "pg").is_dir()


def no_city(env: Env) -> tuple[str, str]:
    """Return what is to be said of a home without a city, and what to do."""
    near = _near(env.home)
    meant = words("Look at LINLI_HOME. ", "请检查 LINLI_HOME。")
    if near:
        meant = words(f"Did you mean LINLI_HOME={near}? ", f"您是不是指 LINLI_HOME={near}？")
    there = words(f"There is no city in {env.home}.", f"{env.home} 里还没有建城市。")
    return there, meant + words("`linli up` makes one.", "`linli up` 会建一个。")


def _near(home: Path) -> Path | None:
    """Return a home with a city whose path is much like the one that was given, or the usual one."""
    try:
        beside = [path for path in home.parent.iterdir() if (path / "pg").is_dir()]
    except OSError:
        beside = []
    names = get_close_matches(home.name, [path.name for path in beside], n=1)
    if names:
        return home.with_name(names[0])
    return USUAL if home != USUAL and (USUAL / "pg").is_dir() else None
