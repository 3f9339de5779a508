"""Items of service, what they say from which day on, and the words by which they are found.

An item is offered at its place and everywhere below. What it says stands in versions; an application
stays on the version under which it came in.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.kernel.shapes import one_of
from linli.offerings.states import ItemState, VersionState
from linli.offerings.types.items import Decider, ItemKind, Subject


class Item(models.Model):
    """A matter that people come with. `review_on`: until when its owner looks at it again."""

    key = models.CharField(max_length=60, unique=True, db_collation="C")
    path = models.CharField(max_length=120, db_collation="C")
    state = models.CharField(max_length=12, default=ItemState.PLANNED.value)
    owner = models.ForeignKey("orgs.Organisation", models.PROTECT, null=True, related_name="+")
    review_on = models.DateField(null=True)
    # why it is suspended or ended, for everybody to read
    why = models.CharField(max_length=200, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [one_of("offerings_item_state_known", "state", ItemState)]
        indexes = [
            models.Index(fields=["path", "key"], name="offerings_item_path"),
            models.Index(fields=["review_on", "path"], name="offerings_item_review"),
        ]

    def __str__(self) -> str:
        return self.key


class ItemVersion(models.Model):
    """What an item says from `since` until the day before `until`; `content` is all of it.

    The columns beside repeat what lists and the search read. A draft has no days yet.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=VersionState.DRAFT.value)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    kind = models.CharField(max_length=16)
    subject = models.CharField(max_length=16)
    level = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=240, blank=True)
    says = models.CharField(max_length=400)
    says_en = models.CharField(max_length=1200, blank=True)
    office = models.CharField(max_length=80, blank=True)
    office_en = models.CharField(max_length=240, blank=True)
    code = models.CharField(max_length=33, blank=True)
    events = models.JSONField(default=list)
    # the name and what else people call it, one a line, as the search compares them
    phrases = models.TextField(blank=True)
    content = models.JSONField()
    # what the last reviewer asked to be changed
    note = models.CharField(max_length=400, blank=True)
    account_id = models.BigIntegerField(null=True)
    # the accounts that wrote any of it or handed it to a second person: none of them is the second
    hands = models.JSONField(default=list)
    written_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("offerings_version_state_known", "state", VersionState),
            one_of("offerings_version_kind_known", "kind", ItemKind),
            one_of("offerings_version_subject_known", "subject", Subject),
            one_of("offerings_version_level_known", "level", Decider),
            models.UniqueConstraint(fields=["item", "number"], name="offerings_version_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=["draft", "review"]), name="offerings_one_draft"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="published", until__isnull=True),
                name="offerings_one_open_version",
            ),
            models.CheckConstraint(
                name="offerings_version_dated",
                condition=~Q(state="published") | Q(since__isnull=False),
            ),
            # a version that was followed on its first day never held
            models.CheckConstraint(
                name="offerings_version_in_order",
                condition=Q(until__isnull=True) | Q(since__lte=F("until")),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["item", "since"], name="offerings_version_since")]

    def hands_with(self, account_id: int | None) -> list[int]:
        """Return who had a hand in it, one more among them."""
        return sorted({*self.hands, *([account_id] if account_id is not None else [])})

    def is_of(self, account_id: int | None) -> bool:
        """Say whether somebody wrote any of it or handed it over: she does not publish it."""
        return account_id == self.account_id or account_id in self.hands

    def __str__(self) -> str:
        return f"{self.item_id}/{self.number}"


class ItemTerm(models.Model):
    """A piece of a word by which an item is found; the rarer it is, the more it weighs."""

    term = models.CharField(max_length=24, db_collation="C")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "item"], include=["weight"], name="offerings_term_once"
            )
        ]

    def __str__(self) -> str:
        return self.term
