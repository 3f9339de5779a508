"""What a place that was typed is refused with."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid


class UnclearPlace(Invalid):
    """What was typed for a place means several places, or none; `fits` are (code, name) of those."""

    code = "unclear_place"

    def __init__(self, typed: str, fits: Sequence[tuple[str, str]], *, is_cut: bool) -> None:
        self.typed, self.fits, self.is_cut = typed, fits, is_cut
        several = _("Several places fit “%(words)s”. Choose one.") % {"words": typed}
        none = _("No place is called “%(words)s”.") % {"words": typed}
        named = [f"{name} ({code})" for code, name in fits]
        super().__init__({"place": [several, *named] if fits else [none]})
