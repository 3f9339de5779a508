"""What people type about groups and rounds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.activities.rules.weekly import read_day_line
from linli.activities.types.rounds import (
    GROUP_TITLES,
    MOST_WISHES,
    GroupFacts,
    RoundFacts,
    Weekly,
)
from linli.kernel import dates
from linli.ui.forms import DateText, Form, Phone


class GroupForm(Form):
    """A group of neighbours, with its consent to be shown or without."""

    for_staff = True
    demands = ("activities.group", "activities.group_people")
    enters = {
        "name": "activities.group.name",
        "phone": "activities.group.phone",
        "contact": "activities.group.contact",
    }

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("What is the group called?"), max_length=60)
    kind = forms.ChoiceField(label=_("What does it do?"), choices=list(GROUP_TITLES.items()))
    people = forms.IntegerField(
        label=_("How many people belong to it?"), min_value=1, max_value=5000
    )
    about = forms.CharField(
        label=_("What should neighbours know?"), help_text=_("When and where one may look in."),
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    contact = forms.CharField(label=_("Whom does the office ask for?"), max_length=40)
    phone = Phone(label=_("On which number do we reach you?"))
    is_shown = forms.BooleanField(
        label=_("The group agreed to stand in the public register"), required=False,
        help_text=_("Name and what it does; never whom to ask. It may take this back at any time."),
    )  # fmt: skip
    agreed_on = DateText(
        label=_("On which day did it agree?"), required=False, lean=dates.Lean.PAST
    )

    @property
    def facts(self) -> GroupFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return GroupFacts(
            said["kind"], said["name"], said["people"], said["contact"], said["phone"] or "", said["about"],
            said["is_shown"], said["agreed_on"],
        )  # fmt: skip


class RoundForm(Form):
    """A round of weekly times: a line for each day, such as "周一 19:00-21:00"."""

    for_staff = True
    demands = ("activities.round",)
    not_counted = {"most_times": "a limit of the round"}

    title = forms.CharField(label=_("What is the round called?"), max_length=80)
    wishes_until = DateText(label=_("Until which day do groups wish?"), lean=dates.Lean.FUTURE)
    objections_until = DateText(
        label=_("Until which day are objections heard?"), lean=dates.Lean.FUTURE
    )
    first_on = DateText(label=_("On which day does the season begin?"), lean=dates.Lean.FUTURE)
    last_on = DateText(label=_("On which day does it end?"), lean=dates.Lean.FUTURE)
    most_times = forms.IntegerField(
        label=_("How many weekly times may one group get?"), min_value=1, max_value=MOST_WISHES
    )

    def __init__(self, *args: Any, venues: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.venues = venues
        for venue_id, name in venues:
            self.fields[f"venue_{venue_id}"] = forms.CharField(
                label=_("Which evenings of %(venue)s?") % {"venue": name}, required=False, max_length=400,
                help_text=_("A line for each day, such as Mon 19:00-21:00. Empty for none."),
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse lines that cannot be read."""
        said = super().clean() or self.cleaned_data
        for venue_id, _name in self.venues:
            if read_weekly(venue_id, said.get(f"venue_{venue_id}", "")) is None:
                self.add_error(f"venue_{venue_id}", _("Write lines like: Mon 19:00-21:00"))
        return said

    @property
    def facts(self) -> RoundFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        times = [t for v, _name in self.venues for t in read_weekly(v, said[f"venue_{v}"]) or ()]
        return RoundFacts(
            said["title"], said["first_on"], said["last_on"], said["wishes_until"], said["objections_until"],
            said["most_times"], tuple(times),
        )  # fmt: skip


def read_weekly(venue_id: int, text: str) -> list[Weekly] | None:
    """Read lines such as "周一 19:00-21:00"; None if one cannot be read."""
    lines = [read_day_line(line) for line in text.splitlines() if line.strip()]
    if not all(lines):
        return None
    return [
        Weekly(venue_id, found[0], begins, ends)
        for found in lines
        if found
        for begins, ends in found[1]
    ]


class WishForm(Form):
    """A group's wishes, the best first."""

    for_residents = True
    resident_demands = ("activities.wishes",)

    code = forms.CharField(label=_("Which code did your group get?"), max_length=20)

    def __init__(self, *args: Any, times: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = (
            _("First wish"),
            _("Second wish"),
            _("Third wish"),
            _("Fourth wish"),
            _("Fifth wish"),
        )
        for number in range(1, MOST_WISHES + 1):
            self.fields[f"wish_{number}"] = forms.ChoiceField(
                label=labels[number - 1], choices=[("", "—"), *times], required=number == 1
            )

    @property
    def wishes(self) -> list[int]:
        """The chosen times, the best first."""
        said = [self.cleaned_data[f"wish_{n}"] for n in range(1, MOST_WISHES + 1)]
        return [int(one) for one in said if one]


class ObjectForm(Form):
    """A group objects to the outcome."""

    for_residents = True
    resident_demands = ("activities.wishes",)

    code = forms.CharField(label=_("Which code did your group get?"), max_length=20)
    text = forms.CharField(
        label=_("What is not right?"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


class AnswerForm(Form):
    """The office answers an objection."""

    for_staff = True
    demands = ("activities.decide",)

    answer = forms.CharField(label=_("What do you answer?"), max_length=500)
    strike = forms.IntegerField(required=False, widget=forms.HiddenInput)
