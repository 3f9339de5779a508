"""What plan keeps for good."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, Kept

KEPT = (Kept("plan_*", _("the plan and what came of it is a public record")),)


def register() -> None:
    """Tell whoever asks what is kept. Called at start."""
    KEPT_FOR_GOOD.add_all(KEPT)
