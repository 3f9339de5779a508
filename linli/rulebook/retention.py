"""What rulebook keeps for good."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, Kept

KEPT = (Kept("rulebook_*", _("decisions of before were taken by these values")),)


def register() -> None:
    """Tell whoever asks what is kept. Called at start."""
    KEPT_FOR_GOOD.add_all(KEPT)
