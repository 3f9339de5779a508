"""Who came with a petition, what was said then, and where a petition lay before it was passed on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.cases.errors import Missing, TooManyVisitors
from linli.cases.models import CaseEvent
from linli.cases.models.reading import events_of, words_of
from linli.cases.rules.clocks import local_day
from linli.cases.rules.placing import place_columns
from linli.cases.types.words import Channel
from linli.places import queries as places
from linli.rulebook import queries as rulebook


def check_visitors(channel: str, visitors: int, path: str, now: datetime) -> None:
    """Refuse with TooManyVisitors a joint visit of more representatives than are allowed (AP-06)."""
    if channel != Channel.VISIT:
        return
    most = rulebook.lookup("petition.reps_max", path, local_day(now)).number
    if visitors > most:
        said = _("At most %(most)s representatives: ask the visitors to choose.") % {"most": most}
        raise TooManyVisitors({"visitors": [said]})


def said_first(case_id: int) -> str:
    """Return what was said when a case came in; nothing if it was forgotten."""
    for _case, seq, _committed, _nonce, said in words_of([case_id]):
        if seq == 1 and "text" in said:
            return str(said["text"])
    return ""


def first_words(case_id: int) -> str:
    """What the visitor said when the visit was noted. Refuses with Missing if it was forgotten."""
    said = said_first(case_id)
    if said:
        return said
    raise Missing({"text": [_("What was said was erased. Note the visit again.")]})


def visitors_of(case_id: int) -> int:
    """How many came, as the first event says."""
    for _case, event in events_of([case_id]):
        return int(event.step.facts.get("visitors", 1))
    return 1


def columns_before(case_id: int) -> dict[str, Any]:
    """Return where a petition lay before it was passed on, as columns; nothing if it lies there."""
    came = came_from(case_id)
    return place_columns(places.chain_of(came)[-1]) if came else {}


def came_from(case_id: int) -> str:
    """Return the code of the place whose office passed a petition on last; nothing if none did."""
    passed = CaseEvent.objects.filter(case_id=case_id, move="transfer").order_by("-seq").first()
    return str(passed.facts.get("from", "")) if passed else ""
