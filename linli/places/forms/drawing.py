"""A cell as it is drawn: its code and name, from which day on, and its corners."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.places.ground import shape_fault
from linli.places.rules.corners import LEAST, MOST, NoCorner, ground_of, is_line, rings_of
from linli.places.services.cells import MOST_HOUSEHOLDS
from linli.places.types import CellShape
from linli.ui.forms import DateText, Form

SEE_FIRST = _(
    "Something is wrong with this cell. Check it, and save it all the same if it is meant so."
)
WHERE = re.compile(r"\[([-0-9.]+) ([-0-9.]+)\]")


class DrawForm(Form):
    """One cell; the map writes the corners, and without a script they are typed."""

    for_staff = True
    demands = ("places.cell", "places.cell_size")
    not_counted = {"version": "the version of the cell that is changed"}
    enters = {"name": "places.cell.name"}

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(label=_("Which code?"), max_length=24)
    name = forms.CharField(label=_("What is the cell called?"), max_length=60)
    households = forms.IntegerField(
        label=_("How many households?"), help_text=_("Empty if nobody counted."), required=False,
        min_value=0, max_value=MOST_HOUSEHOLDS,
    )  # fmt: skip
    valid_from = DateText(label=_("In force from"), lean=Lean.PAST)
    corners = forms.CharField(
        label=_("Corner points"),
        help_text=_("Longitude and latitude (WGS-84) of one corner a line, in order around the cell, like 113.751200, 22.950300. A line --- begins another part: inside the first it is a hole, beside it an island."),
        widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000,
    )  # fmt: skip
    why = forms.CharField(
        label=_("Why is it drawn again for this day?"), required=False, max_length=200,
        help_text=_("Only if it was drawn for the same day before: the new one takes its place, and why is kept."),
    )  # fmt: skip
    is_seen = forms.BooleanField(
        label=_("I have seen what is wrong; save it all the same"), required=False
    )

    def clean_corners(self) -> dict[str, Any]:
        """Return the area of the corners."""
        try:
            rings = rings_of(self.cleaned_data["corners"])
        except NoCorner as fault:
            raise forms.ValidationError(_told(fault.line)) from fault
        if any(map(is_line, rings)):
            raise forms.ValidationError(gettext("These corners enclose no ground."))
        geometry = ground_of(rings)
        wrong = shape_fault(geometry)
        if wrong:
            raise forms.ValidationError(_crossing(wrong))
        return geometry

    @property
    def shape(self) -> CellShape:
        """What was drawn, as the service takes it."""
        said = self.cleaned_data
        return CellShape(
            said["code"].strip(),
            said["name"].strip(),
            said["corners"],
            said["households"],
            said["why"],
        )


def _told(line: int) -> str:
    if line:
        words = gettext("Line %(line)s is no corner. Write it like 113.751200, 22.950300.")
        return words % {"line": line}
    return gettext("Give %(least)s to %(most)s corners.") % {"least": LEAST, "most": MOST}


def _crossing(wrong: str) -> str:
    where = WHERE.search(wrong)
    if where is None:
        return gettext("These corners enclose no ground.")
    words = gettext("The border crosses itself near %(lon)s, %(lat)s. Put the corners in order.")
    lon, lat = (f"{float(part):.6f}" for part in where.groups())
    return words % {"lon": lon, "lat": lat}
