"""What documents keeps for good: the register; what a paper says goes with its file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, Kept

KEPT = (
    Kept("documents_document", _("the register of papers; the paper itself goes with its file")),
    Kept(
        "documents_documentprint", _("the register of papers; the paper itself goes with its file")
    ),
    Kept("documents_sealuse", _("the seal book is kept for good by the rules on seals")),
    Kept("documents_electronicseal", _("the seal book is kept for good by the rules on seals")),
    Kept(
        "documents_shortcode", _("a printed code must lead somewhere as long as the paper exists")
    ),
)


def register() -> None:
    """Tell whoever asks what is kept. Called at start."""
    KEPT_FOR_GOOD.add_all(KEPT)
