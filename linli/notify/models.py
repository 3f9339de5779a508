"""Tables of notify."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.notify.states import DELIVERY


class Message(models.Model):
    """A message in the inbox of an account, a person or a post."""

    code = models.CharField(max_length=16, unique=True)
    template = models.CharField(max_length=80)
    purpose = models.CharField(max_length=60)
    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    place = models.CharField(max_length=120, db_collation="C", blank=True)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.JSONField(null=True)
    level = models.PositiveSmallIntegerField()
    is_urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_is_for_somebody",
                condition=Q(account_id__isnull=False)
                | Q(person_id__isnull=False)
                | Q(post_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["account_id", "-id"], name="message_of_account"),
            models.Index(fields=["person_id", "-id"], name="message_of_person"),
            models.Index(fields=["post_id", "-id"], name="message_of_post"),
            models.Index(
                fields=["account_id"],
                name="message_unread_account",
                condition=Q(read_at__isnull=True),
            ),
            models.Index(
                fields=["person_id"],
                name="message_unread_person",
                condition=Q(read_at__isnull=True),
            ),
            models.Index(
                fields=["post_id"], name="message_unread_post", condition=Q(read_at__isnull=True)
            ),
            models.Index(fields=["created_at"], name="message_age"),
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """One message on its way out of the house. Number and text are sealed, and gone when it ended."""

    ref = models.CharField(max_length=24, unique=True)
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, related_name="deliveries", null=True, db_index=False
    )
    template = models.CharField(max_length=80)
    purpose = models.CharField(max_length=60)
    channel = models.CharField(max_length=8)
    place = models.CharField(max_length=120, db_collation="C", blank=True)
    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=8)
    is_staff = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    address = models.BinaryField(null=True)
    masked = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.BinaryField(null=True)
    state = models.CharField(max_length=10, default=DELIVERY.start.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=60, blank=True)
    gateway_ref = models.CharField(max_length=80, blank=True)
    cost_fen = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delivery_state_known",
                condition=Q(
                    state__in=["queued", "held", "sending", "sent", "delivered", "skipped", "dead"]
                ),
            ),
            models.CheckConstraint(
                name="delivery_channel_known", condition=Q(channel__in=["sms", "email"])
            ),
            models.CheckConstraint(
                name="delivery_ended_is_empty",
                condition=~Q(state__in=["delivered", "skipped"])
                | Q(ended_at__isnull=False, text__isnull=True, address__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="delivery_due",
                condition=Q(state__in=["queued", "held", "sending"]),
            ),
            # few among a mass of others, asked for each minute
            models.Index(
                fields=["due_at", "id"],
                name="delivery_urgent_due",
                condition=Q(state__in=["queued", "held", "sending"], is_urgent=True),
            ),
            models.Index(fields=["place", "-created_at", "-id"], name="delivery_latest_at_place"),
            models.Index(fields=["state", "-created_at", "-id"], name="delivery_latest_by_state"),
            models.Index(fields=["created_at"], name="delivery_age"),
            models.Index(
                fields=["message"], name="delivery_of_message", condition=Q(message__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class MessageConsent(models.Model):
    """Somebody agreed to messages of one purpose in one wording, and may take it back at any time."""

    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "purpose"],
                name="messageconsent_account",
                condition=Q(withdrawn_at__isnull=True, account_id__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person_id", "purpose"],
                name="messageconsent_person",
                condition=Q(withdrawn_at__isnull=True, person_id__isnull=False),
            ),
            models.CheckConstraint(
                name="messageconsent_of_somebody",
                condition=Q(account_id__isnull=False) | Q(person_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


class EmailAddress(models.Model):
    """Where e-mail to an account goes: sealed, and used only after the code sent there was typed."""

    account_id = models.BigIntegerField(unique=True)
    person_id = models.BigIntegerField(null=True, db_index=True)
    address = models.BinaryField()
    masked = models.CharField(max_length=80)
    code_hash = models.BinaryField(null=True)
    code_ends_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.masked


class ChannelChoice(models.Model):
    """Somebody does, or does not, want messages of one purpose by one way out of the house."""

    account_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True, db_index=True)
    purpose = models.CharField(max_length=60)
    channel = models.CharField(max_length=8)
    is_wanted = models.BooleanField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "purpose", "channel"], name="channelchoice_once"
            ),
            models.CheckConstraint(
                name="channelchoice_channel_known", condition=Q(channel__in=["sms", "email"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.channel}"


class Counter(models.Model):
    """How much of something was used in a period: money at a place, messages to a number."""

    subject = models.CharField(max_length=160, db_collation="C")
    period = models.CharField(max_length=20, db_collation="C")
    used = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "period"], name="counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.period}"


class SimulatedSms(models.Model):
    """A text message of the simulator: the demo's telephone. Empty where a real gateway is used."""

    ref = models.CharField(max_length=24)
    # a mobile number, or an e-mail address where no mail server is set
    phone = models.CharField(max_length=254, db_index=True)
    text = models.TextField()
    at = models.DateTimeField()
    is_reported = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.ref
