"""The mark of demo data, for exports and papers as for pages."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _


def demo_note(*, anyway: bool = False) -> str:
    """Return the mark while this is a demo, or `anyway` where demo data stand in it; else nothing."""
    if not settings.LINLI_DEMO and not anyway:
        return ""
    return _("Demo data, about no real body or person")
