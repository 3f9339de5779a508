"""Collections of features as files: whatever stands in them, a clerk is told what they should be."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.places.forms.cells import CellsForm
from linli.places.forms.outlines import OutlinesForm
from linli.ui.forms import Form

NESTED = b'{"features": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize("form", [OutlinesForm, CellsForm])
@pytest.mark.parametrize("content", [NESTED, b"{", b'{"features": 7}', b'{"features": [7]}'])
def test_what_is_no_collection_is_refused_at_the_file(form: type[Form], content: bytes) -> None:
    said = {"source": "x", "layer": "unit", "valid_from": "2026-11-01"}

    told = form(said, {"file": SimpleUploadedFile("x.geojson", content)}).errors

    assert list(told) == ["file"] and "GeoJSON" in told["file"][0]
