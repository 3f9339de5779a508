"""The form that takes a list, and what can be wrong with its rows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.orgs.forms.register import StaffForm

FAULTS = {
    "missing": _("nothing stands here"),
    "unknown": _("not in the register"),
    "elsewhere": _("outside the place of this list"),
    "ambiguous": _("several organisations are called so: give the code"),
    "no_date": _("not a date"),
    "before_since": _("the term ends before it begins"),
    "too_long": _("too long"),
    "not_yes_or_no": _("neither yes nor no"),
    "rights": _("posts of this kind are made by who gives rights"),
    "taken": _("the post is held by somebody else"),
}


class StaffListForm(StaffForm):
    """A list of posts and staff."""

    demands = ("orgs.staff_list",)

    file = forms.FileField(
        label=_("Which file?"),
        help_text=_("xlsx or csv, up to 10,000 rows; the first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
