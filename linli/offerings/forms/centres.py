"""What an office says of a centre: platforms, equipment, costs, and what a check of the six norms found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.offerings.types.centres import (
    BY_TITLES,
    COST_TITLES,
    MET_TITLES,
    SOURCE_TITLES,
    CheckBy,
    CostFacts,
    DeviceFacts,
    Met,
    Point,
    Said,
)
from linli.ui.forms import DateText, Form, MoneyText
from linli.ui.jinja import named
from linli.ui.uploads import Uploads

PAPERS = "image/jpeg,image/png,application/pdf,.docx,.xlsx"


class PlatformForm(Form):
    """Since when a platform is merged."""

    for_staff = True
    demands = ("offerings.centre_kept",)

    merged_on = DateText(label=_("Since which day is it merged?"), lean=Lean.PAST)
    document = forms.CharField(
        label=_("Which document says so?"), max_length=200, required=False,
        help_text=_("Title or number, if there is one."),
    )  # fmt: skip


class DeviceForm(Form):
    """A piece of equipment."""

    for_staff = True
    demands = ("offerings.centre_kept",)
    not_counted = {"pieces": "how many there are of one thing", "broken": "how many do not work"}

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("What is it?"), max_length=60, help_text=_("For example: 叫号机")
    )
    pieces = forms.IntegerField(label=_("How many are there?"), min_value=1, initial=1)
    broken = forms.IntegerField(label=_("How many of them do not work?"), min_value=0, initial=0)
    note = forms.CharField(
        label=_("What is wrong, and what is done about it?"), max_length=200, required=False
    )

    @property
    def facts(self) -> DeviceFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return DeviceFacts(said["title"], said["pieces"], said["broken"], said["note"])


class CostForm(Form):
    """Money that the centre cost in a year."""

    for_staff = True
    demands = ("offerings.centre_costs",)
    not_counted = {"year": "which year"}

    year = forms.IntegerField(label=_("In which year?"), min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label=_("For what?"), choices=list(COST_TITLES.items()))
    amount = MoneyText(label=_("How much, in yuan?"))
    source = forms.ChoiceField(label=_("Whose money was it?"), choices=list(SOURCE_TITLES.items()))
    document = forms.CharField(
        label=_("Which document shows it?"), max_length=200,
        help_text=_("Number of the voucher, the contract or the decision."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    @property
    def facts(self) -> CostFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return CostFacts(
            said["year"], said["kind"], said["amount"].fen, said["source"], said["document"],
            said["note"],
        )  # fmt: skip


class CostBackForm(Form):
    """Why a cost is taken back."""

    for_staff = True
    demands = ("offerings.centre_costs",)

    why = forms.CharField(label=_("What was wrong?"), max_length=200)


class CheckForm(Form):
    """A check of the six norms that begins."""

    for_staff = True
    demands = ("offerings.centre_check",)

    by = forms.ChoiceField(label=_("Who checks?"), widget=forms.RadioSelect)
    on = DateText(label=_("On which day?"), lean=Lean.PAST)
    body = forms.CharField(
        label=_("Which organisation visits?"), max_length=80, required=False,
        help_text=_("Only for a visit by a third party."),
    )  # fmt: skip

    def __init__(self, *args: Any, ways: Sequence[CheckBy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["by"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one), BY_TITLES[one]) for one in ways]
        field.initial = str(ways[0])
        if CheckBy.THIRD not in ways:
            del self.fields["body"]


class NormForm(Form):
    """What was found of the points of one norm; a point that is left open is answered later."""

    for_staff = True
    demands = ("offerings.centre_check", "offerings.centre_evidence")

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, points: Sequence[Point], said: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        for point in points:
            held = said.get(point.key)
            self.fields[f"met-{point.key}"] = forms.ChoiceField(
                label=named(point), widget=forms.RadioSelect, choices=list(MET_TITLES.items()),
                required=False, initial=held.met if held else "",
                help_text=_("Source: %(source)s") % {"source": point.source},
            )  # fmt: skip
            self.fields[f"words-{point.key}"] = forms.CharField(
                label=_("What was found?"), max_length=500, required=False,
                initial=held.words if held else "",
                help_text=_("Needed unless it is met."),
            )  # fmt: skip
            self.fields[f"due-{point.key}"] = DateText(
                label=_("If it is not met: by when is it mended?"), required=False,
                lean=Lean.FUTURE, initial=held.due_on if held else None,
            )  # fmt: skip
            self.fields[f"files-{point.key}"] = Uploads(label=_("Evidence"), accept=PAPERS)

    @property
    def said(self) -> dict[str, Said]:
        """What was typed of each point that was answered."""
        told = {}
        for point in self.points:
            met = self.cleaned_data[f"met-{point.key}"]
            if met:
                told[point.key] = Said(
                    Met(met), self.cleaned_data[f"words-{point.key}"],
                    self.cleaned_data[f"due-{point.key}"],
                    tuple(self.cleaned_data[f"files-{point.key}"]),
                )  # fmt: skip
        return told

    def clean(self) -> dict[str, Any]:
        """Refuse words, a day or evidence of a point that is neither met nor not met."""
        said = super().clean() or {}
        for point in self.points:
            rest = (said.get(f"{name}-{point.key}") for name in ("words", "due", "files"))
            if not said.get(f"met-{point.key}") and any(rest):
                self.add_error(f"met-{point.key}", ValidationError(_("Say whether it is met.")))
        return said


class FileCheckForm(Form):
    """The end of a check."""

    for_staff = True
    demands = ("offerings.centre_check",)

    edition = forms.IntegerField(widget=forms.HiddenInput)
    summary = forms.CharField(
        label=_("Report in a few sentences"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("About the centre, never about a person."),
    )  # fmt: skip
