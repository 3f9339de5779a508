"""The database holds every constraint and index that a model names."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

pytestmark = pytest.mark.django_db
OURS = [
    one for one in apps.get_models(include_auto_created=True) if one.__module__.startswith("linli.")
]
HELD = """
SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'
"""


def held() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        return {name for (name,) in cursor.fetchall()}


def test_what_a_model_names_is_in_the_database() -> None:
    """Django drops a partial unique index without a word when a migration takes `db_index` off its column."""
    named: list[models.BaseConstraint | models.Index] = [
        one for model in OURS for one in (*model._meta.constraints, *model._meta.indexes)
    ]

    known = held()

    assert len(named) > 300
    assert [one.name for one in named if one.name not in known] == []
