"""Tables of places."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.places.types import Category, Kind, Level, Settlement


class Place(models.Model):
    """One node of the tree as it is today. What it was before stands in PlaceVersion."""

    code = models.CharField(max_length=24, unique=True, db_collation="C")
    path = models.CharField(max_length=120, unique=True, db_collation="C")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    level = models.CharField(max_length=12)
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    # the ancestors that lists are cut by; a place names itself at its own level
    city_id = models.BigIntegerField(null=True)
    town_id = models.BigIntegerField(null=True)
    village_id = models.BigIntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    urban_rural_code = models.CharField(max_length=3, blank=True)  # 城乡分类代码, not to be had yet
    is_invented = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="place_level_known", condition=Q(level__in=[v.value for v in Level])
            ),
            models.CheckConstraint(
                name="place_kind_known", condition=Q(kind__in=[v.value for v in Kind])
            ),
            models.CheckConstraint(
                name="place_valid_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lt=F("valid_to")),
            ),
        ]
        indexes = [
            models.Index(fields=["level", "code"], name="place_level_code"),
            models.Index(fields=["parent", "code"], name="place_parent_code"),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceVersion(models.Model):
    """How a place was called and where it hung between two days; `valid_to` is exclusive."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=24, db_collation="C")
    path = models.CharField(max_length=120, db_collation="C")
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True, default="", db_default="")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["place", "valid_from"], name="placeversion_place_from")]

    def __str__(self) -> str:
        return self.name


class PlaceChange(models.Model):
    """A merge, split, renaming or move, decided by a document and in force from a day.

    Groups and buildings are also added and ended so; then old and new are the place itself.
    """

    kind = models.CharField(max_length=12)
    effective_on = models.DateField()
    document = models.CharField(max_length=120)
    reason = models.TextField(blank=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="placechange_kind_known",
                condition=Q(kind__in=["merge", "split", "rename", "move", "add", "end"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"


class PlaceChangePart(models.Model):
    """How much of an old place became part of a new one: share = weight ÷ sum of its weights."""

    change = models.ForeignKey(PlaceChange, models.PROTECT, related_name="parts")
    old = models.ForeignKey(Place, models.PROTECT, related_name="+")
    new = models.ForeignKey(Place, models.PROTECT, related_name="+")
    weight = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class PlaceDecision(models.Model):
    """What a community counts as (settlement) or belongs to (category) between two days."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=12)
    value = models.CharField(max_length=24)
    decided_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    document = models.CharField(max_length=120)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="placedecision_value_known",
                condition=Q(topic="settlement", value__in=[v.value for v in Settlement])
                | Q(topic="category", value__in=[v.value for v in Category]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.value}"


class OutlineLoad(models.Model):
    """Outlines that a city loaded at once, and whether it took them back."""

    source = models.CharField(max_length=200)
    valid_from = models.DateField()
    count = models.PositiveIntegerField()
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=120, blank=True, default="")
    why = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.source} {self.valid_from}"


class Outline(models.Model):
    """The ground of a place as a GeoJSON polygon in WGS-84; schematic until a city loads its own."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    geometry = models.JSONField()
    is_schematic = models.BooleanField(default=True)
    source = models.CharField(max_length=200)
    load = models.ForeignKey(OutlineLoad, models.PROTECT, null=True, related_name="outlines")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(valid_to__isnull=True), name="outline_one_open"
            )
        ]

    def __str__(self) -> str:
        return str(self.place)


class Layer(models.Model):
    """A set of cells that covers ground in one way, such as one department's grid."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    must_cover = models.BooleanField(default=True)  # gaps are faults
    may_overlap = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    def __str__(self) -> str:
        return self.name


class Cell(models.Model):
    """One cell of a layer, inside one village."""

    layer = models.ForeignKey(Layer, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=24, db_collation="C")
    name = models.CharField(max_length=60)
    geometry = models.JSONField()
    households = models.PositiveIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    # why it took the place of one that began on the same day
    why = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["layer", "code"], condition=Q(valid_to__isnull=True), name="cell_code_once"
            )
        ]
        indexes = [models.Index(fields=["place", "layer"], name="cell_place_layer")]

    def __str__(self) -> str:
        return self.name
