"""Applications that are over for so long that nothing of whoever applied is kept any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Greatest

from linli.cases.queries.keeping import sent_and_kept
from linli.kernel.retention import MOST_COUNTED
from linli.offerings.models import Application

# after an application was closed, with whatever was asked again meanwhile
KEPT = timedelta(days=3 * 365)


def papers_over(now: datetime) -> QuerySet[Application]:
    """Return applications over their term of which photos or papers that were sent are still kept."""
    found = Application.objects.filter(sealed__isnull=False, case__is_open=False)
    found = found.annotate(last=Greatest("case__closed_at", "case__changed_at"))
    papers = sent_and_kept().filter(case_id=OuterRef("pk"))
    return found.filter(Exists(papers), last__lt=now - KEPT).order_by("pk")


def count_papers_over(now: datetime) -> int:
    """Return how many there are, counted up to a thousand."""
    return len(papers_over(now).values_list("pk")[:MOST_COUNTED])
