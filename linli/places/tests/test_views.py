"""Pages of the register of places."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.kernel.testing import client_of, make_actor
from linli.places import permits, services
from linli.places.models import Cell, Place, PlaceChange, PlaceDecision
from linli.places.testing import NOON, make_town, make_village

pytestmark = pytest.mark.django_db
ALL = (permits.CHANGE, permits.DECIDE, permits.DRAW)
LEAD = make_actor("city lead", *ALL, at="441900/")
CLERK = make_actor("clerk of the village", *ALL, at="441900/441900005/441900005001/")
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[113, 22], [113.1, 22], [113.1, 22.1], [113, 22.1], [113, 22]]],
}
RULING = {"document": "示民〔2026〕3号", "decided_on": "20261101", "valid_from": "2026-11-02"}
DECREE = {"document": "示民〔2026〕1号", "effective_on": "20261101", "reason": ""}


def post(client: Client, address: str, **data):
    return client.post(f"/zh-hans/register/places/{address}", {"key": str(uuid4()), **data})


def test_the_list_filters_and_exports() -> None:
    make_town(villages=3)
    client = client_of(LEAD)

    shown = client.get("/zh-hans/register/places/?level=village&word=441900005002").content.decode()
    file = client.get("/zh-hans/register/places/?level=village&format=csv")

    assert "441900005002" in shown
    assert "441900005001" not in shown
    assert file.content.decode("utf-8-sig").count("\r\n") == 4


def test_a_town_decides_what_a_village_counts_as_and_the_village_does_not() -> None:
    make_village()
    said = {"value": "urban", **RULING}

    refused = post(client_of(CLERK), "441900005001/decide/settlement", **said)
    done = post(client_of(LEAD), "441900005001/decide/settlement", **said)

    assert (refused.status_code, done.status_code) == (403, 303)
    assert PlaceDecision.objects.get().valid_from == date(2026, 11, 2)


def test_a_rename_from_the_form_and_what_was_typed_stays_when_it_is_stale() -> None:
    make_town()
    names = {"name": "和顺村村民委员会", "short_name": "和顺村", "name_en": "Heshun Village"}
    client = client_of(LEAD)

    done = post(client, "441900005001/rename/", version=1, **names, **DECREE)
    stale = post(client, "441900005001/rename/", version=1, **{**names, "name": "另一村"}, **DECREE)

    assert (done.status_code, stale.status_code) == (303, 422)
    assert Place.objects.get(code="441900005001").name == "和顺村村民委员会"
    assert "另一村" in stale.content.decode()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("move", {"under": "441900999"}),
        ("move", {"under": "441900005001"}),
        ("split", {"parts": "441900005901 | only one"}),
        ("merge", {"code": "441900005900", "name": "x", "short_name": "x", "name_en": "x"}),
    ],
)
def test_a_change_that_cannot_be_is_told_on_the_form_and_changes_nothing(kind, said) -> None:
    make_town()

    answer = post(client_of(LEAD), f"441900005001/{kind}/", version=1, **said, **DECREE)

    assert answer.status_code == 422
    assert not PlaceChange.objects.exists()


def test_cells_come_from_a_file_all_or_none() -> None:
    make_village()
    services.make_layer(
        "unit", name="单元网格", name_en="Unit cells", may_overlap=False, actor=LEAD, now=NOON
    )
    good = {"properties": {"code": "c1", "name": "一"}, "geometry": SQUARE}
    bad = {
        "properties": {"code": "c2", "name": "二"},
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }
    client = client_of(LEAD)

    def send(*features):
        body = json.dumps({"type": "FeatureCollection", "features": features}).encode()
        return post(
            client, "441900005001/cells/import", layer="unit", valid_from="20261101",
            file=SimpleUploadedFile("cells.geojson", body),
        )  # fmt: skip

    assert send(good, bad).status_code == 422
    assert Cell.objects.count() == 0
    assert send(good).status_code == 303
    assert Cell.objects.count() == 1


@pytest.mark.parametrize("file", [b"", b"{}", b"PK\x03\x04", b'{"features": [1]}'])
def test_a_file_that_is_no_geojson_is_refused_with_words(file: bytes) -> None:
    make_village()
    services.make_layer(
        "unit", name="单元网格", name_en="Unit cells", may_overlap=False, actor=LEAD, now=NOON
    )

    answer = post(
        client_of(LEAD), "441900005001/cells/import", layer="unit", valid_from="20261101",
        file=SimpleUploadedFile("cells.geojson", file),
    )  # fmt: skip

    assert answer.status_code == 422
    assert not Cell.objects.exists()


@pytest.mark.parametrize("address", ["", "441900005001/", "441900005001/cells/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_open_in_both_languages(address: str, language: str) -> None:
    make_village()

    assert client_of(LEAD).get(f"/{language}/register/places/{address}").status_code == 200
