"""Rights that were given, and keys for programs."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.access.models.accounts import Account
from linli.access.rules import HIGHEST, ORDINARY_CEILING
from linli.access.templates_of_rights import title_of
from linli.access.types import RightKind


class GivenRight(models.Model):
    """A template or one permit, given from and until to a post, to every post of a kind below a
    place (each at its own place), or to an account.

    Ordinary rights reach level 5. The other kinds carry a purpose and an end; emergency access
    and full sessions are looked at afterwards by another person.
    """

    kind = models.CharField(max_length=12, default=RightKind.ORDINARY.value)
    post = models.ForeignKey("orgs.Post", null=True, on_delete=models.PROTECT, related_name="+")
    post_kind = models.CharField(max_length=40, blank=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=40, blank=True)
    permit = models.CharField(max_length=60, blank=True)
    path = models.CharField(max_length=120, db_collation="C", db_index=True)
    ceiling = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=200, blank=True)
    given_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    is_justified = models.BooleanField(null=True)
    review_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="right_kind_known", condition=Q(kind__in=[k.value for k in RightKind])
            ),
            models.CheckConstraint(
                name="right_of_one_subject",
                condition=Q(post__isnull=True, account__isnull=False, post_kind="")
                | Q(post__isnull=False, account__isnull=True, post_kind="")
                | (Q(post__isnull=True, account__isnull=True) & ~Q(post_kind="")),
            ),
            models.CheckConstraint(
                name="right_template_or_permit",
                condition=(Q(template="") & ~Q(permit="")) | (~Q(template="") & Q(permit="")),
            ),
            models.CheckConstraint(
                name="right_ceiling_known", condition=Q(ceiling__gte=1, ceiling__lte=HIGHEST)
            ),
            models.CheckConstraint(
                name="right_ordinary_is_low",
                condition=~Q(kind=RightKind.ORDINARY.value) | Q(ceiling__lte=ORDINARY_CEILING),
            ),
            models.CheckConstraint(
                name="right_special_has_end",
                condition=Q(kind=RightKind.ORDINARY.value)
                | (Q(ends_at__isnull=False) & ~Q(purpose="")),
            ),
            models.CheckConstraint(
                name="right_ends_after_start",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="right_reviewed_by_another",
                condition=Q(reviewed_by__isnull=True)
                | Q(account__isnull=True)
                | ~Q(account=F("reviewed_by")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["post"],
                condition=Q(post__isnull=False, revoked_at__isnull=True),
                name="right_of_post",
            ),
            models.Index(
                fields=["account"],
                condition=Q(account__isnull=False, revoked_at__isnull=True),
                name="right_of_account",
            ),
            models.Index(
                fields=["post_kind"],
                condition=~Q(post_kind="") & Q(revoked_at__isnull=True),
                name="right_of_kind",
            ),
            models.Index(
                fields=["path", "given_at"],
                condition=Q(
                    kind__in=[RightKind.BREAK_GLASS.value, RightKind.OPERATOR.value],
                    reviewed_at__isnull=True,
                ),
                name="right_to_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template or self.permit} @ {self.path}"

    @property
    def title(self) -> Any:
        """What the right is called, in the reader's language."""
        return title_of(self.template, self.permit)

    @property
    def holder(self) -> str:
        """Who has the right: the name of the account, or the title of the post."""
        if self.account is not None:
            return self.account.display_name
        return str(self.post.title) if self.post is not None else self.post_kind

    @property
    def is_taken(self) -> bool:
        """Whether somebody took it herself, in an emergency or to repair the installation."""
        return self.kind in (RightKind.BREAK_GLASS, RightKind.OPERATOR)


class ApiToken(models.Model):
    """A key by which a program acts: for a person within her rights, or for another system.

    It belongs to a post and dies with it; the secret is shown once and kept as a hash.
    """

    name = models.CharField(max_length=80)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey("orgs.Post", null=True, on_delete=models.PROTECT, related_name="+")
    # the name of the other system; empty for a key of a person
    system = models.CharField(max_length=80, blank=True)
    head = models.CharField(max_length=12)
    token_hash = models.BinaryField(unique=True)
    permits = ArrayField(models.CharField(max_length=60))
    path = models.CharField(max_length=120, db_collation="C")
    ceiling = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="token_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="token_ceiling_low",
                condition=Q(ceiling__gte=1, ceiling__lte=ORDINARY_CEILING),
            ),
        ]
        indexes = [models.Index(fields=["account", "-starts_at"], name="token_of_account")]

    def __str__(self) -> str:
        return self.name
