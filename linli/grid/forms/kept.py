"""What somebody says who decides about an entry of a phone."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.forms import Form


class DropForm(Form):
    """Why it is not done; only for leaving it undone."""

    for_staff = True
    demands = ("grid.kept",)

    why = forms.CharField(
        label=_("Why is it not done?"),
        help_text=_("Only needed for leaving it undone."),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
