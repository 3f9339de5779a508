"""Cases whose words are over the term that their kind names."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.cases.models import Case, InternalWords, PublicWords, Reporter


def words_over(key: str, before: datetime) -> QuerySet[Case]:
    """Return cases of a kind that ended before a moment and of which something is still said."""
    said = Exists(PublicWords.objects.filter(case_id=OuterRef("pk")))
    noted = Exists(InternalWords.objects.filter(case_id=OuterRef("pk")))
    hers = Exists(Reporter.objects.filter(pk=OuterRef("pk"), account_id__isnull=False))
    ended = Case.objects.filter(kind=key, is_open=False, closed_at__lt=before)
    return ended.filter(Q(said) | Q(noted) | Q(hers) | ~Q(title="")).order_by("pk")
