"""Wishes in culture, programmes on offer, answers, and local talents. Words and names lie sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.activities.models.events import Event
from linli.activities.types.culture import Subject, WishState
from linli.kernel.shapes import one_of


class CultureOffer(models.Model):
    """A programme that a department or group can bring to a place."""

    path = models.CharField(max_length=120, db_collation="C")
    who = models.CharField(max_length=60)
    subject = models.CharField(max_length=10)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=500, blank=True)
    often = models.CharField(max_length=80, blank=True)
    cost_fen = models.PositiveIntegerField(default=0)
    needs = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [one_of("activities_offer_subject_known", "subject", Subject)]
        indexes = [models.Index(fields=["path", "subject", "id"], name="activities_offer_of_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        return self.title

    @property
    def name_en(self) -> str:
        return self.title_en


class CultureAnswer(models.Model):
    """You asked, we did: what became of the wishes of a season on a subject. Taken back, never rewritten."""

    path = models.CharField(max_length=120, db_collation="C")
    season = models.CharField(max_length=6)
    subject = models.CharField(max_length=10)
    text = models.CharField(max_length=500)
    offer = models.ForeignKey(CultureOffer, models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    wishes = models.PositiveIntegerField()
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_of("activities_answer_subject_known", "subject", Subject)]
        indexes = [models.Index(fields=["path", "season", "id"], name="activities_answer_of_place")]

    def __str__(self) -> str:
        return f"{self.season} {self.subject}"


class CultureWish(models.Model):
    """What somebody wishes for, without a name. `shown` are its words as they were released."""

    path = models.CharField(max_length=120, db_collation="C")
    season = models.CharField(max_length=6)
    subject = models.CharField(max_length=10)
    state = models.CharField(max_length=8, default=WishState.WAITS.value)
    shown = models.CharField(max_length=300, blank=True)
    is_counter = models.BooleanField(default=False)
    answer = models.ForeignKey(CultureAnswer, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("activities_culturewish_subject_known", "subject", Subject),
            one_of("activities_culturewish_state_known", "state", WishState),
            models.CheckConstraint(
                name="activities_culturewish_shown",
                condition=Q(state=WishState.SHOWN.value) | Q(shown=""),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "season", "id"], name="activities_culturewish_place")
        ]

    def __str__(self) -> str:
        return f"{self.season} {self.subject}"


class CultureWishVault(models.Model):
    """The words of a wish, sealed; they go after a year."""

    wish = models.OneToOneField(CultureWish, models.CASCADE, primary_key=True, related_name="+")
    text = models.BinaryField()

    def __str__(self) -> str:
        return str(self.wish_id)


class LocalTalent(models.Model):
    """Somebody who can do something, shown as she agreed; with her code she takes that back at once."""

    path = models.CharField(max_length=120, db_collation="C")
    code = models.CharField(max_length=12, unique=True)
    subject = models.CharField(max_length=10)
    shown_name = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=300, blank=True)
    agreed_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("activities_talent_subject_known", "subject", Subject),
            models.CheckConstraint(
                name="activities_talent_nameless_once_revoked",
                condition=Q(revoked_at__isnull=True) | Q(shown_name="", about=""),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "subject", "id"], name="activities_talent_of_place")
        ]

    def __str__(self) -> str:
        return self.code


class LocalTalentVault(models.Model):
    """Whom to ask for and under which number, sealed; goes with the consent."""

    talent = models.OneToOneField(LocalTalent, models.CASCADE, primary_key=True, related_name="+")
    contact = models.BinaryField()
    phone = models.BinaryField()

    def __str__(self) -> str:
        return str(self.talent_id)
