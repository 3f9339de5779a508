"""A reason that somebody gives for a decision, as it is kept."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid

MOST_WHY = 300


def tidy_reason(why: str) -> str:
    """Return a reason, tidy. Refuses with Invalid where there is none."""
    said = " ".join(why.split())[:MOST_WHY]
    if not said:
        raise Invalid({"why": [_("Say why.")]})
    return said
