"""Words as they are kept: something was written, and not without end."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linli.cases.errors import Missing
from linli.kernel.texts import clean_text

MOST_SIGNS = 5000
# a word to the reporter is read on a phone
MOST_TOLD = 500


def clean(text: str, *, field: str = "text", most: int = MOST_SIGNS) -> str:
    """Return words as they are kept. Refuses with Missing on the field if none or too many."""
    found = within(text, field=field, most=most)
    if not found:
        raise Missing({field: [_("Write something first.")]})
    return found


def within(text: str, *, field: str, most: int) -> str:
    """Return words that may be left out as they are kept. Refuses with Missing on the field if too many."""
    found = clean_text(text).strip()
    if len(found) > most:
        raise Missing({field: [_("At most %(most)s characters.") % {"most": most}]})
    return found
