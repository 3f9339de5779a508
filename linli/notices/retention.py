"""How long notices are kept: for good, as the archive of what was public; printed papers have their own terms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, Kept

BECAUSE = _("what was posted in public stays readable, with what was corrected and withdrawn")
TABLES = ("posting", "postingversion", "postingplace")


def register() -> None:
    """Tell whoever asks what is kept. Called at start."""
    KEPT_FOR_GOOD.add_all(Kept(f"notices_{table}", BECAUSE) for table in TABLES)
