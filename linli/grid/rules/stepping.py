"""What a step of an event asks of the engine: a word or a photo shows what was done."""

from __future__ import annotations

from dataclasses import replace

from linli.cases.types.moves import At, Given, Wish
from linli.grid.types.sending import Sent
from linli.grid.types.subclasses import AREA, SUBCLASS, FiledAs

# what was done is shown by a word or a photo
SHOWN = frozenset({"settle", "dispose", "pass_check"})


def wish_of(at: At, move: str, note: str, photos: Sent, filed: FiledAs | None = None) -> Wish:
    """Return what is asked of the engine; a word stays among those who work on the event.

    `filed` says as which sub-class it is filed; other steps do not take it.
    """
    said = {"note": note} if note.strip() else {}
    if move == "rework" and said:
        said["reason"] = note
    facts: dict[str, str] = {}
    if move in SHOWN and (said or photos.codes):
        facts["evidence"] = "photo" if photos.codes else "note"
    if move == "file" and filed is not None:
        facts |= {SUBCLASS: filed.key, AREA: filed.area}
    return replace(at.wish(move), given=Given(internal=said or None, facts=facts))
