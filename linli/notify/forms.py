"""What people type about how messages reach them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.forms import Form


class EmailForm(Form):
    """One's own e-mail address."""

    for_staff = for_residents = True
    demands = ("notify.email",)
    resident_demands = ("notify.email",)

    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("A code goes there first. The address is kept sealed and shown to nobody."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(Form):
    """The six digits that came by e-mail."""

    for_staff = for_residents = True
    demands = ("notify.email",)
    resident_demands = ("notify.email",)

    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
