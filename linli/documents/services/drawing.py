"""Pictures for telephones, made of a template as papers are; they are no papers and have no number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.documents.clients import printing
from linli.kernel.permits import Actor, open_to_all


@open_to_all("keeps nothing; whoever asks for a picture has decided who sees it")
def draw_picture(source: str, data: Mapping[str, Any], *, actor: Actor) -> bytes:
    """Return a template of one page with its data as a PNG. Refuses with TemplateBroken."""
    return printing.set_picture(source, data)
