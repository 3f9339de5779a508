"""What a step of an event asks of the engine: a word or a photo shows what was done."""

from __future__ import annotations

from dataclasses import replace

from linli.cases.types.moves import At, Given, Wish
from linli.grid.types.sending import Sent

# what was done is shown by a word or a photo
SHOWN = frozenset({"settle", "dispose", "pass_check"})


def wish_of(at: At, move: str, note: str, photos: Sent) -> Wish:
    """Return what is asked of the engine; a word stays among those who work on the event."""
    said = {"note": note} if note.strip() else {}
    if move == "rework" and said:
        said["reason"] = note
    facts: dict[str, str] = {}
    if move in SHOWN and (said or photos.codes):
        facts["evidence"] = "photo" if photos.codes else "note"
    return replace(at.wish(move), given=Given(internal=said or None, facts=facts))
