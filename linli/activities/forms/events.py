"""What people type about events, and to take part in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.activities.rules.venues import read_spans
from linli.activities.types.events import EVENT_TITLES, EnrolFacts, EventFacts, Taker
from linli.kernel import dates
from linli.ui.forms import DateText, Form, MoneyText, Phone

ROWS = 4


class EventForm(Form):
    """An event or course: its times are a day, hours, and for a course how many weeks."""

    for_staff = True
    demands = ("activities.event", "activities.event_places")
    enters = {
        "title": "activities.event.title",
        "title_en": "activities.event.title",
        "phone": "activities.event.phone",
    }
    not_counted = {
        "weeks": "how often it comes", "least_age": "a rule of the event", "most_age": "a rule of the event",
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
    first_on = DateText(label=_("On which day does it begin?"), lean=dates.Lean.FUTURE)
    hours = forms.CharField(
        label=_("At which hours?"), help_text=_("For example 19:00-20:30."), max_length=20
    )
    weeks = forms.IntegerField(
        label=_("How many weeks, one after the other?"), help_text=_("1 for a single event."),
        min_value=1, max_value=52, initial=1,
    )  # fmt: skip
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

    def __init__(self, *args: Any, venues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["venue_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *venues]

    def clean(self) -> dict[str, Any]:
        """Refuse hours that cannot be read."""
        said = super().clean() or self.cleaned_data
        spans = read_spans(said.get("hours", ""))
        if not spans or len(spans) > 1:
            self.add_error("hours", _("Write one opening like 9:00-12:00."))
        return said

    @property
    def facts(self) -> EventFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        names = ("kind", "title", "title_en", "about", "where", "places", "waiting", "least_age", "most_age",
                 "for_neighbours", "phone", "venue_id")  # fmt: skip
        ((begins, ends),) = read_spans(said["hours"]) or [(0, 0)]
        zone = timezone.get_current_timezone()
        first = datetime.combine(said["first_on"], datetime.min.time(), zone)
        days = [first + timedelta(days=7 * week) for week in range(said["weeks"])]
        sessions = tuple(
            (on + timedelta(minutes=begins), on + timedelta(minutes=ends)) for on in days
        )
        return EventFacts(
            **{name: said[name] for name in names}, sessions=sessions, fee_fen=said["fee"].fen
        )


class EnrolForm(Form):
    """A family takes part: up to four names, with the year of birth where the event has an age."""

    for_residents = True
    resident_demands = ("activities.enrolment",)

    def __init__(
        self, *args: Any, asks_age: bool, asks_neighbour: bool, asks_guardian: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = (
            _("Who takes part?"),
            _("Who comes along?"),
            _("And who else?"),
            _("And who else?"),
        )
        for number in range(1, ROWS + 1):
            self.fields[f"name_{number}"] = forms.CharField(
                label=labels[number - 1], max_length=40, required=number == 1,
                help_text="" if number == 1 else _("Leave empty if nobody."),
            )  # fmt: skip
            if asks_age:
                self.fields[f"born_{number}"] = forms.IntegerField(
                    label=_("Year of birth"),
                    min_value=1900,
                    max_value=timezone.localdate().year,
                    required=number == 1,
                )
        self.fields["phone"] = Phone(
            label=_("On which number do we reach you?"), help_text=_("Only if something changes.")
        )
        if asks_guardian:
            self.fields["guardian"] = forms.CharField(
                label=_("For a child under 14: which parent or guardian agrees?"), max_length=40, required=False,
                help_text=_("By writing your name you agree that the child takes part."),
            )  # fmt: skip
        if asks_neighbour:
            self.fields["is_neighbour"] = forms.BooleanField(
                label=_("I live or work here"), required=False
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a year of birth beside which no name stands: nobody is left out in silence."""
        said = super().clean() or self.cleaned_data
        for number in range(2, ROWS + 1):
            if said.get(f"born_{number}") and not said.get(f"name_{number}", "").strip():
                self.add_error(
                    f"name_{number}",
                    _("Whose year of birth is this? Write the name, or take the year out."),
                )
        return said

    @property
    def more(self) -> list[str]:
        """The fields of those who come along; folded away until they are needed."""
        return [name for name in self.fields if name.rpartition("_")[2] in ("2", "3", "4")]

    @property
    def own(self) -> list[str]:
        """All other fields."""
        return [name for name in self.fields if name not in self.more]

    @property
    def has_more(self) -> bool:
        """Say whether somebody who comes along was typed, or something is wrong there."""
        return self.is_bound and any(
            self.data.get(name) or self.errors.get(name) for name in self.more
        )

    def facts(self, language: str) -> EnrolFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        takers = tuple(
            Taker(said[f"name_{n}"], said.get(f"born_{n}"))
            for n in range(1, ROWS + 1)
            if said.get(f"name_{n}", "").strip()
        )
        return EnrolFacts(
            takers,
            said["phone"] or "",
            said.get("guardian", ""),
            bool(said.get("is_neighbour")),
            language,
        )

    def take(self, fields: dict[str, list[str]]) -> None:
        """What is said of those who take part stands at the first of them."""
        super().take(
            {"name_1" if name == "takers" else name: words for name, words in fields.items()}
        )


class ThoughtForm(Form):
    """How an event was."""

    for_residents = True
    resident_demands = ("activities.enrolment",)

    grade = forms.TypedChoiceField(
        label=_("How did you like it?"), coerce=int, widget=forms.RadioSelect,
        choices=[(5, _("Very satisfied")), (4, _("Satisfied")), (3, _("Fairly satisfied")),
                 (2, _("Dissatisfied")), (1, _("Very dissatisfied"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("What should be better next time?"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class CheckInForm(Form):
    """Who came, by the code on her page."""

    for_staff = True
    demands = ("activities.came",)
    not_counted = {"people": "how many of one family came; people at the event, never staff"}

    code = forms.CharField(label=_("Code of the family"), max_length=20)
    people = forms.IntegerField(label=_("How many came?"), min_value=1, max_value=8, initial=1)


class CallOffForm(Form):
    """Why an event is called off."""

    for_staff = True
    demands = ("activities.event",)

    reason = forms.CharField(label=_("Why? Everybody enrolled reads it"), max_length=200)
