"""先审后发 for photos: a named post looks at each, blackens what names somebody, or shows the words alone.

What everybody gets is a new file with an address of its own; the photo as it came stays with those
who work on the case. Each decision is a step of the case and holds the hash of what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.engine.reading_first import decided_on
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import AlreadyDecided, NamesSomebody, NothingToRelease
from linli.cases.models import CaseFile
from linli.cases.queries.releasing import check_releasable, photos_of_case, standing_besides
from linli.cases.rules.blackening import Span, is_span
from linli.cases.rules.shown import MOST_HIDDEN
from linli.cases.types.filing import SHOWN
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Done, Given, Held
from linli.files import services as files
from linli.files.types import Box, Owner
from linli.kernel.permits import PUBLIC, Actor, open_to_all

RELEASE_PHOTO, WITHHOLD_PHOTO = "release_photo", "withhold_photo"


def release_photo(
    at: At, photo_id: int, *, black: Sequence[Span] = (), actor: Actor, now: datetime
) -> Done:
    """Show a photo to everybody, with parts of it black.

    Refuses with NotAllowed, NothingToRelease, AlreadyDecided, NeverPublic, NamesSomebody for
    parts that are none.
    """
    shown: list[Any] = []

    def build(held: Held, kind: CaseKind) -> Given:
        photo = _one(held, kind, photo_id)
        if photo.released_at is not None:
            raise AlreadyDecided()
        copy = files.store_shown(
            photo.file, black=_boxes(black), owner=Owner(SHOWN, held.id), level=PUBLIC,
            actor=actor, now=now,
        )  # fmt: skip
        shown.append(copy)
        facts = {"photo": photo.pk, "shown": copy.sha256, "blacked_out": len(black)}
        besides = standing_besides(held.id, photos=[photo.pk])
        return decided_on(held, Given(facts=facts), besides, is_shown=True, now=now)

    done = _step(at, RELEASE_PHOTO, build, actor, now)
    if shown:
        CaseFile.objects.filter(pk=photo_id).update(
            shown=shown[0], released_at=now, withheld_at=None
        )
    return done


def withhold_photos(
    at: At, photo_ids: Sequence[int], *, reason: str, actor: Actor, now: datetime
) -> Done:
    """Keep photos from everybody, or take them back; what was shown is erased, the writer reads why.

    Refuses with NotAllowed, NothingToRelease, AlreadyDecided, Missing.
    """
    told, decided = {"text": clean(reason, field="reason")}, []

    def build(held: Held, kind: CaseKind) -> Given:
        photos = [_one(held, kind, photo_id) for photo_id in dict.fromkeys(photo_ids)]
        if not photos:
            raise NothingToRelease()
        if any(photo.withheld_at is not None for photo in photos):
            raise AlreadyDecided()
        decided.extend(photos)
        taken_back = [photo.pk for photo in photos if photo.released_at is not None]
        facts = {"photos": [photo.pk for photo in photos], "taken_back": taken_back}
        # of its own photos the office reads in the story; only residents are told why
        is_hers = any(photo.is_by_reporter for photo in photos)
        given = Given(
            public=told if is_hers else None, internal=None if is_hers else told, facts=facts
        )
        besides = standing_besides(held.id, photos=[photo.pk for photo in photos])
        return decided_on(held, given, besides, is_shown=False, now=now)

    done = _step(at, WITHHOLD_PHOTO, build, actor, now)
    for photo in decided:
        take_down(photo, reason="withheld", actor=actor, now=now)
        CaseFile.objects.filter(pk=photo.pk).update(withheld_at=now)
    return done


@open_to_all("part of withholding or of an erasure, which asked for their own permit")
def take_down(photo: CaseFile, *, reason: str, actor: Actor, now: datetime) -> None:
    """Erase what everybody saw of a photo; nothing where nobody saw it."""
    copy = photo.shown
    if copy is None:
        return
    CaseFile.objects.filter(pk=photo.pk).update(shown=None, released_at=None)
    files.erase_file(copy, reason=reason, actor=actor, now=now)


def _one(held: Held, kind: CaseKind, photo_id: int) -> CaseFile:
    check_releasable(held, kind)
    found = next((one for one in photos_of_case(held.id) if one.pk == photo_id), None)
    if found is None:
        raise NothingToRelease()
    return found


def _boxes(black: Sequence[Span]) -> list[Box]:
    if len(black) > MOST_HIDDEN * 3 or not all(is_span(span) for span in black):
        raise NamesSomebody({"black": [_("These parts do not lie in the photo.")]})
    return [Box(*span) for span in black]


def _step(at: At, move: str, build: Any, actor: Actor, now: datetime) -> Done:
    return perform_step(at.wish(move), build, permit=permits.RELEASE, actor=actor, now=now)
