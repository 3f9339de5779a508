"""Reads of the portal."""

from linli.portal.queries.feedback import (
    count_open,
    feedback_due,
    feedback_list,
    found_feedback,
    get_feedback,
    get_for_answer,
    place_of_page,
    shortened,
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
    "found_feedback",
    "get_feedback",
    "get_for_answer",
    "home_of",
    "my_slots",
    "place_of_page",
    "search",
    "shortened",
    "visible_feedback",
]
