"""What the style page shows."""

from __future__ import annotations

from django.utils.timezone import localdate

from linli.ui.kit_form import sample_form
from linli.ui.kit_rows import rows, said

FACES = ("resident", "desk", "counter", "touch", "screen", "paper")


def sample() -> dict[str, object]:
    """Return sample content for every component, in the reader's language."""
    return {"form": sample_form(), "said": said, **rows(localdate())}
