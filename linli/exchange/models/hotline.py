"""Requests of other systems, and orders of the hotline."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linli.exchange.states import HandBackState, OrderState
from linli.exchange.types.orders import Fate
from linli.kernel.handed_in import ListState
from linli.kernel.shapes import one_of


class About(models.Model):
    """Posts that words accuse, as a case has them: whoever holds or held one does not see the row."""

    about_post_id = models.BigIntegerField(null=True)
    about_more = ArrayField(models.BigIntegerField(), null=True)

    class Meta:
        abstract = True


class PostedRequest(models.Model):
    """A request that another system sent in: its token, the number that it got, and by which key."""

    token = models.UUIDField(unique=True)
    number = models.CharField(max_length=24)
    key_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=160)
    posted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["posted_at"], name="postedrequest_due")]

    def __str__(self) -> str:
        return self.number


class OrderSender(models.Model):
    """Which column means what in lists of one sender, as somebody chose it last time."""

    path = models.CharField(max_length=120, db_collation="C")
    name = models.CharField(max_length=80)
    columns = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "name"], name="ordersender_once")]

    def __str__(self) -> str:
        return self.name


class OrderList(models.Model):
    """A list of hotline orders that was handed in: where it stands, what became of its rows.

    `taken` rows from its top are in the register; `by_words`: a person who saw the suggested
    places said that orders are opened there. `counts` is fate → rows.
    """

    path = models.CharField(max_length=120, db_collation="C")
    sender = models.CharField(max_length=80)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    file_code = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=12)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    by_words = models.BooleanField(default=False)
    taken = models.PositiveIntegerField(default=0)
    job_code = models.CharField(max_length=12, blank=True)
    account_id = models.BigIntegerField(null=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_of("orderlist_state_known", "state", ListState)]
        indexes = [models.Index(fields=["path", "-id"], name="orderlist_path")]

    def __str__(self) -> str:
        return self.file_name


class OrderLine(About):
    """A row of a list that somebody should see: refused with every reason, or waiting for a place.

    What stood in it is sealed: it names people.
    """

    of = models.ForeignKey(OrderList, models.CASCADE, related_name="+", db_index=False)
    line = models.PositiveIntegerField()
    is_dry = models.BooleanField()
    fate = models.CharField(max_length=12)
    place = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=80, blank=True)
    faults = models.JSONField(default=list)
    cells = models.BinaryField(null=True)

    class Meta:
        constraints = [
            one_of("orderline_fate_known", "fate", Fate),
            models.UniqueConstraint(fields=["of", "is_dry", "line"], name="orderline_once"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id}:{self.line}"


class HotlineOrder(About):
    """An order of the hotline under its own number, and the case that it became.

    `row` is what the list said, sealed, as long as the order waits for its place. `digest` tells
    whether the words of a later list are the same. `due_at` is the hotline's own last moment.
    `needs_look`: more came that a person has to read, as after its end. `told_*` is what was returned last.
    """

    number = models.CharField(max_length=40, unique=True)
    path = models.CharField(max_length=120, db_collation="C")
    sender = models.CharField(max_length=80)
    state = models.CharField(max_length=12)
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField()
    fate = models.CharField(max_length=12)
    hint = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=80, blank=True)
    row = models.BinaryField(null=True)
    needs_look = models.BooleanField(default=False)
    told_outcome = models.CharField(max_length=12, blank=True)
    told_cycle = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("hotlineorder_state_known", "state", OrderState),
            models.CheckConstraint(
                name="hotlineorder_taken_has_case",
                condition=Q(state="taken", case__isnull=False, row__isnull=True)
                | (~Q(state="taken") & Q(case__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "-id"], name="hotlineorder_path"),
            models.Index(
                fields=["path", "due_at"], name="hotlineorder_waits", condition=Q(state="waiting")
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ResultFile(models.Model):
    """A file of results that went back to the hotline: when, by whom, how many orders."""

    path = models.CharField(max_length=120, db_collation="C")
    number = models.CharField(max_length=24, unique=True)
    file_code = models.CharField(max_length=20, blank=True)
    file_hash = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    account_id = models.BigIntegerField(null=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["path", "-id"], name="resultfile_path")]

    def __str__(self) -> str:
        return self.number


class ReturnedResult(models.Model):
    """What one file said of one order: the outcome and the step of the case that brought it."""

    file = models.ForeignKey(ResultFile, models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(HotlineOrder, models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=12)
    cycle = models.PositiveSmallIntegerField()
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "order"], name="returnedresult_once")
        ]
        indexes = [models.Index(fields=["order", "-id"], name="returnedresult_of")]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.order_id}"


class HandBack(models.Model):
    """申请退单: an order that is not ours, with the reason and the body that is in charge."""

    order = models.ForeignKey(HotlineOrder, models.PROTECT, related_name="+")
    path = models.CharField(max_length=120, db_collation="C")
    state = models.CharField(max_length=12)
    reason = models.TextField()
    body = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    # until when it could be asked, by the rule of that day
    ask_until = models.DateTimeField()
    law = models.JSONField()
    stopped_clock = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    # the file of results that told the hotline of it
    file = models.ForeignKey(ResultFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("handback_state_known", "state", HandBackState),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="applied"), name="handback_one_open"
            ),
        ]
        indexes = [models.Index(fields=["path", "-id"], name="handback_path")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.state}"
