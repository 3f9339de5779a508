"""What cases keep for good: the chain of events, which holds no words of anybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, Kept

KEPT = (
    Kept(
        "cases_*",
        _("append-only: rates are recounted from it; words stand apart, so that they can go"),
    ),
)


def register() -> None:
    """Tell whoever asks what is kept. Called at start."""
    KEPT_FOR_GOOD.add_all(KEPT)
