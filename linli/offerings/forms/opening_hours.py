"""When windows are open, as offices type it: a week, closings, days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.offerings.rules.opening_times import read_times, write_times
from linli.offerings.types.visits import (
    WHY_WORDS,
    ClosingFacts,
    Span,
    WeekPlan,
)
from linli.ui.choosing import offer
from linli.ui.forms import DateText, Form

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip


MIDNIGHT = 1440


class HoursForm(Form):
    """The week of a window from a day on."""

    for_staff = True
    demands = ("offerings.hours",)
    not_counted = {
        "step": "minutes of a visit", "for_callers": "times kept for callers",
        "for_counter": "times kept for the counter",
    }  # fmt: skip

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    since = DateText(label=_("From which day on?"), lean=Lean.FUTURE)
    step = forms.IntegerField(
        label=_("How many minutes does a visit take?"), min_value=5, max_value=240, initial=20
    )
    for_callers = forms.IntegerField(
        label=_("Times of each opening kept for callers"), min_value=0, max_value=200, initial=0,
        help_text=_("They open to all a day before."),
    )  # fmt: skip
    for_counter = forms.IntegerField(
        label=_("Times of each opening kept for those who come"), min_value=0, max_value=200,
        initial=0,
    )  # fmt: skip
    post = forms.ChoiceField(label=_("Which post serves here?"), required=False)

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "post", [("", _("not set")), *posts])
        for number, words in enumerate(WEEKDAYS):
            self.fields[f"day{number}"] = forms.CharField(
                label=words, required=False, max_length=80,
                help_text=_("For example: 08:30-12:00, 14:00-17:30") if number == 0 else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Read the openings of each day."""
        said = super().clean() or {}
        for number in range(7):
            try:
                said[f"day{number}"] = read_times(said.get(f"day{number}") or "")
            except ValueError as fault:
                message = _("“%(text)s” cannot be read. Write it like 08:30-12:00.")
                self.add_error(f"day{number}", ValidationError(message, params={"text": fault}))
        return said

    @property
    def plan(self) -> WeekPlan:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        post = int(said["post"]) if said["post"] else None
        spans = [
            Span(
                number, opens, closes, said["step"], said["for_callers"], said["for_counter"], post
            )
            for number in range(7)
            for opens, closes in said[f"day{number}"]
        ]
        return WeekPlan(said["since"], spans)


def week_as_typed(spans: Sequence[Span]) -> dict[str, Any]:
    """Return weekly hours as the form shows them."""
    days: dict[str, Any] = {
        f"day{number}": write_times([(s.opens, s.closes) for s in spans if s.weekday == number])
        for number in range(7)
    }
    if spans:
        one = spans[0]
        days |= {
            "step": one.step, "for_callers": one.kept_phone, "for_counter": one.kept_counter,
            "post": one.post_id or "",
        }  # fmt: skip
    return days


class ClosingForm(Form):
    """Days on which a centre or window is closed, or open besides."""

    for_staff = True
    demands = ("offerings.closing",)
    not_counted = {"step": "minutes of a visit"}

    kind = forms.ChoiceField(
        label=_("What happens?"), widget=forms.RadioSelect, initial="closed",
        choices=[("closed", _("Closed: booked visits are cancelled and told")), ("open", _("Open besides the usual hours"))],
    )  # fmt: skip
    window = forms.ChoiceField(label=_("Which window?"), required=False)
    first = DateText(label=_("First day"), lean=Lean.FUTURE)
    last = DateText(label=_("Last day"), required=False, lean=Lean.FUTURE,
                    help_text=_("Empty: this one day."))  # fmt: skip
    times = forms.CharField(
        label=_("From when to when?"), required=False, max_length=20,
        help_text=_("For example: 14:00-17:30. Empty: the whole day."),
    )  # fmt: skip
    step = forms.IntegerField(
        label=_("How many minutes does a visit take?"), min_value=5, max_value=240, initial=20,
        required=False, help_text=_("Only for an extra opening."),
    )  # fmt: skip
    why = forms.ChoiceField(label=_("Why?"), choices=[("", _("Choose")), *WHY_WORDS.items()])
    note = forms.CharField(
        label=_("A sentence for the public"), max_length=120, required=False,
        help_text=_("For example where to go meanwhile. It stands on the page and in no message."),
    )  # fmt: skip

    def __init__(self, *args: Any, windows: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "window", [("", _("the whole centre")), *windows])

    def clean_times(self) -> tuple[int, int]:
        """Return from when to when, the whole day if nothing was typed."""
        text = self.cleaned_data["times"]
        try:
            found = read_times(text) or [(0, MIDNIGHT)]
        except ValueError:
            found = []
        if len(found) != 1:
            raise ValidationError(_("“%(text)s” cannot be read. Write it like 08:30-12:00."),
                                  params={"text": text})  # fmt: skip
        return found[0]

    @property
    def window_id(self) -> int | None:
        return int(self.cleaned_data["window"]) if self.cleaned_data["window"] else None

    @property
    def facts(self) -> ClosingFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        opens, closes = said["times"]
        return ClosingFacts(
            said["first"], said["last"] or said["first"], opens, closes, said["why"], said["note"],
            is_open=said["kind"] == "open", step=said["step"] or 0,
        )  # fmt: skip
