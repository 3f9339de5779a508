"""A step of an event with what shows it: a word, a photo."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from linli.cases.services.photos import hang_photos
from linli.cases.types.moves import At, Done, Given, Wish
from linli.grid.types.sending import Sent
from linli.kernel.permits import Actor, open_to_all

NO_PHOTOS = Sent()
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


@open_to_all("the step was made in the same transaction, and asked for its permit")
def shown_by(done: Done, photos: Sent, *, actor: Actor, now: datetime) -> Done:
    """Hang photos on the step that they show, once. Refuses with PhotoGone."""
    if not done.is_repeated:
        hang_photos(
            photos.codes, case_id=done.held.id, seq=done.seq, place=done.held.path, actor=actor,
            now=now, held=photos.held,
        )  # fmt: skip
    return done
