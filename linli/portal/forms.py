"""What people type on the portal's own pages."""

from __future__ import annotations

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.forms import Form


class FeedbackForm(Form):
    """A complaint or suggestion about the page somebody came from."""

    for_staff = True
    for_residents = True
    demands = ("portal.feedback",)
    resident_demands = ("portal.feedback",)

    text = forms.CharField(
        label=_("What is wrong, missing or good?"),
        help_text=_("Do not write names, phone or identity numbers here."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2000,
    )
    tell_me = forms.BooleanField(label=_("Tell me in my inbox when it is answered"), required=False)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)


class CodeForm(Form):
    """The code that somebody was given with feedback before it had a number."""

    keeps_nothing = True

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Ten letters and digits, as shown after sending. Spaces do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """Take the code as people type it: in small letters, in groups, full width."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"]).upper()
        return "".join(sign for sign in typed if sign.isalnum())
