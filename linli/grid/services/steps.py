"""A step of an event with what shows it: a word, a photo."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.cases.services.photos import hang_photos
from linli.cases.services.words import add_note
from linli.cases.types.moves import At, Done
from linli.grid.types.sending import Sent
from linli.kernel.permits import Actor, open_to_all

NO_PHOTOS = Sent()


@open_to_all("the step was made in the same transaction, and asked for its permit")
def shown_by(done: Done, photos: Sent, *, actor: Actor, now: datetime) -> Done:
    """Hang photos on the step that they show, once. Refuses with PhotoGone."""
    if not done.is_repeated:
        hang_photos(
            photos.codes, case_id=done.held.id, seq=done.seq, place=done.held.path, actor=actor,
            now=now, held=photos.held,
        )  # fmt: skip
    return done


@open_to_all("who leaves a note on the case is asked for their permit there")
@transaction.atomic
def leave_note(at: At, text: str, *, photos: Sent = NO_PHOTOS, actor: Actor, now: datetime) -> Done:
    """Leave a word with photos among those who work on the event. Refuses as `add_note`, with PhotoGone."""
    return shown_by(add_note(at, text, actor=actor, now=now), photos, actor=actor, now=now)
