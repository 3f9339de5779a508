"""The number at which somebody wishes to be called after a bad rating, and the code by which she rates."""

from __future__ import annotations

from base64 import b32encode

from linli.kernel.sealing import open_sealed, seal
from linli.offerings.models import VisitRating
from linli.runtime.services.limits import subject_digest

TABLE, COLUMN = "offerings_visitrating", "contact"
# so many signs more than the code of a visit, which desks know, has the code by which it is rated
MORE = 8


def sealed_number(phone: str, rating_id: int) -> bytes:
    """Return a number as it is kept beside a rating."""
    return seal(phone, table=TABLE, column=COLUMN, row=rating_id)


def number_in(rating: VisitRating) -> str:
    """Return the number that was left with a rating, or nothing. Whoever shows it records the reading."""
    if rating.contact is None:
        return ""
    return open_sealed(bytes(rating.contact), table=TABLE, column=COLUMN, row=rating.pk)


def rating_code(visit_code: str) -> str:
    """Return the code by which a booked visit is rated: told to who booked it, and unknown to every desk."""
    digest = subject_digest("offerings.rate_visit", visit_code)
    return visit_code + b32encode(digest).decode()[:MORE]
