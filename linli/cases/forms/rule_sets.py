"""What officials type about sets of rules as a whole: their name, the day on which they begin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.routing import EditionForm, KeepingForm
from linli.cases.models import RuleSet
from linli.ui.forms import DateText


class SetForm(KeepingForm):
    """A new set of rules."""

    title = forms.CharField(
        label=_("What are these rules called?"),
        help_text=_("Such as “Rules from January 2027”."),
        max_length=80,
    )
    copy_of = forms.ChoiceField(label=_("Begin from which rules?"), required=False)

    def __init__(self, *args: Any, sets: list[RuleSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(one.pk), one.title) for one in sets]
        self.fields["copy_of"].choices = [("", _("None: begin empty")), *known]  # type: ignore[attr-defined]


class InForceForm(EditionForm):
    """From which day on rules hold."""

    since = DateText(label=_("From which day on are the rules in force?"))
    note = forms.CharField(
        label=_("Why are they changed?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
