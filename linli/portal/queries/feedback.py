"""Reads on feedback."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor
from linli.kernel.registries import PATH_OF, DeskItem
from linli.kernel.words import every_word
from linli.portal import permits
from linli.portal.models import Feedback
from linli.portal.states import FeedbackState

BY_DUE = Keyset("due", ("due_on", "id"), _("due first"))
BY_NEWEST = Keyset("-received", ("-received_at", "-id"))
BADGE_MOST = 99
TITLE_SIGNS = 40


def visible_feedback(actor: Actor) -> QuerySet[Feedback]:
    """Feedback about the places where the actor answers it."""
    if actor.is_system:
        return Feedback.objects.all()
    seen = Q(pk__in=[])
    for path in actor.paths(permits.ANSWER):
        seen |= Q(path__startswith=path)
    return Feedback.objects.filter(seen)


def feedback_list(actor: Actor, state: str, words: str = "") -> tuple[QuerySet[Feedback], Keyset]:
    """Return feedback that the actor answers and its order: waiting ones by due day, others newest first."""
    found = visible_feedback(actor)
    if state in list(FeedbackState):
        found = found.filter(state=state)
    if words.strip():
        found = found.filter(text__icontains=words.strip())
    return found, BY_DUE if state == FeedbackState.RECEIVED else BY_NEWEST


def found_feedback(actor: Actor, words: str) -> QuerySet[Feedback]:
    """Return feedback that the actor answers, by its code or by words in it, newest first."""
    found = visible_feedback(actor)
    code = words.replace(" ", "").upper()
    return found.filter(Q(code=code) | every_word(words, "text__icontains")).order_by(
        "-received_at", "-id"
    )


def place_of_page(address: str) -> str:
    """Return the path of the place whose page somebody came from, or the city's."""
    for part in address.split("?")[0].split("/"):
        if part.isdecimal() and (path := PATH_OF.call(part)):
            return str(path)
    return CITY_PATH


def get_feedback(code: str) -> Feedback:
    """Return feedback by the writer's code. Refuses with NotFound."""
    found = Feedback.objects.filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


def get_for_answer(actor: Actor, code: str) -> Feedback:
    """Return feedback that the actor may answer. Refuses with NotFound."""
    found = visible_feedback(actor).filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


def feedback_due(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Feedback that waits for an answer, late first."""
    waiting = visible_feedback(actor).filter(state=FeedbackState.RECEIVED)
    return [
        DeskItem(
            title=shortened(row.text),
            url=reverse("portal:feedback_answer", args=[row.code]),
            due_on=row.due_on,
            kind=_("Feedback"),
            step=_("Answer"),
            number=row.code,
            stage=_("to be answered"),
        )
        for row in waiting.order_by("due_on", "pk")[:limit]
    ]


def count_open(actor: Actor, on: date) -> int | None:
    """The number beside the entry, at most BADGE_MOST."""
    waiting = visible_feedback(actor).filter(state=FeedbackState.RECEIVED)
    return len(waiting.values_list("pk")[:BADGE_MOST])


def shortened(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_SIGNS else line[: TITLE_SIGNS - 1] + "…"
