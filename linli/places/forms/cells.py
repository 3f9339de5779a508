"""Cells of a village as a file: GeoJSON, or a table whose shapes are written as WKT."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.tables import NotATable, read_table
from linli.kernel.wholes import whole_number
from linli.places.forms import geojson
from linli.places.ground import geometry_of_text
from linli.ui.forms import DateText, Form

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
        content = geojson.content_of(self.cleaned_data["file"])
        if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
            return geojson.in_file(content, _cells, NO_GEOJSON)
        return _rows(content)


def read_features(features: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cells of a FeatureCollection that a program sends. Refuses with Invalid."""
    return geojson.sent(features, _cells, NO_GEOJSON)


def _cells(features: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_feature(one) for one in features]


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
