"""Logs hold where an error happened, never the values that the database names in its words."""

from __future__ import annotations

import json
import logging
from io import StringIO

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

from linli.config import logs, tracebacks

PHONE = "13800001111"


@pytest.fixture
def lines(monkeypatch):
    """Return what is logged as JSON lines, until the test ends."""
    written = StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logs.configure("INFO")
    monkeypatch.undo()
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logs.configure("INFO", pretty=True)


def failing(statement: str, kind: type[DatabaseError]) -> DatabaseError:
    with pytest.raises(kind) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return caught.value


def test_readable_lines_have_colours_in_a_terminal_alone(monkeypatch) -> None:
    written = StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logs.configure("INFO", pretty=True)
    monkeypatch.undo()

    logging.getLogger("linli.test").warning("as plain signs")

    logs.configure("INFO", pretty=True)
    assert "as plain signs" in written.getvalue() and "\x1b" not in written.getvalue()


@pytest.mark.django_db
def test_the_detail_of_a_broken_rule_is_not_logged(lines) -> None:
    twice = "CREATE TEMP TABLE t (p text PRIMARY KEY); INSERT INTO t VALUES ('{0}'), ('{0}')"
    error = failing(twice.format(PHONE), IntegrityError)
    assert PHONE in str(error)

    logging.getLogger("linli.test").error("it broke", exc_info=error)

    (line,) = lines()
    assert PHONE not in json.dumps(line)
    assert "23505 duplicate key value violates unique constraint" in line["exception"]
    assert "which led to:" in line["exception"]
    assert "test_tracebacks.py" in line["exception"]


@pytest.mark.django_db
def test_a_value_in_the_first_line_is_not_logged_either() -> None:
    error = failing(f"SELECT 'of {PHONE}'::int", DatabaseError)

    assert tracebacks.told(error) == "django.db.utils.DataError: 22P02"


def test_a_page_that_failed_is_named_by_its_view_not_by_its_address(lines, rf) -> None:
    request = rf.get("/access/link/secret-word/")
    error = ValueError("why")

    logging.getLogger("django.request").error(
        "%s: %s", "Internal Server Error", request.path,
        extra={"request": request, "status_code": 500}, exc_info=error,
    )  # fmt: skip

    (line,) = lines()
    assert line["event"] == "Internal Server Error, view unknown"
    assert line["exception"].endswith("ValueError: why")


def test_an_error_that_nobody_caught_is_told_without_values(lines) -> None:
    error = UniqueViolation("duplicate key\nDETAIL: Key (phone)=(13800001111)")

    tracebacks.hook(type(error), error, None)

    (line,) = lines()
    assert line["event"] == "uncaught"
    assert PHONE not in json.dumps(line)
