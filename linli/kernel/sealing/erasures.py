"""Who was erased by law, kept beside the keys: a backup from before is erased again when restored.

The list holds numbers of persons and of accounts, and moments, no names. It goes out of the machine with `linli keys export`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from linli.kernel.sealing import files

ERASED = "erased.json"
# how an account that was erased without an entry of the register stands among the numbers of persons
ACCOUNT = "account:"


def known(home: Path) -> dict[int, str]:
    """Return persons by number and when they were erased."""
    return {int(key): at for key, at in whole(home).items() if not key.startswith(ACCOUNT)}


def known_accounts(home: Path) -> dict[int, str]:
    """Return accounts by number and when they were erased."""
    return {
        int(key.removeprefix(ACCOUNT)): at
        for key, at in whole(home).items()
        if key.startswith(ACCOUNT)
    }


def whole(home: Path) -> dict[str, str]:
    """Return the list as it is kept: persons by number, accounts behind their word."""
    try:
        raw = json.loads((files.folder(home) / ERASED).read_bytes())
    except FileNotFoundError:
        return {}
    return {str(key): str(at) for key, at in raw.items()}


def note(home: Path, erased: Iterable[tuple[int, datetime | str]]) -> int:
    """Add persons to the list and return how many are new; the list is whole at any moment."""
    return bring_in(home, ((str(person), at) for person, at in erased))


def note_accounts(home: Path, erased: Iterable[tuple[int, datetime | str]]) -> int:
    """Add accounts to the list and return how many are new."""
    return bring_in(home, ((f"{ACCOUNT}{account}", at) for account, at in erased))


def bring_in(home: Path, erased: Iterable[tuple[str, datetime | str]]) -> int:
    """Add what another list says, as `whole` returns it; return how much is new."""
    with files.changing(home):
        had = whole(home)
        new = {key: _text(at) for key, at in erased if key not in had}
        if new:
            lines = {**had, **new}
            kept = {key: lines[key] for key in sorted(lines, key=_rank)}
            files.write_private(files.folder(home) / ERASED, json.dumps(kept, indent=0).encode())
    return len(new)


def _rank(key: str) -> tuple[bool, int]:
    return key.startswith(ACCOUNT), int(key.removeprefix(ACCOUNT))


def _text(at: datetime | str) -> str:
    return at if isinstance(at, str) else files.moment(at)
