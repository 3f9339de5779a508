"""What the office types about venues and their rules."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.activities.types.venues import (
    AUDIENCE_TITLES,
    KIND_TITLES,
    OWNER_TITLES,
    VenueFacts,
)
from linli.kernel.money import Money
from linli.ui.forms import Form, MoneyText

FACTS = tuple(one.name for one in fields(VenueFacts))
STEPS = [
    (15, "15"),
    (30, "30"),
    (45, "45"),
    (60, "60"),
    (90, "90"),
    (120, "120"),
    (180, "180"),
    (240, "240"),
]


class VenueForm(Form):
    """A venue and its rules."""

    for_staff = True
    demands = ("activities.venue", "activities.venue_people")
    enters = {
        "name": "activities.venue.name", "name_en": "activities.venue.name_en",
        "address": "activities.venue.address", "phone": "activities.venue.phone",
    }  # fmt: skip
    not_counted = {
        "most_minutes": "a limit of the venue", "ahead_days": "a limit of the venue",
        "notice_minutes": "a limit of the venue", "open_most": "a limit of the venue",
    }  # fmt: skip

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("What is it called?"), max_length=60)
    name_en = forms.CharField(
        label=_("What is it called in English?"), max_length=80, required=False
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=list(KIND_TITLES.items()))
    owner = forms.ChoiceField(label=_("Whose is it?"), choices=list(OWNER_TITLES.items()))
    address = forms.CharField(label=_("Where is it?"), max_length=120)
    about = forms.CharField(
        label=_("What does one find there?"), help_text=_("Size, chairs, sound, steps or a ramp."),
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    people = forms.IntegerField(label=_("For how many people?"), min_value=1, max_value=5000)
    audience = forms.ChoiceField(label=_("Who may book?"), choices=list(AUDIENCE_TITLES.items()))
    needs_approval = forms.BooleanField(
        label=_("The office says yes or no to each booking"), required=False
    )
    step_minutes = forms.TypedChoiceField(
        label=_("In pieces of how many minutes?"), choices=STEPS, coerce=int
    )
    most_minutes = forms.IntegerField(
        label=_("How many minutes at most?"), min_value=15, max_value=1440
    )
    ahead_days = forms.IntegerField(
        label=_("How many days ahead can one book?"), min_value=0, max_value=366
    )
    notice_minutes = forms.IntegerField(
        label=_("Until how many minutes before?"), min_value=0, max_value=43200
    )
    open_most = forms.IntegerField(
        label=_("How many bookings ahead under one telephone?"), min_value=1, max_value=50
    )
    follows_calendar = forms.BooleanField(
        label=_("Public holidays are like Sundays, make-up days like Mondays"), required=False
    )
    hour = MoneyText(label=_("What does an hour cost?"), help_text=_("In yuan; 0 if it is free."))
    deposit = MoneyText(
        label=_("Which deposit is taken?"), help_text=_("In yuan; 0 if there is none.")
    )
    phone = forms.CharField(label=_("Whom does one call about it?"), max_length=40, required=False)
    terms = forms.CharField(
        label=_("Which rules hold there?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    checks = forms.CharField(
        label=_("What is looked at when it is taken back?"), help_text=_("One thing a line."),
        max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    @property
    def facts(self) -> VenueFacts:
        """What was typed, as the service takes it."""
        said = {name: self.cleaned_data.get(name) for name in FACTS}
        said |= {f"{name}_fen": self.cleaned_data[name].fen for name in ("hour", "deposit")}
        return VenueFacts(**said)  # type: ignore[arg-type]


def as_typed(venue: Any) -> dict[str, Any]:
    """Return a venue as its form begins."""
    known = {name: getattr(venue, name) for name in (*FACTS, "edition")}
    return {**known, "hour": Money(venue.hour_fen), "deposit": Money(venue.deposit_fen)}
