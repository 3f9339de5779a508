"""What a call after a bad rating cannot put right becomes a task of the office with its term (10.3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.ground import term_end
from linli.cases.services.directives import open_directive
from linli.cases.types.openings import Directing
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, require, system_actor
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.models import VisitRating
from linli.offerings.queries.rating_reviews import get_rating
from linli.trail.services import record

FIX, MOST_SIGNS = "rating.fix", 500
GIVER = system_actor("offerings.rating_cases")
BASIS = "国办发〔2019〕51号：差评限期整改"


@transaction.atomic
def make_case(rating: VisitRating, text: str, *, actor: Actor, now: datetime) -> VisitRating:
    """Hand what is to be put right to the office of the centre's place, with the term of the rulebook.

    Nobody who served is named. Refuses with NotAllowed, NotFound, WrongState where it is a case already or
    was left out after review, Invalid, and as `open_directive`.
    """
    rating = VisitRating.objects.select_for_update().get(pk=get_rating(actor, rating.pk).pk)
    require(actor, permits.CALL_BACK, at=rating.path)
    if rating.case_id is not None or rating.review == "excluded":
        raise WrongState(move=_("make it a case"), state=_("a case already, or left out"))
    words = clean_text(text).strip()
    if not words or len(words) > MOST_SIGNS:
        raise Invalid(
            {"text": [_("Say what is to be put right in one to %(most)s characters.") % {"most": MOST_SIGNS}]}
        )  # fmt: skip
    with translation.override("zh-hans"):
        title = _("Put right what a visitor rated as bad")
    place = code_of(rating.path)
    task = Directing(
        place=place, title=title, text=words, due_on=localdate(term_end(FIX, rating.path, now)),
        places=(place,), basis=BASIS,
    )  # fmt: skip
    held = open_directive(task, actor=GIVER, now=now)[0].held
    rating.case_id = held.id
    rating.save(update_fields=["case"])
    record(
        "offerings.rating_made_case", on=rating, actor=actor, now=now, place=rating.path,
        case=held.number,
    )  # fmt: skip
    return rating
