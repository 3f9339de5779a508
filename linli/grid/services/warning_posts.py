"""A warning as a notice: an office chooses to post it; it follows corrections and is taken down when lifted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.grid import permits
from linli.grid.errors import AlreadyPosted
from linli.grid.queries.warnings import posted_of, texts_of, told_of
from linli.grid.rules.endings import refuse_over
from linli.kernel.clock import Unit
from linli.kernel.permits import Actor, open_to_all, require, system_actor
from linli.notices import services as notices
from linli.notices.types import Category, Correction, Draft, Text
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.grid.models import WeatherWarning

# what follows from correcting and lifting a warning is no decision about notices
DESK = system_actor("grid.warning_posts")
FOLLOWS = "follows from correcting or lifting the warning, which asked for the permit"


@transaction.atomic
def post_warning(
    one: WeatherWarning, *, days: int, edition: int | None = None, actor: Actor, now: datetime
) -> WeatherWarning:
    """Post a warning that holds as a notice of its place, shown for so many days or until it is lifted.

    Refuses with NotAllowed (it takes the rights to write and publish notices too), Over, Stale,
    AlreadyPosted, Invalid.
    """
    one = type(one).objects.select_for_update().get(pk=one.pk)
    require(actor, permits.DECLARE, at=one.path)
    refuse_over(one, edition=edition, ends="lifted_at")
    if posted_of(one) is not None:
        raise AlreadyPosted()
    text = _text_of(one)
    draft = Draft(Category.SAFETY, text.title, text.body, text.contact, days, Unit.DAYS)
    posting = notices.create_posting(draft, place=one.path, actor=actor, now=now)
    # whoever posts it has read it on the page: it names the signal, what to do and the office
    notices.publish_version(posting, edition=1, is_looked_at=True, actor=actor, now=now)
    one.posting_id, one.edition = posting.pk, one.edition + 1
    one.save(update_fields=["posting_id", "edition"])
    record("grid.warning_posted", on=one, actor=actor, now=now, place=one.path)
    return one


@open_to_all(FOLLOWS)
def follow_correction(one: WeatherWarning, *, actor: Actor = DESK, now: datetime) -> None:
    """Correct the notice of a warning that was corrected. Refuses with CorrectionThere."""
    posting = posted_of(one)
    if posting is None:
        return
    with override("zh-hans"):
        why = _("The words of the warning were corrected.")
    begun = notices.begin_correction(posting, actor=actor, now=now)
    said = Correction(_text_of(one), why)
    saved = notices.save_correction(posting, said, edition=begun.edition, actor=actor, now=now)
    notices.publish_version(
        posting, edition=saved.edition, is_looked_at=True, actor=actor, now=now
    )  # fmt: skip


@open_to_all(FOLLOWS)
def take_down(one: WeatherWarning, *, actor: Actor = DESK, now: datetime) -> None:
    """Take the notice of a warning down that holds no more; it stays readable with the reason."""
    posting = posted_of(one)
    if posting is None:
        return
    with override("zh-hans"):
        followed = _("Another signal took its place.")
        why = followed if one.followed_by_id else _("The warning is lifted.")
    notices.withdraw_posting(posting, reason=why, hides_text=False, actor=actor, now=now)


def _text_of(one: WeatherWarning) -> Text:
    """Return the words of a warning as a notice has them, in the language of the office."""
    with override("zh-hans"):
        told = told_of([one])[0][1]
        title, _line, body = texts_of(told).posting.partition("\n")
    return Text(title, body, told.phone or told.office)
