"""How cases are found by words: their signs stand beside the heads, so that moves leave them alone."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from linli.cases.models.events import CaseEvent
from linli.cases.models.heads import Case


class CaseSigns(models.Model):
    """Every sign of a case's number and title and every two that stand together, in small letters.

    Whoever opens a case writes them ahead of it (models/writing.py), and says so. A trigger (migrations 0002,
    0004, 0006) makes those that are not there, and has them follow the title when it is changed or erased.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    signs = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(fields=["signs"], name="cases_signs")]

    def __str__(self) -> str:
        return str(self.case_id)


class WordSigns(models.Model):
    """The same of words that everybody reads, whole and as they are shown, for the public search.

    A trigger keeps them (migration 0014): what is taken back or erased leaves none.
    """

    event = models.OneToOneField(CaseEvent, models.PROTECT, primary_key=True, related_name="+")
    signs = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(fields=["signs"], name="cases_word_signs_in")]

    def __str__(self) -> str:
        return str(self.event_id)
