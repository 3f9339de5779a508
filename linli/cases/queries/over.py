"""What apps above read of cases within statements of their own: which are over, since when, whose they are."""

from __future__ import annotations

# ids of cases that are over, and in which nothing was done since; takes `before`
OVER = """SELECT id FROM cases_case
            WHERE NOT is_open AND greatest(closed_at, changed_at) < %(before)s"""
# ids of cases that were closed; takes `before`
CLOSED = "SELECT id FROM cases_case WHERE NOT is_open AND closed_at < %(before)s"
# when a case came in, and whose account sent it; take the column of the case
OPENED_AT = "(SELECT c.opened_at FROM cases_case c WHERE c.id = {case})"
SENDER = "(SELECT r.account_id FROM cases_reporter r WHERE r.case_id = {case})"
# cases `x` with their steps `e`
WITH_STEPS = "cases_case x JOIN cases_caseevent e ON e.case_id = x.id"
