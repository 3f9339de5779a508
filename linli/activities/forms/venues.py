"""What people type about venues, their hours, and bookings."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.activities.rules import venues as rules
from linli.activities.types.venues import (
    AUDIENCE_TITLES,
    KIND_TITLES,
    OWNER_TITLES,
    DaysFacts,
    VenueFacts,
)
from linli.kernel import dates
from linli.kernel.money import Money
from linli.ui.forms import DateText, Form, MoneyText

FACTS = tuple(one.name for one in fields(VenueFacts))
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
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
HELP_SPANS = _("For example 8:00-12:00, 14:00-21:30. Empty if it is closed.")


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


class WeekForm(Form):
    """The weekly opening: a line for each day."""

    for_staff = True
    demands = ("activities.hours",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, title in enumerate(WEEKDAYS):
            self.fields[f"day_{number}"] = forms.CharField(
                label=title,
                help_text=HELP_SPANS if number == 0 else "",
                max_length=80,
                required=False,
            )
        self.fields["drops"] = forms.BooleanField(
            label=_("Cancel bookings that fall outside, and tell everybody"), required=False
        )
        self.fields["reason"] = forms.CharField(
            label=_("Why? Bookers read it"), max_length=200, required=False
        )

    def clean(self) -> dict[str, Any]:
        """Refuse hours that cannot be read."""
        said = super().clean() or self.cleaned_data
        for number in range(7):
            if rules.read_spans(said.get(f"day_{number}", "")) is None:
                self.add_error(f"day_{number}", _("Write hours like 8:00-12:00, 14:00-21:30."))
        return said

    @property
    def week(self) -> dict[int, list[rules.Span]]:
        """The typed hours by weekday."""
        return {n: rules.read_spans(self.cleaned_data[f"day_{n}"]) or [] for n in range(7)}


class DaysForm(Form):
    """Days that differ: closed, or with other hours."""

    for_staff = True
    demands = ("activities.days",)

    first_on = DateText(label=_("From which day?"), lean=dates.Lean.FUTURE)
    last_on = DateText(
        label=_("To which day?"), lean=dates.Lean.FUTURE, required=False,
        help_text=_("Empty for one day."),
    )  # fmt: skip
    hours = forms.CharField(
        label=_("Which hours hold then?"), help_text=_("Empty if it is closed; otherwise like 9:00-12:00."),
        max_length=40, required=False,
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why? Bookers read it"), help_text=_("For example: repair of the roof, typhoon, exam days."),
        max_length=200,
    )  # fmt: skip
    drops = forms.BooleanField(
        label=_("Cancel the bookings on these days, and tell everybody"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse hours that cannot be read."""
        said = super().clean() or self.cleaned_data
        spans = rules.read_spans(said.get("hours", ""))
        if spans is None or len(spans) > 1:
            self.add_error("hours", _("Write one opening like 9:00-12:00."))
        return said

    @property
    def facts(self) -> DaysFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        spans, first = rules.read_spans(said["hours"]), said["first_on"]
        opens, closes = spans[0] if spans else (None, None)
        return DaysFacts(first, said["last_on"] or first, said["reason"], opens, closes)


class DecideForm(Form):
    """The office says no, or cancels: with the reason."""

    for_staff = True
    demands = ("activities.decide",)

    reason = forms.CharField(label=_("Why? Bookers read it"), max_length=200)
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BackForm(Form):
    """It is taken back by the check list."""

    for_staff = True
    demands = ("activities.hand_over",)

    bad = forms.MultipleChoiceField(
        label=_("What is not in order?"),
        help_text=_("Tick nothing if all is as it should be."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    damage = forms.CharField(
        label=_("Is something broken or missing?"),
        help_text=_("What you write here becomes a report that is worked on."),
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    deposit = MoneyText(label=_("How much of the deposit goes back?"), required=False)
    note = forms.CharField(label=_("Anything to remember?"), max_length=500, required=False)

    def __init__(self, *args: Any, lines: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bad = self.fields["bad"]
        assert isinstance(bad, forms.MultipleChoiceField)
        bad.choices = [
            (str(n), _("not done: %(line)s") % {"line": line}) for n, line in enumerate(lines)
        ]
        if not lines:
            del self.fields["bad"]


class WhyForm(Form):
    """Why the name and telephone of a booker are looked at."""

    for_staff = True
    demands = ("activities.decide",)

    why = forms.ChoiceField(
        label=_("Why do you need it?"),
        choices=[
            ("call", _("To call about this booking")), ("hand", _("To hand the venue over")),
            ("damage", _("Because of damage")),
        ],
    )  # fmt: skip
