"""Building, block and lane heads: who stood, what the neighbours chose, until when; and her small desk."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.grid.states import HEAD, HeadState, WordState
from linli.grid.types import HeadKind, WordKind
from linli.kernel.shapes import one_of


class Headship(models.Model):
    """Somebody who stood for a building, block or lane of her own free will, and what came of it.

    `public_name` is what she agreed to be called; her telephone lies in the vault and is never
    shown: neighbours ask to be called. `account_id` is her sign-in, `person_id` her entry in the
    register, if they are known.
    """

    path = models.CharField(max_length=120, db_collation="C")
    kind = models.CharField(max_length=12)
    ground = models.CharField(max_length=60)
    state = models.CharField(max_length=12, default=HEAD.start.value)
    public_name = models.CharField(max_length=40)
    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    stood_on = models.DateField()
    decided_on = models.DateField(null=True)
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    document = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    handed_over = models.CharField(max_length=500, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("grid_head_kind_known", "kind", HeadKind),
            one_of("grid_head_state_known", "state", HeadState),
            models.CheckConstraint(
                name="grid_head_serves_from_a_day",
                condition=~Q(state__in=["serving", "ended"]) | Q(since__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["path", "kind", "ground"],
                condition=Q(state="serving"),
                name="grid_one_head_serves",
            ),
        ]
        indexes = [
            models.Index(fields=["path", "state"], name="grid_head_of_village"),
            models.Index(
                fields=["account_id"],
                condition=Q(account_id__isnull=False),
                name="grid_head_of_account",
            ),
            models.Index(
                fields=["person_id"],
                condition=Q(person_id__isnull=False),
                name="grid_head_of_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground}: {self.public_name}"


class HeadVault(models.Model):
    """The telephone of a head, sealed; for the office alone. Goes when she serves no more."""

    head = models.OneToOneField(Headship, models.PROTECT, primary_key=True, related_name="+")
    phone = models.BinaryField()

    def __str__(self) -> str:
        return str(self.head_id)


class Word(models.Model):
    """What a neighbour says to a head. Text and telephone lie in the vault; `case` if passed on."""

    code = models.CharField(max_length=16, unique=True)
    # SHA-256 of the code of whoever said it; the other code is for the head and opens less
    own_digest = models.BinaryField(max_length=32, null=True)
    head = models.ForeignKey(Headship, models.PROTECT, related_name="words", db_index=False)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    answer = models.CharField(max_length=1000, blank=True)
    case = models.ForeignKey("cases.Case", models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("grid_word_kind_known", "kind", WordKind),
            one_of("grid_word_state_known", "state", WordState),
            models.UniqueConstraint(
                fields=["own_digest"],
                condition=Q(own_digest__isnull=False),
                name="grid_word_own_code",
            ),
        ]
        indexes = [models.Index(fields=["head", "state", "said_at"], name="grid_words_of_head")]

    def __str__(self) -> str:
        return self.code


class WordVault(models.Model):
    """Text and telephone of a neighbour, sealed; for the head to whom it was said."""

    word = models.OneToOneField(Word, models.CASCADE, primary_key=True, related_name="+")
    text = models.BinaryField()
    phone = models.BinaryField()

    def __str__(self) -> str:
        return str(self.word_id)
