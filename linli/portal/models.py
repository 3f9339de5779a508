"""Tables of the portal."""

from __future__ import annotations

from django.db import models


class EarlierCode(models.Model):
    """A code that a writer was given before feedback had a number; it still leads to her case.

    `digest` is made of the code as `Case.follow_digest` is, so that the table opens nothing by itself.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="+")
    digest = models.BinaryField(unique=True)

    def __str__(self) -> str:
        return str(self.case_id)
