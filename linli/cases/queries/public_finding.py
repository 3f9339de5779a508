"""Public cases found by number, by what they are about, or by words of theirs that were released."""

from __future__ import annotations

from django.db.models import Q

from linli.cases.models import Category, PublicWords, WordSigns
from linli.cases.queries.public import WITH, public_cases, shown
from linli.cases.rules.finding import signs_of
from linli.cases.types.public import PublicCase
from linli.kernel.ids import number_typed

LEAST = 2


def find_public(words: str, limit: int) -> list[PublicCase]:
    """Return public cases that fit what was typed, the newest first.

    What is not released finds nothing: only released words have signs by which they are looked for.
    """
    asked = " ".join(words.split())
    if len(asked) < LEAST:
        return []
    may_hold = WordSigns.objects.filter(signs__contains=signs_of([asked])).values("event_id")
    released = PublicWords.objects.filter(
        event_id__in=may_hold, released_at__isnull=False, shown__icontains=asked
    )
    about = Category.objects.filter(Q(title__icontains=asked) | Q(title_en__icontains=asked))
    found = public_cases().filter(
        Q(number=number_typed(asked))
        | Q(pk__in=released.values("case_id"))
        | Q(category_id__in=list(about.values_list("pk", flat=True)))
    )
    newest = found.select_related(*WITH).order_by("-opened_at", "-pk")
    return shown(list(newest[:limit]))
