"""What the trail keeps for good."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, Kept

KEPT = (
    Kept(
        "trail_*",
        _(
            "appended and chained: at least six months by the Cybersecurity Law, and no entry can leave the chain"
        ),
    ),
)


def register() -> None:
    """Tell whoever asks what is kept. Called at start."""
    KEPT_FOR_GOOD.add_all(KEPT)
