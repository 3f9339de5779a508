"""The picture of a warning, made once for each wording of it."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache

from django.utils.translation import gettext as _

from linli.documents.services import draw_picture
from linli.grid.types.warnings import WarningWords
from linli.kernel.permits import NOBODY
from linli.ui.demo import demo_note
from linli.ui.formats import is_chinese

SOURCE = "grid/print/warning.typ"


def picture_of(told: WarningWords, *, is_invented: bool) -> bytes:
    """Return a PNG as wide as a telephone shows it sharply, in the reader's language."""
    words = (
        ("lifted", _("Lifted")), ("what", _("What is coming")), ("do", _("What to do")),
        ("help", _("Help and questions")), ("origin", _("By the warning of")),
        ("demo", demo_note(anyway=is_invented)), ("language", "zh" if is_chinese() else "en"),
    )  # fmt: skip
    return _drawn(told, words)


@lru_cache(maxsize=64)
def _drawn(told: WarningWords, words: tuple[tuple[str, str], ...]) -> bytes:
    return draw_picture(SOURCE, {**asdict(told), "words": dict(words)}, actor=NOBODY)
