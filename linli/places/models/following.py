"""Columns that hold the path of a place follow it: one statement a column, in the same transaction."""

from __future__ import annotations

from django.db import connection

from linli.kernel.registries import PATH_COLUMNS, PathColumn

FOLLOW = """
UPDATE {table} SET {column} = %(new)s || substr({column}, length(%(old)s) + 1){codes}
WHERE {column} >= %(old)s AND {column} < %(old)s || '~'
"""
CODE = ", {name} = split_part(%(new)s || substr({column}, length(%(old)s) + 1), '/', {part})"


def follow(old_path: str, new_path: str, *, is_merge: bool = False) -> int:
    """Rewrite every registered column below a path; return how many values changed."""
    changed = 0
    with connection.cursor() as cursor:
        for entry in PATH_COLUMNS:
            if entry.merges or not is_merge:
                cursor.execute(_statement(entry), {"old": old_path, "new": new_path})
                changed += cursor.rowcount
    return changed


def _statement(entry: PathColumn) -> str:
    table, _dot, column = entry.key.partition(".")
    codes = "".join(
        CODE.format(name=name, column=column, part=part + 1) for name, part in entry.codes
    )
    return FOLLOW.format(table=table, column=column, codes=codes)
