"""What people type about teams, duty rosters and swaps of shifts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.grid.types import SHIFT_TITLES, Shift
from linli.grid.types.watch import DAYS_TITLES, PART_TITLES, TEAM_TITLES, Seat, TeamFacts
from linli.kernel.dates import Lean
from linli.ui.forms import DateText, Form

Choices = Sequence[tuple[str, Any]]


def _choose(form: Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class TeamForm(Form):
    """A team of the village, by number."""

    for_staff = True
    demands = ("grid.team", "grid.team_people")
    not_counted = {"seats": "how many posts a shift needs, no total"}

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    called = forms.CharField(label=_("What is the team called?"), max_length=40)
    kind = forms.ChoiceField(label=_("What is it for?"), choices=list(TEAM_TITLES.items()))
    people = forms.IntegerField(
        label=_("How many people belong to it?"), required=False, min_value=0, max_value=9999,
        help_text=_("A number alone. Nobody is listed by name; empty if nobody counted."),
    )  # fmt: skip
    days = forms.ChoiceField(
        label=_("On which days must somebody be on duty?"), choices=list(DAYS_TITLES.items())
    )
    shifts = forms.MultipleChoiceField(
        label=_("In which shifts?"), choices=list(SHIFT_TITLES.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("How many posts in one shift?"), min_value=1, max_value=20, initial=1
    )

    @property
    def facts(self) -> TeamFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return TeamFacts(
            said["called"], said["kind"], said["people"], said["days"], tuple(said["shifts"]),
            said["seats"],
        )  # fmt: skip


class SeatForm(Form):
    """A post on duty in one shift."""

    for_staff = True
    demands = ("grid.roster",)
    not_counted = {"post_id": "the number of a post, chosen from a list"}

    on = DateText(label=_("On which day?"), lean=Lean.FUTURE)
    shift = forms.ChoiceField(label=_("In which shift?"), choices=list(SHIFT_TITLES.items()))
    post_id = forms.TypedChoiceField(label=_("Which post?"), coerce=int)
    part = forms.ChoiceField(label=_("As what?"), choices=list(PART_TITLES.items()), initial="duty")

    def __init__(self, *args: Any, posts: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "post_id", posts)

    @property
    def seat(self) -> Seat:
        """What was typed, as the service takes it."""
        return Seat(**self.cleaned_data)


class FillForm(Form):
    """The posts that take turns in a month."""

    for_staff = True
    demands = ("grid.roster",)

    posts = forms.TypedMultipleChoiceField(
        label=_("Which posts take turns?"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only open shifts from today on are filled; what stands already stays."),
    )  # fmt: skip

    def __init__(self, *args: Any, posts: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "posts", posts)


class NoteForm(Form):
    """What a shift leaves to the next one."""

    for_staff = True
    demands = ("grid.handover",)

    on = forms.DateField(widget=forms.HiddenInput)
    shift = forms.ChoiceField(
        choices=[(one.value, one.value) for one in Shift], widget=forms.HiddenInput
    )
    text = forms.CharField(
        label=_("What must the next shift know?"),
        help_text=_("Keys, open matters, what to look at. No names of residents."),
        max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SwapForm(Form):
    """Which post is asked to take a shift, and for which of its own."""

    for_staff = True
    demands = ("grid.swap",)
    not_counted = {"to_post": "the number of a post, chosen from a list"}

    to_post = forms.TypedChoiceField(label=_("Which post do you ask?"), coerce=int)
    back = forms.TypedChoiceField(
        label=_("In exchange for which of its shifts?"), coerce=int, required=False,
        empty_value=None,
        help_text=_("Empty if it only takes yours. It changes once the other agrees."),
    )  # fmt: skip

    def __init__(self, *args: Any, posts: Choices = (), backs: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "to_post", posts)
        _choose(self, "back", [("", "—"), *backs])


def month_of(text: str, today: date) -> date:
    """Return the first day of 2026-11; this month for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
