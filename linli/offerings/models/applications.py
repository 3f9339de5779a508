"""Applications: what a case of the kind `application` has besides, its papers, parts and fees."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.kernel.fee_rows import PaidFee, ReturnedFee
from linli.kernel.fees import MOST_REASON, PayWay
from linli.kernel.shapes import one_of
from linli.offerings.types.applications import Delivery, ItemAsked, Paper
from linli.offerings.types.helping import Relation

# of those that an account filed, the ones it filed for itself: whoever helps leaves no person of the register
OWN = Q(person_id__isnull=False) | Q(agent_masked="", name_masked="")


class Application(models.Model):
    """What was applied for, pinned to the version of the item that held on the day of applying.

    `item` is the frozen whole of that version as far as an application needs it: nothing that
    changes in the guide afterwards changes it. `answers` are those to the item's questions; `sealed`
    has names, numbers and addresses.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="+")
    item_key = models.CharField(max_length=80)
    item_version = models.PositiveIntegerField()
    item = models.JSONField()
    answers = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    # the version of the item's own form that was filled in, with open and sealed answers
    form_number = models.PositiveIntegerField(null=True)
    form_values = models.JSONField(default=dict)
    form_sealed = models.BinaryField(null=True)
    id_masked = models.CharField(max_length=24, blank=True)
    person_id = models.BigIntegerField(null=True)
    mandate_id = models.BigIntegerField(null=True)
    # the mandate on paper by which somebody without an account stands for her
    agent_mandate_id = models.BigIntegerField(null=True)
    # any other paper that the window was shown
    agent_basis = models.CharField(max_length=200, blank=True)
    # who helps her, masked as she herself is then, and how the helper stands to her
    agent_relation = models.CharField(max_length=12, blank=True)
    agent_masked = models.CharField(max_length=60, blank=True)
    name_masked = models.CharField(max_length=20, blank=True)
    delivery = models.CharField(max_length=16)
    fee_fen = models.PositiveIntegerField(default=0)
    # what of the fee is let off before it was paid: the sum of its waivers that stand
    waived_fen = models.PositiveIntegerField(default=0, db_default=0)
    # tells two of one person for one item apart without a name
    sent_mark = models.BinaryField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("offerings_delivery_known", "delivery", Delivery),
            models.CheckConstraint(
                name="offerings_relation_known",
                condition=Q(agent_relation__in=["", *(str(one) for one in Relation)]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["person_id", "-case"],
                name="offerings_applied_by",
                condition=Q(person_id__isnull=False),
            ),
            models.Index(fields=["item_key", "-case"], name="offerings_applied_for"),
            models.Index(
                fields=["sent_mark", "-case"], name="offerings_applied_twice",
                condition=Q(sent_mark__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.item_key}/{self.item_version}"

    @property
    def asked(self) -> ItemAsked:
        """The item as it was on the day of applying."""
        return ItemAsked(self.item_key, self.item_version, self.item)

    @property
    def is_helped(self) -> bool:
        """Somebody applied for another; still so once whoever helped was forgotten."""
        return bool(self.agent_masked or self.name_masked)


class MaterialState(models.Model):
    """Where one material of an application stands, with its photos in the case's own files."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="papers", db_index=False
    )
    key = models.CharField(max_length=60)
    state = models.CharField(max_length=8, default=Paper.OPEN.value)
    note = models.CharField(max_length=300, blank=True)
    files = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("offerings_paper_state_known", "state", Paper),
            models.UniqueConstraint(fields=["application", "key"], name="offerings_paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.key}"


class ApplicationPart(models.Model):
    """What one department does; parts of one turn run side by side, turns one after the other."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="parts", db_index=False
    )
    turn = models.PositiveSmallIntegerField()
    org_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    task = models.CharField(max_length=200)
    # the number of its part in the case, once its turn has come
    number = models.PositiveSmallIntegerField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "post_id"], name="offerings_part_of_a_post_once"
            ),
            models.CheckConstraint(
                name="offerings_done_part_was_given",
                condition=Q(done_at__isnull=True) | Q(number__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.turn}"


class Payment(PaidFee):
    """A fee that was paid, with its receipt. It is never changed; what goes back is a refund."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="payments")

    class Meta:
        constraints = [
            one_of("offerings_pay_way_known", "way", PayWay),
            models.CheckConstraint(
                name="offerings_something_was_paid", condition=Q(amount_fen__gt=0)
            ),
        ]


class Refund(ReturnedFee):
    """What of a payment went back, and why."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    # she did not owe it, so it is not to be paid again
    is_waived = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="offerings_something_went_back", condition=Q(amount_fen__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} -{self.amount_fen}"


class Waiver(models.Model):
    """What of a fee was let off before it was paid, and why; one that names another takes that one back, whole.

    Its reason alone is ever emptied: with whoever applied.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="waivers")
    amount_fen = models.PositiveIntegerField()
    reason = models.CharField(max_length=MOST_REASON, blank=True)
    waived_at = models.DateTimeField()
    post_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    takes_back = models.OneToOneField("self", models.PROTECT, null=True, related_name="back")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="offerings_something_was_let_off", condition=Q(amount_fen__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.amount_fen}"
