"""What the office types about events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.activities.rules.events import Span
from linli.activities.rules.venues import at_minute, read_spans, write_spans
from linli.activities.types.events import EVENT_TITLES, EventEdit, EventFacts, SessionTime
from linli.kernel import dates
from linli.kernel.moments import span_of_day
from linli.kernel.money import Money
from linli.ui.choosing import offer
from linli.ui.forms import DateText, Form, MoneyText

NAMES = ("kind", "title", "title_en", "about", "where", "places", "waiting", "least_age", "most_age",
         "for_neighbours", "phone", "venue_id")  # fmt: skip
LAST_MINUTE = 24 * 60 - 1


class HoursText(forms.CharField):
    """Hours of one time as people write them, such as 19:00-20:30; cleaned to minutes of the day."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("For example 19:00-20:30."))
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Any:
        """Refuse hours that cannot be read."""
        text = super().clean(value)
        spans = read_spans(text)
        if text and (not spans or len(spans) > 1):
            raise forms.ValidationError(_("Write one opening like 9:00-12:00."))
        return spans[0] if spans else None


def _day(label: Any, **options: Any) -> DateText:
    return DateText(label=label, lean=dates.Lean.FUTURE, **options)


def span_on(on: date, hours: tuple[int, int]) -> Span:
    """Return the hours of a day as moments."""
    zone = timezone.get_current_timezone()
    return at_minute(on, hours[0], zone), at_minute(on, hours[1], zone)


def write_hours(one: SessionTime) -> str:
    """Return the hours of a time as `HoursText` reads them."""
    return write_spans([span_of_day(one.starts_at, one.ends_at)])


class EventWords(Form):
    """What is said of an event apart from its times."""

    for_staff = True
    demands = ("activities.event", "activities.event_places")
    enters = {
        "title": "activities.event.title",
        "title_en": "activities.event.title",
        "phone": "activities.event.phone",
    }
    not_counted = {
        "least_age": "a rule of the event", "most_age": "a rule of the event",
        "waiting": "a limit of the event",
    }  # fmt: skip

    title = forms.CharField(label=_("What is it called?"), max_length=80)
    title_en = forms.CharField(
        label=_("What is it called in English?"), max_length=120, required=False
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=list(EVENT_TITLES.items()))
    about = forms.CharField(
        label=_("What happens there?"), help_text=_("Who leads it, what to bring."), max_length=1500,
        required=False, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    venue_id = forms.TypedChoiceField(
        label=_("At which venue?"), coerce=int, empty_value=None, required=False,
        help_text=_("Its times are booked with the event. Empty if it is elsewhere."),
    )  # fmt: skip
    where = forms.CharField(label=_("Where is it?"), max_length=120)
    places = forms.IntegerField(label=_("For how many people?"), min_value=1, max_value=5000)
    waiting = forms.IntegerField(
        label=_("How many may wait?"), min_value=0, max_value=5000, initial=20
    )
    least_age = forms.IntegerField(
        label=_("From which age?"), min_value=0, max_value=120, required=False
    )
    most_age = forms.IntegerField(
        label=_("Up to which age?"), min_value=0, max_value=120, required=False
    )
    for_neighbours = forms.BooleanField(
        label=_("Only for those who live or work here"), required=False
    )
    fee = MoneyText(
        label=_("What does it cost a person?"), help_text=_("In yuan; 0 if it is free.")
    )
    phone = forms.CharField(label=_("Whom does one call about it?"), max_length=40, required=False)
    enrol_on = DateText(
        label=_("Up to which day can one enrol?"), lean=dates.Lean.FUTURE, required=False,
        help_text=_("To the end of that day. Empty: until it begins."),
    )  # fmt: skip

    def __init__(self, *args: Any, venues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "venue_id", [("", "—"), *venues])

    def facts_with(self, sessions: tuple[Span, ...]) -> EventFacts:
        """What was typed with the times, as the service takes it."""
        said = self.cleaned_data
        return EventFacts(
            **{name: said[name] for name in NAMES}, sessions=sessions, fee_fen=said["fee"].fen
        )

    def end_of_enrolment(self, sessions: Sequence[Span]) -> datetime | None:
        """Return when enrolment ends, at the latest with the last of the times; None where no day was said."""
        on: date | None = self.cleaned_data.get("enrol_on")
        if on is None:
            return None
        last = max((end for _start, end in sessions), default=None)
        if last is not None and timezone.localdate(last) == on:
            return last
        return at_minute(on, LAST_MINUTE, timezone.get_current_timezone())


class EventForm(EventWords):
    """An event or course: its times are a day, hours, and for a course how many weeks."""

    not_counted = {**EventWords.not_counted, "weeks": "how often it comes"}
    field_order = ("title", "title_en", "kind", "about", "venue_id", "where", "first_on", "hours", "weeks")  # fmt: skip

    first_on = DateText(label=_("On which day does it begin?"), lean=dates.Lean.FUTURE)
    hours = HoursText(label=_("At which hours?"))
    weeks = forms.IntegerField(
        label=_("How many weeks, one after the other?"), help_text=_("1 for a single event."),
        min_value=1, max_value=52, initial=1,
    )  # fmt: skip

    @property
    def facts(self) -> EventFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        days = [said["first_on"] + timedelta(days=7 * week) for week in range(said["weeks"])]
        times = tuple(span_on(on, said["hours"]) for on in days)
        return replace(self.facts_with(times), enrol_until=self.end_of_enrolment(times))


class EventEditForm(EventWords):
    """An event as it is to be: its words, and a day and hours for each time to come; one more may be added."""

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why? Everybody enrolled reads it"), max_length=200, required=False,
        help_text=_("Goes along with the message about times, place and fee."),
    )  # fmt: skip

    def __init__(self, *args: Any, sessions: Sequence[SessionTime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = sessions
        for one in sessions:
            start, hours = timezone.localtime(one.starts_at), write_hours(one)
            self.fields[f"on_{one.id}"] = _day(_("Day"), initial=start.date())
            self.fields[f"hours_{one.id}"] = HoursText(
                label=_("Hours"), initial=hours, help_text=""
            )
            self.fields[f"off_{one.id}"] = forms.BooleanField(label=_("Falls out"), required=False)
        self.fields["on_new"] = _day(_("Day"), required=False)
        self.fields["hours_new"] = HoursText(label=_("Hours"), required=False)

    @property
    def words(self) -> list[str]:
        """The fields of the event itself."""
        return [name for name in self.fields if name in NAMES or name in ("fee", "enrol_on")]

    def clean(self) -> dict[str, Any]:
        """Refuse one more time that is only half said."""
        said = super().clean() or self.cleaned_data
        if (
            bool(said.get("on_new")) != bool(said.get("hours_new"))
            and "hours_new" not in self.errors
        ):
            self.add_error(
                "hours_new", _("Give day and hours of the time that is added, or neither.")
            )
        return said

    @property
    def edit(self) -> EventEdit:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        times = [
            SessionTime(*span_on(said[f"on_{one.id}"], said[f"hours_{one.id}"]), one.id)
            for one in self.sessions
            if not said[f"off_{one.id}"]
        ]
        if said["on_new"]:
            times.append(SessionTime(*span_on(said["on_new"], said["hours_new"])))
        facts = replace(self.facts_with(()), enrol_until=self._enrol_until(times))
        return EventEdit(facts, tuple(times), said["reason"])

    def _enrol_until(self, times: Sequence[SessionTime]) -> datetime | None:
        """Return the end of enrolment as it is to be: None leaves it, no day lets it go to the beginning."""
        if "enrol_on" not in self.changed_data:
            return None
        spans = [one.span for one in times]
        return self.end_of_enrolment(spans) or min((start for start, _end in spans), default=None)


def as_typed(event: Any) -> dict[str, Any]:
    """Return an event as its form shows it."""
    return {
        **{name: getattr(event, name) for name in (*NAMES, "edition")},
        "fee": Money(event.fee_fen),
        "enrol_on": None if event.enrol_until == event.first_at else timezone.localdate(event.enrol_until),
    }  # fmt: skip
