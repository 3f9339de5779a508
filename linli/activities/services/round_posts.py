"""The outcome of a round as a notice: an office chooses to post it; it follows when a group is struck."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.activities import permits
from linli.activities.errors import AlreadyPosted
from linli.activities.models import Round
from linli.activities.queries import rounds as queries
from linli.activities.queries.round_words import posting_text
from linli.kernel.clock import Unit
from linli.kernel.errors import WrongState
from linli.kernel.permits import Actor, open_to_all, require, system_actor
from linli.notices import services as notices
from linli.notices.types import Category, Correction, Draft
from linli.trail.services import record

# what follows from striking a group is no decision about notices
DESK = system_actor("activities.round_posts")
SHOWN_DAYS = 15


@transaction.atomic
def post_round(at: Round, *, edition: int | None = None, actor: Actor, now: datetime) -> Round:
    """Post the outcome of a round that was drawn as a notice of its place.

    Refuses with NotAllowed (it takes the rights to write and publish notices too), WrongState, AlreadyPosted.
    """
    at = Round.objects.select_for_update().get(pk=at.pk)
    require(actor, permits.VENUES, at=at.path)
    if at.drawn_at is None or (edition is not None and edition != at.edition):
        raise WrongState(move="post", state=at.state)
    if queries.posted_of(at) is not None:
        raise AlreadyPosted()
    text = posting_text(at)
    draft = Draft(Category.SERVICE, text.title, text.body, text.contact, SHOWN_DAYS, Unit.DAYS)
    posting = notices.create_posting(draft, place=at.path, actor=actor, now=now)
    # whoever posts it has read the outcome on the page of the round
    notices.publish_version(posting, edition=1, is_looked_at=True, actor=actor, now=now)
    at.posting_id, at.edition = posting.pk, at.edition + 1
    at.save(update_fields=["posting_id", "edition"])
    record("activities.round_posted", on=at, actor=actor, now=now, place=at.path)
    return at


@open_to_all("follows from striking a group, which asked for the permit")
def follow_strike(at: Round, *, actor: Actor = DESK, now: datetime) -> None:
    """Correct the notice of a round from which a group was struck. Refuses with CorrectionThere."""
    posting = queries.posted_of(at)
    if posting is None:
        return
    with override("zh-hans"):
        why = _("A group was struck after an objection; the draw was made again.")
    begun = notices.begin_correction(posting, actor=actor, now=now)
    said = Correction(posting_text(at), why)
    saved = notices.save_correction(posting, said, edition=begun.edition, actor=actor, now=now)
    notices.publish_version(posting, edition=saved.edition, is_looked_at=True, actor=actor, now=now)  # fmt: skip
