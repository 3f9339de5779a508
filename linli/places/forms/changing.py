"""What people type about places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.wholes import whole_number
from linli.places.queries import Estate
from linli.places.types import CATEGORY_TITLES, SETTLEMENT_TITLES
from linli.ui.formats import listed
from linli.ui.forms import DateText, Form

MOST_WEIGHT = 1_000_000_000
PART_LENGTHS = (24, 60, 60, 120)  # code, full name, short name, English name


class DecreeForm(Form):
    """The document behind a change, and its day."""

    for_staff = True
    demands: tuple[str, ...] = ("places.change",)

    document = forms.CharField(
        label=_("Document"), help_text=_("Number and name of the decision"), max_length=120
    )
    effective_on = DateText(label=_("In force from"))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class NameForm(DecreeForm):
    """A new name, with a code where a new place is made."""

    enters = {
        "name": "places.place.name",
        "short_name": "places.place.short_name",
        "name_en": "places.place.name_en",
    }

    name = forms.CharField(label=_("Full name"), max_length=60)
    short_name = forms.CharField(label=_("Name as people say it"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=120)


class MoveForm(DecreeForm):
    """The code of the new place above."""

    finds = ("under",)

    under = forms.CharField(label=_("Code of the new place above"), max_length=24)


class MergeForm(NameForm):
    """Which neighbours merge with this place, and what they become."""

    code = forms.CharField(label=_("Code of the new place"), max_length=24)
    others = forms.MultipleChoiceField(label=_("Merges with"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, neighbours: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["others"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = neighbours


class SplitForm(DecreeForm):
    """The parts, one a line: code, full name, short name, English name, weight.

    What hangs directly below is given out by the number of the line.
    """

    demands = ("places.change", "places.split")
    not_counted = {
        "child_*": "the number of a line above, no total",
        "heir_*": "the number of a line above, no total",
    }

    parts = forms.CharField(
        label=_("Parts"),
        help_text=_(
            "One part a line, at least two: code | full name | short name | English name | weight. "
            "The weight, such as households, shares out earlier figures."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[str, str]] = (),
        estates: Sequence[Estate] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.estates = [estate.key for estate in estates]
        for estate in estates:
            self.fields[f"heir_{estate.key}"] = forms.IntegerField(
                label=_("Which part takes: %(what)s (%(count)s)?")
                % {"what": listed(estate.titles), "count": estate.count},
                help_text=_(
                    "The number of its line above; left empty, the part with the largest weight. "
                    "0: it stays with the place that ends, to be dealt with one by one."
                ),
                min_value=0,
                required=False,
            )
        self.children = [code for code, _name in children]
        for code, name in children:
            self.fields[f"child_{code}"] = forms.IntegerField(
                label=_("%(name)s goes to part") % {"name": name},
                help_text=_("The number of its line above"),
                min_value=1,
            )

    def clean_parts(self) -> list[list[str]]:
        """Return five words a part."""
        lines = [line for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        rows = [[cell.strip() for cell in line.replace("｜", "|").split("|")] for line in lines]
        for number, row in enumerate(rows, 1):
            if not _is_part(row):
                raise forms.ValidationError(
                    _("Line %(number)s: five words parted by |, the last a whole number above 0."),
                    params={"number": number},
                )
        if len(rows) < 2:
            raise forms.ValidationError(_("A split has at least two parts."))
        return rows

    def clean(self) -> dict[str, Any]:
        """Refuse a part that no line names."""
        said = super().clean() or self.cleaned_data
        most = len(said.get("parts", ()))
        for code in self.children:
            if most and said.get(f"child_{code}", 1) > most:
                self.add_error(f"child_{code}", _("There is no such line."))
        for key in self.estates:
            if most and (said.get(f"heir_{key}") or 0) > most:
                self.add_error(f"heir_{key}", _("There is no such line."))
        return said

    @property
    def heirs(self) -> dict[str, int]:
        """Return by kind the part that takes what hung on the old place, counted from 0."""
        weights = [int(row[4]) for row in self.cleaned_data["parts"]]
        largest = weights.index(max(weights))
        found: dict[str, int] = {}
        for key in self.estates:
            line = self.cleaned_data.get(f"heir_{key}")
            if line != 0:
                found[key] = largest if line is None else line - 1
        return found

    def taken(self, line: int) -> tuple[str, ...]:
        """Return the codes of what hangs below the old place and goes to the part of a line."""
        return tuple(c for c in self.children if self.cleaned_data[f"child_{c}"] == line)


def _is_part(row: list[str]) -> bool:
    if len(row) != 5 or whole_number(row[4], least=1, most=MOST_WEIGHT) is None:
        return False
    return all(0 < len(word) <= most for word, most in zip(row[:4], PART_LENGTHS, strict=True))


class RulingForm(Form):
    """A dated decision of the town about a village."""

    for_staff = True
    demands = ("places.ruling",)

    document = forms.CharField(label=_("Document"), max_length=120)
    decided_on = DateText(label=_("Decided on"))
    valid_from = DateText(label=_("In force from"))


class SettlementForm(RulingForm):
    value = forms.ChoiceField(label=_("Counts as"), choices=list(SETTLEMENT_TITLES.items()))


class CategoryForm(RulingForm):
    value = forms.ChoiceField(label=_("Category"), choices=list(CATEGORY_TITLES.items()))
