"""Reads of the portal."""

from linli.portal.queries.feedback import (
    count_open,
    feedback_due,
    feedback_list,
    get_feedback,
    get_for_answer,
    place_of_page,
    visible_feedback,
)
from linli.portal.queries.mixing import Found, Home, Section, due_work, home_of, my_slots, search

__all__ = [
    "Found",
    "Home",
    "Section",
    "count_open",
    "due_work",
    "feedback_due",
    "feedback_list",
    "get_feedback",
    "get_for_answer",
    "home_of",
    "my_slots",
    "place_of_page",
    "search",
    "visible_feedback",
]
