"""Writes of the portal."""

from linli.portal.services.feedback import (
    answer_feedback,
    confirm_answer,
    give_feedback,
    reopen_feedback,
)

__all__ = ["answer_feedback", "confirm_answer", "give_feedback", "reopen_feedback"]
