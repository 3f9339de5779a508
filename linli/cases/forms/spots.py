"""What staff types to give lamp posts, lifts and doors a printed code."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.cases.services.spots import NewSpot
from linli.ui.forms import Form

MOST_NAME = 80
_POINT = re.compile(r"[,，][^,，]*[,，][^,，]*$")


class SpotsForm(Form):
    """Spots of a place, one a line: what stands on the code, and where it is if that is known."""

    for_staff = True
    demands = ("cases.spots",)

    place = forms.ChoiceField(label=_("In which village or community?"))
    spots = forms.CharField(
        label=_("Which spots?"),
        help_text=_(
            "One a line: the name, and after commas longitude and latitude (WGS-84) if you know "
            "them. For example: Lamp 12, Rongshu lane, 113.746, 23.046"
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_spots(self) -> list[NewSpot]:
        """Return the lines as spots; a line that cannot be read is named."""
        lines = [line.strip() for line in self.cleaned_data["spots"].splitlines()]
        return [self._spot(at, line) for at, line in enumerate(lines, start=1) if line]

    def _spot(self, at: int, line: str) -> NewSpot:
        cells = [cell.strip() for cell in line.replace("，", ",").split(",")]
        point = _point(cells[-2:]) if len(cells) > 2 else None
        title = (_POINT.sub("", line) if point else line).strip()
        if not title or len(title) > MOST_NAME:
            words = _now("Line %(line)s: a name has 1 to %(most)s signs.")
            raise forms.ValidationError(words % {"line": at, "most": MOST_NAME})
        return NewSpot(title, point=point)


def _point(cells: list[str]) -> tuple[float, float] | None:
    try:
        lon, lat = (float(cell) for cell in cells)
    except ValueError:
        return None
    return lon, lat


def given(form: SpotsForm) -> tuple[str, list[NewSpot]]:
    """Return the place and its new spots."""
    said: dict[str, Any] = form.cleaned_data
    return said["place"], said["spots"]
