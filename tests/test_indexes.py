"""The catalogue of the database: no index that another one makes needless (docs/adr/0019)."""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

import pytest
from django.apps import apps
from django.db import connection

from linli.kernel.joined import ACCOUNT_COLUMNS

pytestmark = pytest.mark.django_db
# tables of libraries, and those between two tables, which Django makes by itself
NOT_OURS = ("account_", "auth_", "axes_", "django_", "mfa_", "procrastinate_")
ALL = """
SELECT t.relname, i.relname, x.indkey::int[], x.indclass::int[], x.indoption::int[], x.indisunique,
       x.indpred IS NULL AND x.indexprs IS NULL AND a.amname = 'btree'
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_am a ON a.oid = i.relam
 WHERE t.relnamespace = 'public'::regnamespace
"""
# the columns by which an index begins that has all rows, or all that have a value
LED_BY = """
SELECT t.relname, a.attname
  FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
 WHERE x.indisvalid AND (x.indpred IS NULL
    OR pg_get_expr(x.indpred, x.indrelid) = format('(%I IS NOT NULL)', a.attname))
"""


class Index(NamedTuple):
    table: str
    name: str
    columns: list[int]
    classes: list[int]
    order: list[int]
    is_unique: bool
    is_plain: bool

    def serves_for(self, other: Index) -> bool:
        """Say whether whatever `other` finds is found by this one, too."""
        many = len(other.columns)
        begins = (self.columns[:many], self.classes[:many]) == (other.columns, other.classes)
        return self.table == other.table and self.is_plain and begins


def indexes() -> list[Index]:
    with connection.cursor() as cursor:
        cursor.execute(ALL)
        return [Index(*row) for row in cursor.fetchall()]


def between_two() -> set[str]:
    """Return the tables that tie two others together and have no model of ours."""
    made = apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in made if model._meta.auto_created}


def test_no_index_begins_like_another_of_its_table() -> None:
    left_alone = between_two()
    found = [
        one for one in indexes()
        if not one.table.startswith(NOT_OURS) and one.table not in left_alone
    ]  # fmt: skip
    needless = [
        f"{one.name}: {other.name} does"
        for one, other in permutations(found, 2)
        if one.is_plain and not one.is_unique and other.serves_for(one)
    ]

    assert len(found) > 500 and needless == []


def test_no_word_has_a_second_index_for_like() -> None:
    assert [one.name for one in indexes() if one.name.endswith("_like")] == []


def test_what_follows_an_account_to_a_new_number_is_found_by_an_index() -> None:
    """It moves while somebody waits at the counter, in tables that grow without end."""
    with connection.cursor() as cursor:
        cursor.execute(LED_BY)
        led = {f"{table}.{column}" for table, column in cursor.fetchall()}

    assert len(ACCOUNT_COLUMNS) > 5
    assert [one.key for one in ACCOUNT_COLUMNS if one.key not in led] == []
