"""What a service centre is made of: platforms merged, equipment, running costs, and checks of its six norms."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.kernel.shapes import one_of
from linli.offerings.types.centres import CheckBy, CheckState, CostKind, CostSource, Met


class CentrePlatform(models.Model):
    """One platform that a centre took in, and since when. The kinds stand in data/norms.yaml."""

    centre = models.ForeignKey("orgs.ServiceCentre", models.PROTECT, related_name="+")
    path = models.CharField(max_length=120, db_collation="C")
    key = models.CharField(max_length=20)
    merged_on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "key"],
                condition=Q(ended_at__isnull=True),
                name="offerings_platform_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.key}"


class CentreDevice(models.Model):
    """Equipment of a centre: how many there are and how many do not work."""

    centre = models.ForeignKey(
        "orgs.ServiceCentre", models.PROTECT, related_name="+", db_index=False
    )
    path = models.CharField(max_length=120, db_collation="C")
    name = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    broken = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="offerings_device_counted",
                condition=Q(count__gte=1) & Q(broken__lte=F("count")),
            )
        ]
        indexes = [models.Index(fields=["centre", "name", "id"], name="offerings_device_of_centre")]

    def __str__(self) -> str:
        return self.name


class CentreCost(models.Model):
    """Money that a centre cost in a year, in fen. What was wrong is taken back with a reason, never changed."""

    centre = models.ForeignKey(
        "orgs.ServiceCentre", models.PROTECT, related_name="+", db_index=False
    )
    path = models.CharField(max_length=120, db_collation="C")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    fen = models.BigIntegerField()
    source = models.CharField(max_length=12)
    document = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            one_of("offerings_cost_kind_known", "kind", CostKind),
            one_of("offerings_cost_source_known", "source", CostSource),
            models.CheckConstraint(
                name="offerings_cost_is_money",
                condition=Q(fen__gt=0) & Q(year__range=(2000, 2100)),
            ),
        ]
        indexes = [models.Index(fields=["centre", "-year", "-id"], name="offerings_cost_of_centre")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.year} {self.kind}"


class CentreCheck(models.Model):
    """One check of the six norms on a day. A centre has one that is being filled in for each who checks."""

    centre = models.ForeignKey(
        "orgs.ServiceCentre", models.PROTECT, related_name="+", db_index=False
    )
    path = models.CharField(max_length=120, db_collation="C")
    by = models.CharField(max_length=8)
    body = models.CharField(max_length=80, blank=True)
    on = models.DateField()
    state = models.CharField(max_length=8, default=CheckState.DRAFT.value)
    summary = models.CharField(max_length=1000, blank=True)
    begun_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("offerings_check_by_known", "by", CheckBy),
            one_of("offerings_check_state_known", "state", CheckState),
            models.UniqueConstraint(
                fields=["centre", "by"],
                condition=Q(state=CheckState.DRAFT.value),
                name="offerings_check_draft_once",
            ),
            models.CheckConstraint(
                name="offerings_check_filed",
                condition=Q(filed_at__isnull=False) | ~Q(state=CheckState.FILED.value),
            ),
        ]
        indexes = [models.Index(fields=["centre", "-on", "-id"], name="offerings_check_of_centre")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.on}"


class CentrePoint(models.Model):
    """What a check found of one point; its evidence hangs on it as files, what is to be mended is a case."""

    check_of = models.ForeignKey(CentreCheck, models.CASCADE, related_name="points", db_index=False)
    key = models.CharField(max_length=20)
    met = models.CharField(max_length=4)
    words = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)
    case_number = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            one_of("offerings_point_met_known", "met", Met),
            models.UniqueConstraint(fields=["check_of", "key"], name="offerings_point_once"),
        ]

    def __str__(self) -> str:
        return f"{self.check_of_id} {self.key}"


class CheckKey(models.Model):
    """A key from before phones kept their own box (`kernel/phones.py`): none is made any more.

    It is given once more to its owner's phone, into a box; nobody asks for it a year later, and it goes.
    """

    code = models.CharField(max_length=16, unique=True)
    account_id = models.BigIntegerField(unique=True)
    secret = models.BinaryField()
    used_on = models.DateField()

    def __str__(self) -> str:
        return self.code
