"""Whom words accuse, for apps whose own rows are kept from the accused as a case is (AP-07).

Such a row has the columns FIRST and MORE, as the head of a case has them.
"""

from linli.cases.queries.reading import not_about
from linli.cases.rules.conflicts import FIRST, MORE, accused_in, with_accused

__all__ = ["FIRST", "MORE", "accused_in", "not_about", "with_accused"]
