"""Writes of the portal."""

from linli.portal.services.feedback import (
    answer_feedback,
    confirm_answer,
    give_feedback,
    reopen_feedback,
)
from linli.portal.services.recounting import recount_due

__all__ = [
    "answer_feedback",
    "confirm_answer",
    "give_feedback",
    "recount_due",
    "reopen_feedback",
]
