"""What people type to book a time, move it, and find it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.activities.types.venues import PURPOSE_TITLES, BookingFacts
from linli.kernel.dates import read_moment
from linli.ui.formats import moment_short
from linli.ui.forms import Form, Phone


class BookForm(Form):
    """Somebody books a time: whom to ask for, under which number, for what."""

    for_residents = True
    resident_demands = ("activities.booking",)

    start = forms.CharField(widget=forms.HiddenInput, max_length=40)
    minutes = forms.TypedChoiceField(label=_("For how long?"), coerce=int)
    name = forms.CharField(label=_("Whom does the office ask for?"), max_length=40)
    phone = Phone(
        label=_("On which number do we reach you?"),
        help_text=_("Only if something changes, and a day before."),
    )
    purpose = forms.ChoiceField(
        label=_("What for?"), help_text=_("Others see only that the time is taken."),
        choices=list(PURPOSE_TITLES.items()),
    )  # fmt: skip
    people = forms.IntegerField(label=_("How many people come?"), min_value=1)
    is_neighbour = forms.BooleanField(label=_("I live or work here"), required=False)

    def __init__(
        self,
        *args: Any,
        lengths: list[int],
        most_people: int,
        asks_neighbour: bool,
        asks_people: bool = True,
        others: Sequence[datetime] = (),
        **kwargs: Any,
    ) -> None:
        """`others` are the free times beside one that was taken while somebody typed."""
        super().__init__(*args, **kwargs)
        if others:
            self.fields["start"] = forms.ChoiceField(
                label=_now("Which other time?"),
                choices=[("", ""), *((write_start(one), moment_short(one)) for one in others)],
                error_messages={"invalid_choice": _now("This time is not free any more. Choose another one.")},
            )  # fmt: skip
        length, people = self.fields["minutes"], self.fields["people"]
        assert isinstance(length, forms.ChoiceField) and isinstance(people, forms.IntegerField)
        length.choices = [(n, length_words(n)) for n in lengths]
        people.max_value = most_people
        people.help_text = _now("At most %(most)s.") % {"most": most_people}
        if not asks_people:
            del self.fields["people"]
        if not asks_neighbour:
            del self.fields["is_neighbour"]

    def facts(self, language: str) -> BookingFacts:
        """What was typed, as the service takes it. Raises ValueError for a damaged start."""
        said = self.cleaned_data
        starts_at = read_moment(said["start"])
        if starts_at is None:
            raise ValueError(said["start"])
        return BookingFacts(
            starts_at, starts_at + timedelta(minutes=said["minutes"]), said["name"], said["phone"] or "",
            said["purpose"], said.get("people", 1), bool(said.get("is_neighbour")), language,
        )  # fmt: skip


class MoveForm(Form):
    """A booking goes to another time."""

    for_residents = True
    resident_demands = ("activities.booking",)

    start = forms.CharField(widget=forms.HiddenInput, max_length=40)
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CodeForm(Form):
    """The code of a booking, to find it again."""

    keeps_nothing = True

    code = forms.CharField(label=_("Which code did you get?"), max_length=20)


def length_words(minutes: int) -> str:
    """Return a length in words, such as one and a half hours."""
    if minutes % 60 == 0:
        return _now("%(num)s h") % {"num": minutes // 60}
    if minutes < 60:
        return _now("%(num)s min") % {"num": minutes}
    return _now("%(hours)s h %(num)s min") % {"hours": minutes // 60, "num": minutes % 60}


def write_start(at: datetime) -> str:
    """Write the start of a time as it stands in addresses."""
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"
