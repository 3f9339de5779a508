"""Reads of the rulebook. All of it is public."""

from linli.rulebook.errors import NotInForce
from linli.rulebook.queries.calendar import (
    Day,
    calendar,
    calendar_faults,
    days_of,
    get_year,
    known_years,
)
from linli.rulebook.queries.listing import (
    Asked,
    LocalRow,
    Row,
    changes_between,
    changes_of,
    ending_values,
    get_local_value,
    groups,
    local_values,
    rows,
)
from linli.rulebook.queries.lookup import (
    explain,
    freeze,
    frozen_number,
    get_parameter,
    is_provisional,
    lookup,
    term_before,
    value_above,
    words,
)

__all__ = [
    "Asked",
    "Day",
    "LocalRow",
    "NotInForce",
    "Row",
    "calendar",
    "calendar_faults",
    "changes_between",
    "changes_of",
    "days_of",
    "ending_values",
    "explain",
    "freeze",
    "frozen_number",
    "get_local_value",
    "get_parameter",
    "get_year",
    "groups",
    "is_provisional",
    "known_years",
    "local_values",
    "lookup",
    "rows",
    "term_before",
    "value_above",
    "words",
]
