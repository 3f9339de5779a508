"""The answers of a choice as lines of text, and the bounds of a field as people write them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from linli.formkit.types import Option, Words

MOST_OPTIONS, LONGEST_VALUE = 200, 60


def options_text(options: Sequence[Option]) -> str:
    """Return answers as lines: value | Chinese | English."""
    return "\n".join(f"{one.value} | {one.words.zh} | {one.words.en}" for one in options)


def read_options(text: str) -> tuple[tuple[Option, ...], list[str]]:
    """Return the answers that lines name, and what is wrong with them."""
    found, faults = [], []
    for number, line in enumerate(text.splitlines(), 1):
        parts = [part.strip() for part in line.replace("｜", "|").split("|")]
        if not any(parts):
            continue
        if len(parts) != 3 or not parts[0] or len(parts[0]) > LONGEST_VALUE:
            faults.append(
                _("Line %(number)s: write short name | Chinese | English.") % {"number": number}
            )
            continue
        found.append(Option(parts[0], Words(parts[1], parts[2])))
    if len(found) > MOST_OPTIONS:
        faults.append(_("At most %(most)s answers.") % {"most": MOST_OPTIONS})
    return tuple(found), faults
