"""Outlines of places as a GeoJSON file: handed in, checked, sent again to be taken, taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.places.forms import geojson
from linli.places.queries.outline_faults import latest_day
from linli.ui.forms import DateText, Form

MOST_OUTLINES = 1000
NO_OUTLINES = _("This is not a GeoJSON FeatureCollection whose features have the code of a place.")
TOO_FAR = _("At most a year ahead: until then places change.")
NO_FEATURES = _("The file has no outline.")
NO_CODE = _("Entry %(number)s of the file has no code of a place (property code).")
NO_AREA = _("Entry %(number)s of the file (%(code)s) has no outline (geometry).")
TWICE = _("%(code)s stands twice in the file.")
TOO_MANY = _("At most %(most)s outlines at once. Load them town by town.")


class OutlinesForm(Form):
    """Outlines of places from a GeoJSON file."""

    for_staff = True
    demands = ("places.outlines",)

    source = forms.CharField(
        label=_("Where do the outlines come from?"), max_length=200,
        help_text=_("Office, name and year; shown on every map."),
    )  # fmt: skip
    valid_from = DateText(
        label=_("In force from"),
        lean=Lean.NEAREST,
        help_text=_("Also a later day: until then those of today hold."),
    )
    file = forms.FileField(
        label=_("GeoJSON file"),
        help_text=_(
            "A FeatureCollection in WGS-84; each feature has the code of its place. At most 2 MB: load a large city town by town, or with linli import outlines."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".geojson,.json,application/geo+json"}
        ),
    )  # fmt: skip

    def clean_valid_from(self) -> date:
        """Refuse a day too far ahead."""
        day: date = self.cleaned_data["valid_from"]
        if day > latest_day(localdate()):
            raise forms.ValidationError(TOO_FAR)
        return day

    def clean_file(self) -> dict[str, Any]:
        """Return the shapes by the code of their place."""
        return shapes_of_text(geojson.content_of(self.cleaned_data["file"]))


class TakeOutlinesForm(OutlinesForm):
    """What was checked, sent again with the page to be taken."""

    file = None  # type: ignore[assignment]
    shapes = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("I have looked at what is marked below: size and ground are right"), required=False
    )

    def clean_shapes(self) -> dict[str, Any]:
        """Return the shapes by the code of their place."""
        return shapes_of_text(self.cleaned_data["shapes"].encode())


class WithdrawForm(Form):
    """Why outlines are taken back."""

    for_staff = True
    demands = ("places.outlines",)

    why = forms.CharField(label=_("Why are they taken back?"), max_length=200)


def shapes_of_text(content: bytes) -> dict[str, Any]:
    """Return the shapes of a file by code. Refuses with ValidationError."""
    return geojson.in_file(content, _shapes, NO_OUTLINES)


def read_outlines(features: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the shapes of features that a program sends. Refuses with Invalid."""
    return geojson.sent(features, _shapes, NO_OUTLINES)


def text_of_shapes(shapes: Mapping[str, Any]) -> str:
    """Return shapes as they are sent again, without a space."""
    features = [
        {"properties": {"code": code}, "geometry": geometry} for code, geometry in shapes.items()
    ]
    return json.dumps({"features": features}, separators=(",", ":"))


def _shapes(features: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, feature in enumerate(features, 1):
        code = str((feature.get("properties") or {}).get("code") or "").strip()[:24]
        geometry = feature.get("geometry")
        if not code:
            raise forms.ValidationError(NO_CODE, params={"number": number})
        if not isinstance(geometry, dict):
            raise forms.ValidationError(NO_AREA, params={"number": number, "code": code})
        if code in found:
            raise forms.ValidationError(TWICE, params={"code": code})
        found[code] = geometry
    if not found:
        raise forms.ValidationError(NO_FEATURES)
    if len(found) > MOST_OUTLINES:
        raise forms.ValidationError(TOO_MANY, params={"most": MOST_OUTLINES})
    return found
