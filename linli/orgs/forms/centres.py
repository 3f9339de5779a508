"""Forms on centres and pairings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.orgs.forms.posts import Option
from linli.orgs.forms.register import EditionForm, StaffForm
from linli.ui.forms import DateText


class CentreForm(EditionForm):
    """When a centre opened and closed, and where its door is."""

    demands = ("orgs.centres", "orgs.centre_door")

    opened_on = DateText(
        label=_("Open since"), help_text=_("Leave it empty for a planned centre."), required=False
    )
    closed_on = DateText(label=_("Closed since"), required=False)
    lon = forms.FloatField(
        label=_("Longitude of the door"), min_value=-180, max_value=180, required=False
    )
    lat = forms.FloatField(
        label=_("Latitude of the door"), min_value=-90, max_value=90, required=False
    )
    note = forms.CharField(label=_("Remarks"), max_length=500, required=False)


class AreaForm(EditionForm):
    """Which villages a centre serves."""

    demands = ("orgs.centres",)

    since = DateText(label=_("From which day on?"))
    places = forms.MultipleChoiceField(
        label=_("Which villages and communities does it serve?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, places: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["places"].choices = places  # type: ignore[attr-defined]


class PairForm(StaffForm):
    """Two communities that help each other."""

    finds = ("other",)

    other = forms.CharField(
        label=_("With which village or community?"),
        help_text=_("Its code of 12 digits, as in the address of its page."),
        max_length=24,
    )
    since = DateText(label=_("Since which day?"))
    content = forms.CharField(
        label=_("What do they do for each other?"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    document = forms.CharField(label=_("Document"), max_length=200, required=False)


class DayForm(StaffForm):
    """The day on which something ends."""

    on = DateText(label=_("From which day on?"))
