"""Sessions, and the secrets that open one: links, codes, resets. All are kept as hashes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.access.models.accounts import Account
from linli.access.states import OPEN_RESETS, RESET, Act, ResetState
from linli.access.types import Factor, LinkUse


class SignIn(models.Model):
    """One session: of somebody signed in, or of a browser on its way there."""

    key_hash = models.BinaryField(unique=True)
    data = models.JSONField(default=dict)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    device = models.ForeignKey(
        "access.CounterDevice", null=True, on_delete=models.PROTECT, related_name="+"
    )
    factor = models.CharField(max_length=10, blank=True)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    # how long it may rest: it ends then, or locks if it is on a counter computer
    idle_seconds = models.PositiveIntegerField()
    locked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # what the person chose for this session: one of her posts, or somebody to act for
    post = models.ForeignKey("orgs.Post", null=True, on_delete=models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    acting_until = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sign_in_factor_known",
                condition=Q(factor__in=["", *[f.value for f in Factor]]),
            ),
            models.CheckConstraint(
                name="sign_in_acting_has_reason",
                condition=Q(acting_for__isnull=True)
                | (Q(acting_until__isnull=False) & ~Q(purpose="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "-seen_at"],
                condition=Q(ended_at__isnull=True, account__isnull=False),
                name="sign_in_of_account",
            ),
            models.Index(
                fields=["ended_at"],
                condition=Q(ended_at__isnull=False),
                name="sign_in_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"


class OneTimeLink(models.Model):
    """A link that lets somebody set a password once: the start of an account, or a reset."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    use = models.CharField(max_length=16)
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="one_time_link_use_known",
                condition=Q(use__in=[u.value for u in LinkUse]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.use} {self.account_id}"


class SignInCode(models.Model):
    """A code sent to a telephone number. Neither the code nor the number can be read here."""

    phone_index = models.BinaryField()
    code_hash = models.BinaryField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone_index", "-made_at"], name="sign_in_code_of_phone")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class ResetRequest(models.Model):
    """Somebody cannot sign in; two different people approve that she starts anew.

    So they do what else is done with an account that runs, secures or checks the system: whoever
    asks is the first of them then.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=120, db_collation="C", db_index=True)
    state = models.CharField(max_length=10, default=RESET.start.value)
    what = models.CharField(max_length=10, default=Act.RESET.value, db_default=Act.RESET.value)
    reason = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    first_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    second_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reset_state_known", condition=Q(state__in=[s.value for s in ResetState])
            ),
            models.CheckConstraint(
                name="reset_approved_by_two",
                condition=~Q(state__in=[ResetState.APPROVED.value, ResetState.USED.value])
                | (Q(first_by__isnull=False) & Q(second_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="reset_two_are_different",
                condition=Q(second_by__isnull=True)
                | (~Q(first_by=F("second_by")) & ~Q(account=F("second_by"))),
            ),
            models.CheckConstraint(
                name="reset_first_is_another",
                condition=Q(first_by__isnull=True) | ~Q(account=F("first_by")),
            ),
            models.CheckConstraint(
                name="reset_what_known", condition=Q(what__in=[a.value for a in Act])
            ),
            models.UniqueConstraint(
                fields=["account", "what"],
                condition=Q(state__in=[s.value for s in OPEN_RESETS]),
                name="reset_open_once_each",
            ),
        ]

    def __str__(self) -> str:
        return f"reset {self.pk}"


class KeptForm(models.Model):
    """What somebody had typed when her session ended; sealed, for half an hour, for her alone.

    Nobody's (`account` empty) where the browser had lost the session: whoever brings its secret
    and signs in first has it from then on.
    """

    token_hash = models.BinaryField(unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", null=True)
    # the address that the form went to
    address = models.CharField(max_length=500)
    body_sealed = models.BinaryField()
    had_files = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"kept form {self.pk}"


class TotpSecret(models.Model):
    """The secret of an account's authenticator app, sealed, and the last step that was used.

    allauth's own row says that there is one; the secret lies here, where keys can be rotated.
    """

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    secret_sealed = models.BinaryField()
    counter = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"authenticator of {self.account_id}"
