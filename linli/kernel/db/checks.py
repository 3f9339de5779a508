"""Checks of a column's words, spelt so that the server reads them quickly (docs/adr/0026).

Each statement that writes a row reads the checks of its table anew. Django spells a list as `IN ('a', 'b')`,
which the server keeps word by word, each with its casts, and folds each time; a constant is read as one.
"""

from __future__ import annotations

import re

WORD = r"'[a-z0-9_.:-]*'"
LISTED = re.compile(rf'("\w+") IN \(({WORD}(?:, {WORD})*)\)')


def with_constants(check: str) -> str:
    """Return the condition of a check with each list of words as one constant."""
    return LISTED.sub(lambda found: f"{found[1]} = ANY ('{_array(found[2])}'::text[])", check)


def _array(listed: str) -> str:
    words = [word.strip("'") for word in listed.split(", ")]
    # one that could be read as nothing, or as none, is quoted
    return "{" + ",".join(f'"{word}"' for word in words) + "}"
