"""Cases whose words are over the term that their kind names, and reporters whose contact is."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from linli.cases.models import Case, CaseFile, InternalWords, PublicWords, Reporter
from linli.kernel.retention import MOST_COUNTED

CONTACTS_KEPT = timedelta(days=365)


def words_over(key: str, before: datetime) -> QuerySet[Case]:
    """Return cases of a kind that ended before a moment and of which something is still said."""
    said = Exists(PublicWords.objects.filter(case_id=OuterRef("pk")))
    noted = Exists(InternalWords.objects.filter(case_id=OuterRef("pk")))
    hers = Exists(Reporter.objects.filter(pk=OuterRef("pk"), account_id__isnull=False))
    ended = Case.objects.filter(kind=key, is_open=False, closed_at__lt=before)
    return ended.filter(Q(said) | Q(noted) | Q(hers) | ~Q(title="")).order_by("pk")


def contacts_over(now: datetime) -> QuerySet[Reporter]:
    """Return reporters of cases that are over for a year, with whatever was asked again meanwhile, of whom
    it is still known how they are reached or what they answered under seal."""
    kept = Q(contact__isnull=False) | Q(answers__isnull=False) | Q(by_sms=True)
    found = Reporter.objects.filter(kept, case__is_open=False)
    last = Greatest("case__closed_at", "case__changed_at")
    return found.annotate(last=last).filter(last__lt=now - CONTACTS_KEPT)


def count_contacts_over(now: datetime) -> int:
    """Return how many there are, counted up to a thousand."""
    return contacts_over(now)[:MOST_COUNTED].count()


def sent_and_kept() -> QuerySet[CaseFile]:
    """Return the photos and papers that reporters sent and that are still kept; under seal lie others."""
    return CaseFile.objects.filter(is_by_reporter=True, file__state="kept")
