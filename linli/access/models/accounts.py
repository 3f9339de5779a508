"""Who can sign in, and who stands in or acts for whom."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from linli.access.states import ACCOUNT, AccountKind, AccountState
from linli.access.types import BY_DEATH


class Account(AbstractBaseUser):
    """Somebody who can sign in: a member of staff or a resident. Never shared between people."""

    # when somebody last signed in is nobody's business but hers: her session list shows it
    last_login = None

    username = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=ACCOUNT.start.value)
    display_name = models.CharField(max_length=60)
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # where the account is looked after; empty for residents who are tied to no person yet
    path = models.CharField(max_length=120, blank=True, db_collation="C")
    unit = models.CharField(max_length=120, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True)
    phone_index_next = models.BinaryField(null=True)
    phone_masked = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    pin_hash = models.CharField(max_length=128, blank=True)
    badge_sealed = models.BinaryField(null=True)
    badge_index = models.BinaryField(null=True)
    badge_index_next = models.BinaryField(null=True)
    # somebody else tied it: it opens nothing until the owner confirmed it
    badge_waits = models.BooleanField(default=False, db_default=False)
    # browsers and systems she entered with, the newest last: another one is told her
    known_agents = models.JSONField(default=list)
    password_set_at = models.DateTimeField(null=True)
    # the year in which a resident last came in, no day of it: whose account nobody uses is let go
    last_year = models.PositiveSmallIntegerField(null=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    disabled_at = models.DateTimeField(null=True)
    disabled_reason = models.CharField(max_length=200, blank=True)
    # the file that brought the account in; its first links are made when all rows are through
    brought_in_by = models.ForeignKey(
        "access.StaffImport", null=True, on_delete=models.PROTECT, related_name="+"
    )

    USERNAME_FIELD = "username"
    objects = BaseUserManager["Account"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_kind_known", condition=Q(kind__in=[k.value for k in AccountKind])
            ),
            models.CheckConstraint(
                name="account_state_known", condition=Q(state__in=[s.value for s in AccountState])
            ),
            models.CheckConstraint(
                name="account_disabled_has_time",
                condition=~Q(state=AccountState.DISABLED.value) | Q(disabled_at__isnull=False),
            ),
            # one person has one account that opens; of those that are closed there may be many
            models.UniqueConstraint(
                fields=["kind", "person"],
                condition=Q(person__isnull=False) & ~Q(state=AccountState.DISABLED.value),
                name="one_account_of_person",
            ),
            models.UniqueConstraint(fields=["kind", "phone_index"], name="account_phone"),
            models.UniqueConstraint(fields=["kind", "phone_index_next"], name="account_phone_next"),
            models.UniqueConstraint(fields=["badge_index"], name="account_badge"),
            models.UniqueConstraint(fields=["badge_index_next"], name="account_badge_next"),
        ]
        indexes = [
            models.Index(fields=["kind", "path", "display_name"], name="account_at_place"),
            models.Index(fields=["kind", "display_name", "id"], name="account_by_name"),
            models.Index(
                fields=["disabled_at"],
                condition=Q(disabled_reason=BY_DEATH, phone_sealed__isnull=False),
                name="account_number_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def was_used(self) -> bool:
        """Whether somebody set a password ever: then it is hers, and a link to it takes two people."""
        return self.password_set_at is not None

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django asks this before it lets somebody sign in."""
        return self.state == AccountState.ACTIVE

    @property
    def is_staff_member(self) -> bool:
        return self.kind == AccountKind.STAFF


class Deputy(models.Model):
    """An account stands in for a post between two days, both included."""

    post = models.ForeignKey("orgs.Post", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200)
    given_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deputy_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} → {self.post_id}"


class Mandate(models.Model):
    """A resident lets another resident act for her, until a day: a son for his mother."""

    principal = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    basis = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} for {self.principal_id}"
