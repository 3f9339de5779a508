"""Who was erased by law, kept beside the keys: a backup from before is erased again when restored.

The list holds numbers and moments, no names. It goes out of the machine with `linli keys export`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from linli.kernel.sealing import files

ERASED = "erased.json"


def known(home: Path) -> dict[int, str]:
    """Return persons by number and when they were erased."""
    try:
        raw = json.loads((files.folder(home) / ERASED).read_bytes())
    except FileNotFoundError:
        return {}
    return {int(person): str(at) for person, at in raw.items()}


def note(home: Path, erased: Iterable[tuple[int, datetime | str]]) -> int:
    """Add persons to the list and return how many are new; the list is whole at any moment."""
    with files.changing(home):
        had = known(home)
        new = {p: _text(at) for p, at in erased if p not in had}
        if new:
            whole = {str(p): at for p, at in sorted({**had, **new}.items())}
            files.write_private(files.folder(home) / ERASED, json.dumps(whole, indent=0).encode())
    return len(new)


def _text(at: datetime | str) -> str:
    return at if isinstance(at, str) else files.moment(at)
