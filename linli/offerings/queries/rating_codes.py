"""The code by which a booked visit is rated: told to who booked it, and unknown to every desk."""

from __future__ import annotations

from base64 import b32encode

from linli.runtime.services.limits import subject_digest

# so many signs more than the code of the visit, which desks know
MORE = 8


def rating_code(visit_code: str) -> str:
    """Return the code by which a booked visit is rated."""
    digest = subject_digest("offerings.rate_visit", visit_code)
    return visit_code + b32encode(digest).decode()[:MORE]
