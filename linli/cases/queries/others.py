"""What those say who reported the same as a case, for those who work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.cases.models import PublicWords
from linli.cases.queries.reading import visible_cases
from linli.cases.queries.wholes import following_ids
from linli.kernel.permits import Actor

MOST = 50


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one of them: the number of her own report, when, and what."""

    number: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class FromOthers:
    """The newest of their words, and the numbers of the reports where older ones stand."""

    newest: list[Said]
    older_in: list[str]


def words_of_others(actor: Actor, case_id: int) -> FromOthers:
    """Return what reporters wrote in the reports that are the same as a case, as far as the actor may see
    them, the newest first."""
    ids = following_ids(case_id)
    if not ids:
        return FromOthers([], [])
    seen = visible_cases(actor).filter(pk__in=ids)
    words = PublicWords.objects.filter(case__in=seen, is_by_reporter=True)
    rows = words.order_by("-event__at", "-pk")
    newest = [
        Said(number, at, str((said or {}).get("text", "")))
        for number, at, said in rows.values_list("case__number", "event__at", "said")[:MOST]
    ]
    older = rows.values_list("case__number", flat=True)[MOST:] if len(newest) == MOST else ()
    return FromOthers(newest, list(dict.fromkeys(older)))
