"""What cities ask, and what towns file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.plan.forms.areas import area
from linli.plan.types import (
    CONTENTS,
    CallKind,
)
from linli.ui.forms import DateText, Form


class PlaceForm(Form):
    """A form about one place where the writer may do something."""

    is_base = True
    for_staff = True
    place = forms.ChoiceField(label=_("Place"))

    def __init__(self, places: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(place.code, place.name) for place in places]
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class TasksForm(PlaceForm):
    """A form about a place and some of the plan's tasks."""

    is_base = True
    tasks = forms.MultipleChoiceField(
        label=_("Tasks"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, places: Iterable[Any], tasks: Iterable[Any], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(places, *args, **kwargs)
        field = self.fields["tasks"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(t.number), f"{t.number} {t.name}") for t in tasks]


class CallForm(PlaceForm):
    """What the city asks of the towns."""

    demands = ("plan.call",)
    kind = forms.ChoiceField(
        label=_("What is asked for"),
        choices=[
            (CallKind.TOWN_PLAN, _("The town's own plan")),
            (CallKind.REPORT, _("Reports on tasks without a number")),
        ],
        widget=forms.RadioSelect,
    )
    due_on = DateText(label=_("Deadline"), required=False)
    basis = forms.CharField(label=_("By which document"), max_length=200)
    field_order = ("kind", "place", "due_on", "basis")


def contents_fields() -> dict[str, forms.Field]:
    """The six contents of a town's plan as questions."""
    return {
        key: area(
            3, label=title, required=False, hint=_("As in the plan, or where it stands there.")
        )
        for key, title in CONTENTS.items()
    }


class TownPlanForm(Form):
    """A town's plan with its six contents."""

    for_staff = True
    demands: tuple[str, ...] = ("plan.town_plan",)
    enters = {"document_number": "plan.town_plan.document_number"}
    title = forms.CharField(label=_("Title of the plan"), max_length=200)
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(contents_fields())


class RefileForm(TownPlanForm):
    """A returned plan, filed again."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in CONTENTS:
            self.fields[key].required = True


class NewTownPlanForm(TownPlanForm, PlaceForm):
    """The first filing, which says for which town; the plan's own text may fill it."""

    demands = ("plan.town_plan", "plan.town_plan_text")
    file = forms.FileField(
        label=_("The town's plan as a text file"),
        help_text=_("Choose it and press “Read the text”: what it says fills the fields below."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
    field_order = ("place", "file", "title", "document_number", *CONTENTS)


class DecisionForm(Form):
    """Accept or return, said by the button that was pressed and never by what was left empty."""

    for_staff = True
    demands = ("plan.check",)
    decision = forms.ChoiceField(
        choices=[("accept", _("Accept")), ("return", _("Return"))],
        widget=forms.HiddenInput,
        error_messages={"required": _("Press “Accept” or “Return”.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def reasons(self) -> dict[str, str]:
        """What was written beside each field that asks for what is missing."""
        typed = {key: str(value).strip() for key, value in self.cleaned_data.items()}
        return {key: typed[key] for key in typed.keys() - {"decision", "version"} if typed[key]}

    def clean(self) -> dict[str, Any]:
        """Return needs a reason, and what is accepted lacks nothing."""
        decision, reasons = self.cleaned_data.get("decision"), self.reasons()
        if decision == "return" and not reasons:
            self.add_error(None, _("Write what is missing, then return it."))
        if decision == "accept" and reasons:
            self.add_error(None, _("You wrote what is missing: return it, or empty the boxes."))
        return self.cleaned_data


class CheckForm(DecisionForm):
    """For each of the six contents what it lacks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(
            {
                key: forms.CharField(label=title, max_length=200, required=False)
                for key, title in CONTENTS.items()
            }
        )


class ReportForm(Form):
    """What was done on a task, and where it can be seen."""

    for_staff = True
    demands = ("plan.report", "plan.report_papers")
    text = area(
        6,
        label=_("What was done, and where it can be seen"),
        hint=_("Point to what exists already: minutes, notices, registers. Make nothing for this."),
    )
    evidence_count = forms.IntegerField(
        label=_("How many papers show it"), min_value=0, max_value=9999, initial=0
    )


class RefileReportForm(ReportForm):
    """A returned report, written again."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CheckReportForm(DecisionForm):
    """Accept a report, or say what it lacks."""

    reason = forms.CharField(
        label=_("What is missing"),
        help_text=_("Only to return the report."),
        max_length=300,
        required=False,
    )
