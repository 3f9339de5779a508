"""Who is in charge of what: the list of responsibilities, and rules of routing as dated sets."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linli.cases.models.heads import Category
from linli.cases.types.routing import Duty, SetState
from linli.kernel.shapes import Period, in_order, one_of


class Responsibility(Period):
    """A post that is in charge of a category at a place and below, or is to know of its cases.

    A row that ends stays: the list of an earlier day can be read.
    """

    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    path = models.CharField(max_length=120, db_collation="C")
    duty = models.CharField(max_length=12)
    org_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    basis = models.CharField(max_length=200, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("cases_duty_known", "duty", Duty),
            in_order("cases_responsibility_in_order", may_be_empty=True),
            models.UniqueConstraint(
                fields=["category", "path"],
                condition=Q(duty=Duty.RESPONSIBLE.value, until__isnull=True),
                name="cases_one_in_charge",
            ),
            models.UniqueConstraint(
                fields=["category", "path", "post_id"],
                condition=Q(until__isnull=True),
                name="cases_responsible_once",
            ),
        ]
        indexes = [models.Index(fields=["path", "category"], name="cases_responsibility_path")]

    def __str__(self) -> str:
        return f"{self.path} {self.category_id} {self.duty}"


class RuleSet(Period):
    """Rules of a place in their order. Drafts are edited; what was shown or in force stays as it was.

    In force are those whose period has begun and not ended; the nearest place is asked first.
    """

    path = models.CharField(max_length=120, db_collation="C")
    title = models.CharField(max_length=80)
    state = models.CharField(max_length=12, default=SetState.DRAFT.value)
    note = models.CharField(max_length=500, blank=True)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("cases_set_state_known", "state", SetState),
            in_order("cases_set_in_order"),
            models.CheckConstraint(
                name="cases_set_in_force_is_dated",
                condition=Q(state=SetState.IN_FORCE.value, since__isnull=False)
                | (~Q(state=SetState.IN_FORCE.value) & Q(since__isnull=True, until__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["path", "since"],
                condition=Q(state=SetState.IN_FORCE.value),
                name="cases_set_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(state=SetState.IN_FORCE.value, until__isnull=True),
                name="cases_one_set_without_end",
            ),
        ]
        indexes = [models.Index(fields=["path", "-id"], name="cases_set_path")]

    def __str__(self) -> str:
        return self.title


class RoutingRule(Period):
    """One rule of a set; `types.routing.Rule` says what each condition means.

    `origin` is the rule that this one was first copied from, so that its figures go on.
    """

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="rules", db_index=False)
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    org_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    categories = ArrayField(models.BigIntegerField(), default=list, blank=True)
    matters = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    path = models.CharField(max_length=120, db_collation="C", blank=True)
    polygon = models.JSONField(null=True)
    hours_from = models.TimeField(null=True)
    hours_to = models.TimeField(null=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    answers = models.JSONField(default=dict)
    # key of a layer of cells: the rule sends to who looks after the cell, and has no post of its own
    layer = models.CharField(max_length=40, blank=True, default="")
    origin = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            in_order("cases_rule_in_order", may_be_empty=True),
            models.CheckConstraint(
                name="cases_rule_hours_both",
                condition=Q(hours_from__isnull=True, hours_to__isnull=True)
                | Q(hours_from__isnull=False, hours_to__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_rule_post_or_layer",
                condition=Q(layer="", post_id__gt=0) | (~Q(layer="") & Q(post_id=0, org_id=0)),
            ),
        ]
        indexes = [models.Index(fields=["rule_set", "order", "id"], name="cases_rule_order")]

    def __str__(self) -> str:
        return self.title


class RoutingTest(models.Model):
    """A case made up by who keeps a set: where it must go before the set may be put in force.

    `post_id` empty means that no rule of the set fits it, unless a `layer` says that it must go to
    whoever looks after the cell then.
    """

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="tests")
    title = models.CharField(max_length=80)
    at = models.DateTimeField()
    path = models.CharField(max_length=120, db_collation="C")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    matter = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=12, blank=True)
    # WGS-84 in millionths of a degree
    lon = models.IntegerField(null=True)
    lat = models.IntegerField(null=True)
    answers = models.JSONField(default=dict)
    post_id = models.BigIntegerField(null=True)
    layer = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_test_post_or_layer",
                condition=Q(layer="") | Q(post_id__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.title
