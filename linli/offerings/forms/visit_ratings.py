"""What visitors say of a visit, and what is written down of a call."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.types.rating import GRADE_WORDS, WHY_WORDS
from linli.offerings.types.visit_ratings import OUTCOMES
from linli.ui.forms import Form, Phone


class VisitRatingForm(Form):
    """One of five grades, and what was bad."""

    for_residents = True
    resident_demands = ("offerings.rating",)

    grade = forms.TypedChoiceField(
        label=_("How satisfied are you?"), choices=list(GRADE_WORDS.items()), coerce=int,
        widget=forms.RadioSelect,
    )  # fmt: skip
    why = forms.MultipleChoiceField(
        label=_("What was not good?"), required=False, choices=list(WHY_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever served you does not see who said this."),
    )  # fmt: skip

    phone = Phone(
        label=_("May we call you about it?"), required=False,
        help_text=_("Only if it was not good. Used for this one call, then deleted; whoever served does not see it."),
    )  # fmt: skip


class TabletForm(VisitRatingForm):
    """The same on the tablet of a window, of the visit that it shows."""

    ticket = forms.CharField(max_length=20, widget=forms.HiddenInput)


class VisitCallForm(Form):
    """What came of a call after a bad rating."""

    for_staff = True
    demands = ("offerings.call_back",)

    reached = forms.ChoiceField(
        label=_("Did you reach them?"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What they said, and what is done about it"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only what is needed to put it right; no health, no family."),
    )  # fmt: skip


class RatingCaseForm(Form):
    """What the office is to put right after a bad rating, where a call is not enough."""

    for_staff = True
    demands = ("offerings.call_back",)

    text = forms.CharField(
        label=_("What is to be put right?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The thing, not who served. The office gets it as a task with the term of the rulebook."),
    )  # fmt: skip


class ReviewForm(Form):
    """Why a rating looks mistaken or malicious, or why it is left out or counts."""

    for_staff = True
    demands = ("offerings.call_back",)

    reason = forms.CharField(
        label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What speaks for it; nothing about the person."),
    )  # fmt: skip
