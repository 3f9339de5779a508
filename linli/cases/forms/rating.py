"""What reporters say of a case, and what is written down of a call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.frame import area, line
from linli.cases.queries.rates import counted_kinds
from linli.cases.types.rates import KIND
from linli.cases.types.rating import GRADE_WORDS, REACHED_WORDS, WHY_WORDS
from linli.kernel import dates
from linli.ui.forms import DateText, Form

GRADES = list(GRADE_WORDS.items())


class RatingForm(Form):
    """One of five grades, and what was bad."""

    for_residents = True
    resident_demands = ("cases.rating",)

    # whoever is signed in as the reporter follows without a code
    code = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    grade = forms.TypedChoiceField(
        label=_("How satisfied are you?"), choices=GRADES, coerce=int, widget=forms.RadioSelect
    )
    why = forms.MultipleChoiceField(
        label=_("What was not good?"),
        help_text=_("Those who handled it do not see who said this."),
        choices=list(WHY_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class CallForm(Form):
    """What came of a call."""

    for_staff = True
    demands = ("cases.call_back",)

    reached = forms.ChoiceField(
        label=_("Did you reach the reporter?"),
        choices=list(REACHED_WORDS.items()),
        widget=forms.RadioSelect,
    )
    is_solved = forms.ChoiceField(
        label=_("Is it solved, in the reporter's words?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        required=False,
    )
    grade = forms.TypedChoiceField(
        label=_("How satisfied is the reporter?"), choices=GRADES, coerce=int,
        empty_value=None, widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    note = area(
        _("What the reporter said"), rows=3, required=False, most=500,
        help_text=_("Only what is needed to put it right; no health, no family."),
    )  # fmt: skip
    wants_reopening = forms.BooleanField(
        label=_("The reporter asks to take it up again"), required=False
    )

    def clean_is_solved(self) -> bool | None:
        """Return yes, no, or nothing where nobody was reached."""
        return {"yes": True, "no": False}.get(self.cleaned_data["is_solved"])

    def clean(self) -> dict[str, Any]:
        """Say beside the field what the service would refuse."""
        given = super().clean() or {}
        if given.get("reached") == "yes":
            for name in ("is_solved", "grade"):
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Ask this too, or say that you did not reach them."))
        return given


class ReviewForm(Form):
    """Why a rating is left out of figures, or counts again."""

    for_staff = True
    demands = ("cases.review_rating",)

    reason = area(
        _("Why?"), rows=3, most=300,
        help_text=_("What shows that it is mistaken or malicious, or that it was not."),
    )  # fmt: skip


class ReopeningForm(Form):
    """Take a case up again, or leave it closed with the rule."""

    for_staff = True
    demands = ("cases.reopening",)
    not_counted = {"seq": "the step up to which the case was read"}

    seq = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = area(_("What the reporter reads"), rows=3, required=False, most=1000)
    basis_key = forms.ChoiceField(
        label=_("By which rule it stays closed"), required=False,
        help_text=_("Only if it stays closed; the reporter reads it."),
    )  # fmt: skip
    basis = line(_("Another rule: document and article"), 300, required=False)

    def offer(self, bases: Sequence[tuple[str, str]]) -> None:
        """Put what a case may stay closed by into the choice."""
        self.fields["basis_key"].choices = [("", "—"), *bases]  # type: ignore[attr-defined]


class FiguresForm(Form):
    """Of which kind of case, from when to when figures are counted."""

    keeps_nothing = True

    kind = forms.ChoiceField(label=_("Kind of case"), required=False, choices=counted_kinds)

    first = DateText(label=_("First day counted"), required=False, lean=dates.Lean.PAST)
    last = DateText(label=_("Last day counted"), required=False, lean=dates.Lean.PAST)

    def told(self, first: date, last: date) -> FiguresForm:
        """Return the form as the page shows it: the days that are counted, and what could not be read."""
        kind = self.cleaned_data.get("kind") or KIND
        counted = {"kind": kind, "first": first.isoformat(), "last": last.isoformat()}
        return FiguresForm({**counted, **{name: self.data[name] for name in self.errors}})
