"""Feedback as a file, as its list shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from linli.kernel.list_files import Asked, Row
from linli.kernel.permits import Actor
from linli.kernel.sheets import day_cell, moment_cell
from linli.portal.queries.feedback import feedback_list
from linli.portal.states import FeedbackState

STEP = 500


def feedback_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Feedback that one answers, by state and word; who wrote it is not known to those who answer."""
    words = {
        FeedbackState.RECEIVED: _("to be answered"), FeedbackState.ANSWERED: _("answered"),
        FeedbackState.CONFIRMED: _("closed"),
    }  # fmt: skip
    yield [_("Code"), _("Received"), _("Due"), _("State"), _("What was said"), _("Page"), _("Answer"),
           _("Answered by"), _("Answered at")]  # fmt: skip
    state = asked.get("state", FeedbackState.RECEIVED)
    found, _sort = feedback_list(actor, state, asked.get("word", ""))
    for row in found.order_by("due_on", "pk").iterator(chunk_size=STEP):
        yield [
            row.code, moment_cell(row.received_at), day_cell(row.due_on), words[FeedbackState(row.state)],
            row.text, row.page, row.answer, row.answered_by, moment_cell(row.answered_at),
        ]  # fmt: skip
