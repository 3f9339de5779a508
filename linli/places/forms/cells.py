"""Cells of a village as a file: GeoJSON, or a table whose shapes are written as WKT."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid
from linli.kernel.tables import NotATable, read_table
from linli.kernel.wholes import whole_number
from linli.places.ground import geometry_of_text
from linli.ui.forms import DateText, Form

MAX_BYTES = 2_000_000
COLUMNS = ("code", "name", "shape")
NO_GEOJSON = _("This is not a GeoJSON FeatureCollection with code and name.")
NO_TABLE = _("The first row must name the columns code, name, shape and, if known, households.")


class CellsForm(Form):
    """Cells of a village from a GeoJSON file or a table."""

    for_staff = True
    demands = ("places.cells",)

    layer = forms.SlugField(widget=forms.HiddenInput)
    valid_from = DateText(label=_("In force from"))
    file = forms.FileField(
        label=_("GeoJSON file or table"),
        help_text=_(
            "A FeatureCollection whose features have code and name and may have households; or csv or xlsx with the columns code, name, households and shape (WKT, such as POLYGON ((113.7 23.0, …)))."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".geojson,.json,.csv,.xlsx,application/geo+json"}
        ),
    )

    def clean_file(self) -> list[dict[str, Any]]:
        """Return the cells with code, name, geometry and households."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        content = upload.read()
        if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
            return _features(content)
        return _rows(content)


def _features(content: bytes) -> list[dict[str, Any]]:
    try:
        return [_feature(one) for one in json.loads(content.decode("utf-8-sig"))["features"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise forms.ValidationError(NO_GEOJSON) from error


def read_features(features: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cells of a FeatureCollection that a program sends. Refuses with Invalid."""
    try:
        return [_feature(one) for one in features]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid({"features": [str(NO_GEOJSON)]}) from error
    except forms.ValidationError as error:
        raise Invalid({"features": list(error.messages)}) from error


def _feature(feature: dict[str, Any]) -> dict[str, Any]:
    words = feature["properties"]
    households = words.get("households")
    return _cell(words["code"], words["name"], dict(feature["geometry"]), households)


def _rows(content: bytes) -> list[dict[str, Any]]:
    try:
        lines = read_table(content)
    except NotATable as fault:
        raise forms.ValidationError(NO_GEOJSON) from fault
    heads = [cell.strip().lower() for cell in lines[0][1]]
    if not set(COLUMNS) <= set(heads):
        raise forms.ValidationError(NO_TABLE)
    found = []
    for number, cells in lines[1:]:
        row = dict(zip(heads, cells, strict=False))
        geometry = geometry_of_text(row.get("shape", ""))
        if geometry is None:
            words = _("Line %(line)s: the shape cannot be read as WKT.")
            raise forms.ValidationError(words, params={"line": number})
        found.append(
            _cell(row["code"], row["name"], geometry, row.get("households", "").strip() or None)
        )
    return found


def _cell(code: Any, name: Any, geometry: dict[str, Any], households: Any) -> dict[str, Any]:
    counted = None if households is None else whole_number(str(households))
    if households is not None and counted is None:
        words = _("%(code)s: the households are no whole number.")
        raise forms.ValidationError(words, params={"code": str(code)[:24]})
    return {
        "code": str(code).strip()[:24],
        "name": str(name).strip()[:60],
        "geometry": geometry,
        "households": counted,
    }
