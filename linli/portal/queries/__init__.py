"""Reads of the portal."""

from linli.portal.queries.feedback import (
    count_open,
    feedback_due,
    number_of_code,
    place_of_page,
    waiting_feedback,
)
from linli.portal.queries.mixing import (
    DUE_MOST,
    Found,
    Home,
    Section,
    Work,
    begin_home,
    due_work,
    home_of,
    my_slots,
    search,
)

__all__ = [
    "DUE_MOST",
    "Found",
    "Home",
    "Section",
    "Work",
    "begin_home",
    "count_open",
    "due_work",
    "feedback_due",
    "home_of",
    "my_slots",
    "number_of_code",
    "place_of_page",
    "search",
    "waiting_feedback",
]
