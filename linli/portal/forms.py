"""What people type on the portal's own pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.forms import Form


class FeedbackForm(Form):
    """A complaint or suggestion about the page somebody came from."""

    text = forms.CharField(
        label=_("What is wrong, missing or good?"),
        help_text=_("Do not write names, phone or identity numbers here."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2000,
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)


class AnswerForm(Form):
    """The answer to a piece of feedback."""

    text = forms.CharField(
        label=_("Answer"),
        help_text=_("The writer reads it under the code; say what was done or why not."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
