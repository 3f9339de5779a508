"""What the office types about the hours of venues: every week, and on days that differ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.activities.rules import venues as rules
from linli.activities.types.venues import DaysFacts
from linli.kernel import dates
from linli.ui.forms import DateText, Form

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
HELP_SPANS = _("For example 8:00-12:00, 14:00-21:30. Empty if it is closed.")


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
