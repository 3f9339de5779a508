"""What every request asks is found by keys, however large the city."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from linli.access.models import SignIn
from linli.access.queries.holders import UNTIED
from linli.access.queries.sessions import ACCOUNT, SESSION
from linli.access.templates_of_rights import meant_by_depth
from linli.access.testing import make_staff, signed_in
from linli.kernel.testing import VILLAGE

MANY = 4000
COPIES = {
    "access.Account": {"username": "'copy' || i"},
    "orgs.Post": {"title": "'copy ' || i"},
    "orgs.PostHolding": {"post_id": "i", "account_id": "i"},
    "access.GivenRight": {"post_id": "i"},
}


def fill(label: str, fields: dict[str, str]) -> str:
    """Copy the newest row of a table many times; return the table."""
    model = apps.get_model(label)
    table = model._meta.db_table
    names = [one.column for one in model._meta.concrete_fields]
    values = [{"id": "i", **fields}.get(name, f"x.{name}") for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} "
            f"FROM (SELECT * FROM {table} ORDER BY id DESC LIMIT 1) x, "
            f"generate_series(1000001, 1000000 + {MANY}) i"
        )
    return table


def readings(plan: dict[str, object]) -> list[tuple[str, float]]:
    """Return which tables a plan read, and how many rows it looked at in each."""
    below = plan.get("Plans", [])
    assert isinstance(below, list)
    seen = [one for part in below for one in readings(part)]
    if "Relation Name" in plan:
        told = [plan.get(key, 0) for key in ("Actual Rows", "Rows Removed by Filter")]
        loops = float(str(plan["Actual Loops"]))
        seen.append((str(plan["Relation Name"]), loops * sum(float(str(one)) for one in told)))
    return seen


@pytest.mark.parametrize("text", [SESSION, ACCOUNT], ids=["session", "account"])
@pytest.mark.django_db(transaction=True)
def test_who_is_there_is_found_without_reading_tables_whole(text: str, admin_db: Any) -> None:
    account = make_staff()
    signed_in(account)
    session = SignIn.objects.get(account=account)
    tables = {fill(label, fields) for label, fields in COPIES.items()}
    admin_db.execute(f"ANALYZE {', '.join(sorted(tables))}")
    key = account.pk if text is ACCOUNT else bytes(session.key_hash)
    given = {"key": key, "now": timezone.now(), "today": timezone.localdate()}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT json) {text}", given)
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    looked_at = [one for one in readings(plan) if one[0] in tables]
    assert {table for table, _ in looked_at} == tables
    assert [one for one in looked_at if one[1] > MANY / 10] == []


# where nothing was written yet: what other tests left behind changes which index is cheaper
@pytest.mark.django_db(transaction=True)
def test_whose_holder_has_no_account_is_found_by_the_keys_of_her_entries() -> None:
    given = {
        "paths": [VILLAGE],
        "below": [VILLAGE],
        "now": timezone.now(),
        "meant": meant_by_depth(),
        "on": timezone.localdate(),
        "limit": 50,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for way in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {UNTIED}", given)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Cond: (merged_into_id = COALESCE(" in plan
    assert "Index Cond: (person_id = e.id)" in plan
