"""Reads on people, by what is asked; import the function that you need."""

from linli.people.queries.persons import (
    current_id,
    entries_of,
    entries_of_one,
    entry_of,
    get_person,
    ids_of_one,
    may_see_person,
    visible_residencies,
)
from linli.people.queries.scopes import Branch, branches, villages_below
from linli.people.queries.search import find_people

__all__ = [
    "Branch",
    "branches",
    "current_id",
    "entries_of",
    "entries_of_one",
    "entry_of",
    "find_people",
    "get_person",
    "ids_of_one",
    "may_see_person",
    "villages_below",
    "visible_residencies",
]
