"""The vault: documents, contacts and keys of persons. PostgreSQL row security guards these tables."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.people.models.persons import Person
from linli.people.models.shapes import WORD, Period, in_order, one_of
from linli.people.rules.documents import DocumentKind
from linli.people.types import ContactKind


class PersonDocument(Period):
    """A document that a person has or had. `until` is the day on which it ceased to be hers."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=WORD)
    number = models.BinaryField()
    number_index = models.BinaryField(null=True)
    number_index_next = models.BinaryField(null=True)
    masked = models.CharField(max_length=40)
    valid_until = models.DateField(null=True)
    # two people claim it: kept, and a pair waits for somebody who may see both
    is_disputed = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            one_of("document_kind_known", "kind", DocumentKind),
            in_order("document_in_order"),
            models.UniqueConstraint(
                fields=["number_index"],
                condition=Q(is_disputed=False, until__isnull=True),
                name="document_index_once",
            ),
            models.UniqueConstraint(
                fields=["number_index_next"],
                condition=Q(is_disputed=False, until__isnull=True),
                name="document_next_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="document_person"),
            models.Index(
                fields=["valid_until", "person"],
                condition=Q(valid_until__isnull=False, until__isnull=True),
                name="document_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.masked


class Contact(Period):
    """A way to reach a person, or where her hukou is registered."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=WORD)
    value = models.BinaryField()
    value_index = models.BinaryField(null=True)
    value_index_next = models.BinaryField(null=True)
    masked = models.CharField(max_length=200)

    class Meta:
        constraints = [
            one_of("contact_kind_known", "kind", ContactKind),
            in_order("contact_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["value_index"],
                condition=Q(value_index__isnull=False),
                name="contact_index",
            ),
            models.Index(
                fields=["value_index_next"],
                condition=Q(value_index_next__isnull=False),
                name="contact_next",
            ),
        ]

    def __str__(self) -> str:
        return self.masked


class PersonKey(models.Model):
    """The key under which chained records seal what a person said; deleted when she is forgotten.

    Made when the first such record needs it.
    """

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return str(self.person_id)
