"""Steps are written as values one by one, or as one JSON text for many cases: the rows are the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from linli.cases.models import Case, writing
from linli.cases.models.step_statements import plain_statement, statement
from linli.cases.services import assigning
from linli.cases.testing import NOON, clerk_of, faults, make_report, move
from linli.cases.tests.offices import VILLAGE, post_at
from linli.cases.types.moves import At
from linli.kernel import sql

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
WORDS = "路灯“不亮” {1,2} \\ 'x' \"null\" %s %(event)s 😀 null\ttrue"
TABLES = ("case", "caseevent", "publicwords", "internalwords", "caseclock", "assignment")
# what is another in each case: who it is, what nobody can guess, and what is made of these
OWN = {"id", "case_id", "event_id", "uuid", "number", "follow_digest", "nonce", "hash", "head",
       "public", "internal"}  # fmt: skip


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was sent to write steps."""
    seen: list[str] = []
    for name in ("later", "execute"):
        plain = getattr(sql, name)

        def told(label: str, text: str, *given: Any, plain: Any = plain, **named: Any) -> Any:
            if label in ("cases.begin", "cases.open", "cases.write"):
                seen.append(text)
            return plain(label, text, *given, **named)

        monkeypatch.setattr(sql, name, told)
    yield seen


def rows_of(case_id: int) -> dict[str, list[dict[str, Any]]]:
    case = Case.objects.get(pk=case_id)
    mine = [str(case.uuid), case.number, bytes(case.follow_digest or b"").hex()]
    found = {}
    for table in TABLES:
        key = "id" if table == "case" else "case_id"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM cases_{table} t WHERE {key} = %s", [case_id])  # fmt: skip
            told = [row for (row,) in cursor.fetchall()]
        for own in mine:
            told = [row.replace(own, "…") for row in told]
        rows = [{n: v for n, v in json.loads(row).items() if n not in OWN} for row in told]
        found[table] = sorted(rows, key=str)
    return found


def live(post_id: int) -> dict[str, list[dict[str, Any]]]:
    """One report with words of every kind: sent to a post, taken by it, asked back and answered."""
    case_id = make_report(WORDS).case_id
    holder = replace(CLERK, posts=frozenset({post_id}))
    assigning.accept(At(case_id), 1, actor=holder, now=NOON)
    move(case_id, "accept", holder, now=NOON)
    move(case_id, "ask_back", holder, now=NOON, public={"text": WORDS})
    move(case_id, "resume", holder, now=NOON)
    move(case_id, "answer", holder, now=NOON, public={"text": WORDS}, internal={"note": WORDS})
    return rows_of(case_id)


def test_both_ways_write_the_same_rows(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    post_id = post_at(VILLAGE)
    one_by_one, sent = live(post_id), list(texts)
    texts.clear()
    monkeypatch.setattr(writing, "FEW_ROWS", 0)
    together = live(post_id)

    assert one_by_one == together and faults() == []
    assert all(one_by_one[table] for table in TABLES)
    assert len(sent) == len(texts) == 7
    assert not any("json_to_recordset" in text for text in sent)
    assert all("json_to_recordset" in text for text in texts)


def test_a_statement_names_the_column_of_each_value() -> None:
    counts = (("event", 1), ("clock", 2))
    text, order = plain_statement(counts, "insert", is_new=True)

    assert [table for table, _names, _kinds in order] == ["event", "clock", "clock", "heads"]
    assert text.count("%s") == sum(len(names) for _table, names, _kinds in order)
    assert "json_to_recordset" not in text and "%(" not in text
    assert statement(("event", "clock"), "insert", is_new=True).count("json_to_recordset") == 3
    (_table, names, kinds), *_rest = plain_statement((("part", 1),), "")[1]
    assert ("from", "bigint") in zip(names, kinds, strict=True)
