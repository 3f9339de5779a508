"""Public cases by where they stand and by what was said on them, for other systems that ask page by page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from linli.cases.models import Case, PublicWords
from linli.cases.queries.public import public_cases
from linli.cases.queries.wholes import WHOLE_OF_ROW
from linli.cases.types.kinds import Stage


def standing_at(found: QuerySet[Case], stages: Collection[Stage]) -> QuerySet[Case]:
    """Return those of public cases that stand at one of these stages, as `shown` tells it."""
    at, whole = [str(stage) for stage in stages], public_cases().filter(pk=OuterRef("whole"))
    own = Q(stage__in=at) & (Q(merged_into__isnull=True) | ~Exists(whole))
    shared = Q(merged_into__isnull=False) & Exists(whole.filter(stage__in=at))
    return found.annotate(whole=RawSQL(WHOLE_OF_ROW, [])).filter(own | shared)  # noqa: S611  constant


def said_by_offices(first: datetime, last: datetime) -> QuerySet[PublicWords, tuple[int, int]]:
    """Return case and step of what offices said between two moments and everybody reads, the oldest first."""
    found = PublicWords.objects.filter(
        case__in=public_cases(), is_by_reporter=False, released_at__isnull=False,
        shown__isnull=False, event__at__gte=first, event__at__lt=last,
    )  # fmt: skip
    return found.order_by("event__at", "event_id").values_list("case_id", "event__seq")
