"""What is typed when words are released or withheld."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.frame import area
from linli.cases.rules.blackening import COLUMNS, ROWS, field_name
from linli.ui.forms import Form

FIELDS = [
    (field_name(row, column), field_name(row, column))
    for row in range(ROWS)
    for column in range(COLUMNS)
]


def why_not_shown() -> forms.CharField:
    """Return the field that says why something is kept from everybody."""
    return area(
        _("Why it is not shown"), rows=2, required=False, most=500,
        help_text=_("Only if you do not release it. The writer reads this."),
    )  # fmt: skip


class PhotoForm(Form):
    """The fields of a photo that turn black; the reason if it is not shown."""

    for_staff = True
    demands = ("cases.release",)
    not_counted = {
        "photo": "the photo that is decided on", "black": "fields of the photo, by a press each",
    }  # fmt: skip

    photo = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    black = forms.MultipleChoiceField(
        label=_("Which fields turn black?"), choices=FIELDS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reason = why_not_shown()

    @property
    def is_black(self) -> set[str]:
        """The fields that are ticked, as they were sent."""
        return set(self["black"].value() or ())


class ReleaseForm(Form):
    """Pieces to black out, one a line; the reason if nothing is shown."""

    for_staff = True
    demands = ("cases.release",)
    not_counted = {"seq": "the step whose words are decided on"}

    seq = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    hidden = area(
        _("What is blacked out, one a line"), rows=3, required=False, most=2000,
        help_text=_("Names, numbers, doors, plates. Each place where it stands turns black."),
    )  # fmt: skip
    reason = why_not_shown()

    def pieces(self) -> list[str]:
        """Return what is to be blacked out, one piece a line."""
        lines = self.cleaned_data.get("hidden", "").splitlines()
        return [line.strip() for line in lines if line.strip()]
