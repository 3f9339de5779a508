"""What goes at night is found by an index, or the reason why it need not be is said here."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.utils import timezone

from linli.kernel import sql
from linli.kernel.registries import RETENTION
from tests.each import each

# what stays and only loses something, and what goes from among much that stays, needs one of its own
FOUND_BY = {
    "access.forms": "access_keptform_ends_at",
    "access.numbers_of_dead": "account_number_to_forget",
    "access.sessions": "sign_in_to_forget",
    "activities.bookers": "activities_booking_to_forget",
    "activities.takers": "activities_enrolled_to_forget",
    "activities.thoughts": "activities_thought_to_forget",
    "cases.contacts": "cases_reporter_to_forget",
    "cases.feedback": "cases_feedback_to_forget",
    "exchange.changes": "hallchange_to_forget",
    "exchange.sent_in": "hallapplication_to_forget",
    "exchange.tokens": "postedrequest_due",
    "files.due": "storedfile_due",
    "formkit.drafts": "formdraft_due",
    "grid.head_terms": "grid_one_head_serves",
    "grid.queued": "grid_queued_to_forget",
    "notify.counters": "counter_once",
    "notify.deliveries": "delivery_age",
    "notify.messages": "message_age",
    "offerings.benefits": "offerings_benefit_to_forget",
    "offerings.contacts": "offerings_visits_to_forget",
    "offerings.home_doors": "offerings_doors_to_forget",
    "people.gone": "residency_ended",
    "runtime.jobs": "longjob_ended",
    "runtime.keys": "runtime_idempotencykey_at",
}
SMALL = "few rows: some thousands in a city's lifetime"
WHOLE_ROWS = "rows go as a whole at the end of the term: the table never holds more than the term, and is read once a night"
BY_KEY = "few rows, each of which leads to its case by the key"
WITHOUT = {
    "access.codes": WHOLE_ROWS,
    "access.imports": SMALL,
    "access.links": WHOLE_ROWS,
    "access.mornings": WHOLE_ROWS,
    "access.requests": SMALL,
    "access.resets": SMALL,
    "access.views": SMALL,
    "activities.wish_words": WHOLE_ROWS,
    "exchange.lines": WHOLE_ROWS,
    "exchange.lists": SMALL,
    "exchange.senders": SMALL,
    "exchange.simulated": "the demo's alone",
    "grid.contacts": SMALL,
    "grid.heads": "some heads for each village, by place and state",
    "grid.queues": "one row for each phone",
    "grid.rosters": WHOLE_ROWS,
    "grid.storm_homes": "found by their storm; storms are few",
    "grid.watch_notes": WHOLE_ROWS,
    "grid.words": WHOLE_ROWS,
    "notify.addresses": "one narrow row for each address that is used",
    "notify.consents": "narrow rows, read once a night",
    "notify.simulated": "the demo's alone",
    "offerings.answers": WHOLE_ROWS,
    "offerings.applicants": "three years of applications stay and lead to their case by the key: an index made it no faster",
    "offerings.check_keys": SMALL,
    "offerings.mandates": WHOLE_ROWS,
    "offerings.report_lists": "one row for each village and report",
    "offerings.report_rows": WHOLE_ROWS,
    "offerings.round_contacts": "found by their draw; draws are few",
    "offerings.tickets": WHOLE_ROWS,
    "offerings.visit_ratings": WHOLE_ROWS,
    "offerings.waivers": BY_KEY,
    "orgs.lists": SMALL,
    "people.lists": SMALL,
    "people.refused_rows": WHOLE_ROWS,
    "people.sources": SMALL,
    "portal.codes": BY_KEY,
    "runtime.failed": SMALL,
    "runtime.limits": WHOLE_ROWS,
}


def test_each_entry_has_an_index_or_a_reason_for_none() -> None:
    keys = {entry.key for entry in RETENTION}

    assert keys == {*FOUND_BY, *WITHOUT}
    assert not set(FOUND_BY).intersection(WITHOUT)


# into a database where nothing was written yet: what other tests left behind changes which index is cheaper
@pytest.mark.django_db(transaction=True)
@each(sorted(FOUND_BY), str)
def test_what_goes_is_found_by_its_index(key: str) -> None:
    """Without reading the table as a whole, which an empty one always invites to."""
    entry = RETENTION.get(key)
    assert entry is not None
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((statement, params))
        return execute(statement, params, many, context)

    def named(name: str, statement: str, params: Any) -> list[Any]:
        asked.append((statement, params))
        return []

    with patch.object(sql, "tuples", named), connection.execute_wrapper(note):
        entry.going.waiting(timezone.now())
    plans = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement, params in asked:
            cursor.execute(f"EXPLAIN {statement}", params)
            plans += [row[0] for row in cursor.fetchall()]

    assert FOUND_BY[key] in "\n".join(plans)
