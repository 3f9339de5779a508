"""What people type to take part in an event, and at its door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.activities.types.events import MOST_IN_FAMILY, MOST_OTHERS, EnrolFacts, Taker
from linli.kernel.wholes import whole_number
from linli.ui.forms import Form, Phone

ROWS = MOST_IN_FAMILY
NUMBERS = [str(number) for number in range(1, ROWS + 1)]


class EnrolForm(Form):
    """A family takes part: one name, more folded away, with the year of birth where the event has an age."""

    for_residents = True
    resident_demands = ("activities.enrolment",)

    def __init__(
        self, *args: Any, asks_age: bool, asks_neighbour: bool, asks_guardian: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = (_("Who takes part?"), _("Who comes along?"), *[_("And who else?")] * (ROWS - 2))
        year_words = _("Write the year of birth in four figures, for example 2015.")
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
                    error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), year_words),
                )
        self.fields["phone"] = Phone(
            label=_("On which number do we reach you?"), help_text=_("Only if something changes.")
        )
        if asks_guardian and not asks_age:
            self.fields["has_child"] = forms.ChoiceField(
                label=_("Does a child under 14 take part?"), widget=forms.RadioSelect,
                choices=[("no", _("No, nobody under 14")), ("yes", _("Yes, a child under 14"))],
                error_messages={"required": _("Say whether a child under 14 takes part.")},
            )  # fmt: skip
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
        return [name for name in self.fields if name.rpartition("_")[2] in NUMBERS[1:]]

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
        takers = tuple(Taker(said[f"name_{n}"], said.get(f"born_{n}")) for n in self._named())
        return EnrolFacts(
            takers,
            said["phone"] or "",
            said.get("guardian", ""),
            bool(said.get("is_neighbour")),
            language,
            said["has_child"] == "yes" if said.get("has_child") else None,
        )

    def take(self, fields: dict[str, list[str]]) -> None:
        """What is said of one who takes part stands at her; what is said of all of them at the first."""
        named, placed = self._named(), dict[str, list[str]]()
        for name, words in fields.items():
            where, _dot, part = name.removeprefix("takers.").partition(".")
            at = whole_number(where, most=len(named) - 1)
            if part and at is not None:
                row = named[at]
                placed[f"{part}_{row}" if f"{part}_{row}" in self.fields else f"name_{row}"] = words
        rest = {name: words for name, words in fields.items() if not name.startswith("takers.")}
        if first := rest.pop("takers", None):
            placed = placed or {"name_1": first}
        super().take(placed | rest)

    def _named(self) -> list[int]:
        """Return the rows in which somebody stands."""
        rows = range(1, ROWS + 1)
        return [n for n in rows if self.cleaned_data.get(f"name_{n}", "").strip()]


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
        help_text=_("The office reads it. Others only once it was released, without names."),
    )  # fmt: skip


class OthersForm(Form):
    """How many came without signing up."""

    for_staff = True
    demands = ("activities.came",)
    not_counted = {"others": "people at the event, by heads; never staff"}

    others = forms.IntegerField(
        label=_("How many came without signing up?"), min_value=0, max_value=MOST_OTHERS
    )


class CheckInForm(Form):
    """Who came, by the code on her page."""

    for_staff = True
    demands = ("activities.came",)
    not_counted = {"people": "how many of one family came; people at the event, never staff"}

    code = forms.CharField(label=_("Code of the family"), max_length=20)
    people = forms.IntegerField(label=_("How many came?"), min_value=1, max_value=8, initial=1)
