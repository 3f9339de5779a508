"""The number at which somebody wishes to be called after a bad rating, as it lies sealed."""

from __future__ import annotations

from linli.kernel.sealing import open_sealed, seal
from linli.offerings.models import VisitRating

TABLE, COLUMN = "offerings_visitrating", "contact"


def sealed_number(phone: str, rating_id: int) -> bytes:
    """Return a number as it is kept beside a rating."""
    return seal(phone, table=TABLE, column=COLUMN, row=rating_id)


def number_in(rating: VisitRating) -> str:
    """Return the number that was left with a rating, or nothing. Whoever shows it records the reading."""
    if rating.contact is None:
        return ""
    return open_sealed(bytes(rating.contact), table=TABLE, column=COLUMN, row=rating.pk)
