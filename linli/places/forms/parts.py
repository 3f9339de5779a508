"""What people type about groups and buildings, one by one or as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.kernel.tables import Line, NotATable, read_table
from linli.places.rules.part_rows import MOST_NUMBER, NewPart
from linli.ui.forms import DateText, Form

MOST_ROWS, MOST_BYTES = 3000, 2_000_000
LEVELS = (("group", _("residents' group")), ("building", _("building")))
TOO_LARGE = _("The file is larger than 2 MB.")
NO_TABLE = {
    "empty": _("The file is empty."),
    "broken": _("This file cannot be read. Save it again as xlsx or csv."),
    "not_text": _("This is neither a workbook nor a csv file."),
}


class PartForm(Form):
    """A group or building of a village."""

    for_staff = True
    demands = ("places.part",)
    not_counted = {"number": "the number by which it is called"}
    enters = {
        "name": "places.part.name",
        "short_name": "places.part.short_name",
        "name_en": "places.part.name_en",
    }

    level = forms.ChoiceField(label=_("What is it?"), choices=LEVELS, widget=forms.RadioSelect)
    number = forms.IntegerField(
        label=_("Which number?"),
        help_text=_("Groups and buildings are numbered apart; the code is made of it."),
        min_value=1,
        max_value=MOST_NUMBER,
    )
    name = forms.CharField(label=_("What is it called?"), max_length=60)
    group = forms.ChoiceField(
        label=_("In which group does the building stand?"),
        help_text=_("Left open for a building that belongs to none."), required=False,
    )  # fmt: skip
    since = DateText(label=_("Since when?"), lean=Lean.PAST)
    basis = forms.CharField(
        label=_("On which basis?"),
        help_text=_("Number and name of the decision, or what shows it"), max_length=120,
    )  # fmt: skip
    short_name = forms.CharField(label=_("Name as people say it"), max_length=60, required=False)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)

    def __init__(self, *args: Any, groups: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none")), *((name, name) for name in groups)]

    @property
    def part(self) -> NewPart:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return NewPart(
            said["level"], said["number"], said["name"], said["since"], said["basis"],
            said["group"], said["short_name"], said["name_en"],
        )  # fmt: skip


class PartsListForm(Form):
    """A list of groups and buildings as a file."""

    for_staff = True
    demands = ("places.part_list",)

    file = forms.FileField(
        label=_("Which file?"),
        help_text=_("xlsx or csv, up to 3,000 rows; the first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": NO_TABLE["empty"]},
    )

    def clean_file(self) -> list[Line]:
        """Return the rows with their line numbers."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return lines_of(upload.read())


def lines_of(content: bytes) -> list[Line]:
    """Return the rows of a list with their line numbers. Raises ValidationError."""
    if len(content) > MOST_BYTES:
        raise forms.ValidationError(TOO_LARGE)
    try:
        lines = read_table(content)
    except NotATable as fault:
        raise forms.ValidationError(NO_TABLE[fault.reason]) from fault
    if len(lines) > MOST_ROWS + 1:
        raise forms.ValidationError(_("The list has more than 3,000 rows. Part it."))
    return lines
