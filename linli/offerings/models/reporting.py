"""Reports that an office asks by spreadsheet: the sheet, its columns, one copy for each village."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.kernel.shapes import one_of
from linli.offerings.rules.reporting_binding import Fills
from linli.offerings.states import ReportState, SheetState
from linli.offerings.types.reporting import MOST_REASON, MOST_SIGNS, RowAct, Shape


class ReportingTask(models.Model):
    """One report: what is asked, who approved it, on which basis, until when.

    `content` is the file as it was sent, until the report goes out; `layout` is all of it that stays.
    """

    code = models.CharField(max_length=12, unique=True)
    path = models.CharField(max_length=120, db_collation="C")
    title = models.CharField(max_length=120)
    post = models.ForeignKey("orgs.Post", models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200)
    due_on = models.DateField()
    shape = models.CharField(max_length=8, default=Shape.SUMMARY.value)
    list_key = models.CharField(max_length=40, blank=True)
    file_name = models.CharField(max_length=120)
    sheet_name = models.CharField(max_length=60)
    content = models.BinaryField(null=True)
    layout = models.JSONField()
    state = models.CharField(max_length=10, default=ReportState.DRAFT.value)
    account_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=MOST_REASON, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("offerings_report_state_known", "state", ReportState),
            one_of("offerings_report_shape_known", "shape", Shape),
            models.CheckConstraint(
                name="offerings_report_sent_on_a_basis",
                condition=Q(state=ReportState.DRAFT.value)
                | Q(state=ReportState.ASKED.value)
                | Q(state=ReportState.WITHDRAWN.value)
                | (~Q(basis="") & Q(opened_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "-id"], name="offerings_report_path"),
            models.Index(fields=["state", "due_on"], name="offerings_report_due"),
        ]

    def __str__(self) -> str:
        return self.title


class ReportingColumn(models.Model):
    """A column of a report and who fills it; `stem` is what its heading means."""

    task = models.ForeignKey(ReportingTask, models.PROTECT, related_name="columns", db_index=False)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    stem = models.CharField(max_length=200)
    fills = models.CharField(max_length=10)
    key = models.CharField(max_length=60, blank=True)
    formula = models.CharField(max_length=320, blank=True)
    is_hidden = models.BooleanField(default=False)
    # why villages are asked although a register has something like it; they read it
    why = models.CharField(max_length=MOST_REASON, blank=True)

    class Meta:
        constraints = [
            one_of("offerings_report_fills_known", "fills", Fills),
            models.UniqueConstraint(fields=["task", "number"], name="offerings_report_column_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ReportingSheet(models.Model):
    """The copy of a village. `filled` is what the registers said, by column number; a list keeps none."""

    task = models.ForeignKey(ReportingTask, models.PROTECT, related_name="sheets", db_index=False)
    code = models.CharField(max_length=12, unique=True)
    path = models.CharField(max_length=120, db_collation="C")
    state = models.CharField(max_length=10, default=SheetState.WAITING.value)
    filled = models.JSONField(default=dict)
    filled_on = models.DateField()
    rows = models.PositiveIntegerField(default=1)
    cells_asked = models.PositiveIntegerField(default=0)
    cells_open = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    # why the office gave it back; gone once it is signed anew
    why_back = models.CharField(max_length=MOST_REASON, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("offerings_sheet_state_known", "state", SheetState),
            models.UniqueConstraint(fields=["task", "path"], name="offerings_sheet_once"),
            models.CheckConstraint(
                name="offerings_sheet_signed",
                condition=Q(signed_at__isnull=False) | ~Q(state=SheetState.SIGNED.value),
            ),
        ]
        indexes = [models.Index(fields=["path", "-id"], name="offerings_sheet_path")]

    @property
    def code_and_edition(self) -> str:
        """The sheet as it was seen: another edition is another sheet."""
        return f"{self.code}.{self.edition}"

    @property
    def keeps_rows(self) -> bool:
        """Say whether the rows of a list can be shown: as they are signed, or as the register has them."""
        return self.sealed is not None or self.state == SheetState.WAITING

    def __str__(self) -> str:
        return self.code


class ReportingCell(models.Model):
    """What a village said besides or instead of a register; what the register had stays beside it."""

    sheet = models.ForeignKey(ReportingSheet, models.PROTECT, related_name="cells", db_index=False)
    column = models.ForeignKey(ReportingColumn, models.PROTECT, related_name="+")
    was = models.CharField(max_length=MOST_SIGNS, blank=True)
    said = models.CharField(max_length=MOST_SIGNS)
    reason = models.CharField(max_length=MOST_REASON, blank=True)
    # the earlier report whose answer this is
    from_task = models.CharField(max_length=12, blank=True)
    said_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "column"], name="offerings_cell_once"),
        ]

    def __str__(self) -> str:
        return self.said


class ReportingRow(models.Model):
    """What a village said of a row of a list. `sealed` holds cells, the register's, and why: it names people.

    `ref` is the row of the register; a row that was added has none.
    """

    sheet = models.ForeignKey(ReportingSheet, models.PROTECT, related_name="row_words")
    code = models.CharField(max_length=12, unique=True)
    ref = models.CharField(max_length=24, blank=True)
    act = models.CharField(max_length=8)
    sealed = models.BinaryField()
    said_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            one_of("offerings_row_act_known", "act", RowAct),
            models.UniqueConstraint(
                fields=["sheet", "ref"], condition=~Q(ref=""), name="offerings_row_once"
            ),
            models.CheckConstraint(
                name="offerings_row_added_has_no_ref",
                condition=Q(ref="", act=RowAct.ADDED.value)
                | (~Q(ref="") & ~Q(act=RowAct.ADDED.value)),
            ),
        ]

    def __str__(self) -> str:
        return self.code
