"""What staff type for steps that need more than words: whom a case goes to, a review, another day."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.frame import OpeningForm, Papers, area, company_fields, line
from linli.cases.forms.openings import PROPERTY_MATTERS
from linli.kernel import dates
from linli.ui.forms import DateText


class StepForm(OpeningForm):
    """A step of a case; it says which state of the case the person looked at."""

    is_base = True
    demands: tuple[str, ...] = ("cases.step",)

    expected_seq = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class CompanyForm(StepForm):
    """Pass a report on to a property company."""

    company_post, company = company_fields()
    matter = forms.ChoiceField(label=_("What is it about?"), choices=PROPERTY_MATTERS)
    text = area(
        _("What the company reads"), rows=6,
        help_text=_("The words of the report; take out what tells who reported."),
    )  # fmt: skip


class TransferForm(StepForm):
    """Pass a petition on to the competent post."""

    post = forms.ChoiceField(label=_("Which post is competent?"))
    text = area(
        _("What do you tell the petitioner?"), rows=3,
        help_text=_("Which office has it now, and how it goes on."),
    )  # fmt: skip
    note = area(_("Note for the post"), rows=2, required=False)


class ReviewForm(StepForm):
    """A petitioner asks for a review, or for a re-examination."""

    demands = ("cases.step", "cases.paper")

    at = forms.ChoiceField(label=_("Which office reviews it?"))
    text = area(_("What does the petitioner object to, and why?"), rows=5)
    papers = Papers()


class ForwardForm(StepForm):
    """Pass a visit on to the town."""

    note = area(
        _("Note for the town"), rows=3, required=False,
        help_text=_("What you know of the matter and have tried already."),
    )  # fmt: skip


class CirculateForm(StepForm):
    """Show a paper to posts."""

    posts = forms.MultipleChoiceField(
        label=_("Who is to see it?"), widget=forms.CheckboxSelectMultiple
    )
    note = area(_("Note for those who see it"), rows=2, required=False)
    basis = line(
        _("Which rule asks that readers sign?"), 200, required=False,
        help_text=_("Only then does each reader mark that they have read it. Leave it empty otherwise."),
    )  # fmt: skip


class HandOutForm(StepForm):
    """Give a paper to a post to handle."""

    post = forms.ChoiceField(label=_("Which post handles it?"))
    note = area(_("What is to be done?"), rows=3, required=False)


class SetDayForm(StepForm):
    """Another last day for a task."""

    due_on = DateText(label=_("By which day now?"), lean=dates.Lean.FUTURE)
    reason = area(_("Why? The post reads this"), rows=3)
