"""Pages of the register of places."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.kernel.errors import Invalid
from linli.kernel.testing import client_of, make_actor
from linli.places import permits, services
from linli.places.models import Cell, Place, PlaceChange, PlaceDecision
from linli.places.services.decisions import Ruling
from linli.places.testing import NOON, make_group, make_town, make_village
from linli.places.types import CellShape, Settlement
from linli.ui import downloads

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


def make_cell(village: Place) -> Cell:
    """Make a layer with one cell that covers SQUARE."""
    layer = services.make_layer(
        "social",
        name="社会服务网格",
        name_en="Social cells",
        may_overlap=False,
        actor=LEAD,
        now=NOON,
    )
    shape = CellShape("c1", "一", SQUARE)
    return services.draw_cell(
        layer, village, shape, valid_from=date(2026, 10, 1), actor=LEAD, now=NOON
    )


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


def test_who_comes_second_reads_what_was_saved_and_saves_on_purpose() -> None:
    make_town()
    names = {"name": "和顺村村民委员会", "short_name": "和顺村", "name_en": "Heshun Village"}
    other = {**names, "name": "另一村"}
    client = client_of(LEAD)
    post(client, "441900005001/rename/", version=1, **names, **DECREE)

    stale = post(client, "441900005001/rename/", version=1, **other, **DECREE)
    page = stale.content.decode()
    again = post(client, "441900005001/rename/", version=2, **other, **DECREE)

    assert "别人刚保存的内容" in page
    assert "和顺村村民委员会" in page
    assert 'name="version" value="2"' in page
    assert again.status_code == 303
    assert Place.objects.get(code="441900005001").name == "另一村"


@pytest.mark.parametrize("kind", ["rename", "move", "merge", "split"])
@pytest.mark.parametrize("version", [{}, {"version": ""}, {"version": "²"}])
def test_a_change_without_its_version_is_not_taken(kind: str, version: dict[str, str]) -> None:
    make_town("441900006")
    make_town()
    said = {
        "name": "村", "short_name": "村", "name_en": "V", "under": "441900006",
        "code": "441900005900", "others": "441900005002",
        "parts": "441900005901|东|东|E|1\n441900005902|西|西|W|1",
    }  # fmt: skip

    answer = post(client_of(LEAD), f"441900005001/{kind}/", **version, **said, **DECREE)

    assert answer.status_code == 422
    assert not PlaceChange.objects.exists()


def test_a_cell_is_not_closed_without_its_version() -> None:
    cell = make_cell(make_village())

    missing = post(client_of(LEAD), f"441900005001/cells/{cell.pk}/close")
    odd = post(client_of(LEAD), f"441900005001/cells/{cell.pk}/close", version="²")

    assert (missing.status_code, odd.status_code) == (422, 422)
    assert Cell.objects.get().valid_to is None


@pytest.mark.parametrize("weight", ["0", "²", "①", "9" * 5000, "-1", "1.5", ""])
def test_a_weight_that_is_no_whole_number_is_told(weight: str) -> None:
    make_town()
    parts = f"441900005901|东|东|E|1\n441900005902|西|西|W|{weight}"

    answer = post(client_of(LEAD), "441900005001/split/", version=1, parts=parts, **DECREE)

    assert answer.status_code == 422
    assert not PlaceChange.objects.exists()


def test_the_groups_of_a_split_village_are_given_out_on_the_form() -> None:
    make_town()
    group = make_group(Place.objects.get(code="441900005001"))
    parts = "441900005901|东村|东|East|1\n441900005902|西村|西|West|2"
    client = client_of(LEAD)

    asked = client.get("/zh-hans/register/places/441900005001/split/").content.decode()
    said = {"version": 1, "parts": parts, **DECREE}
    untold = post(client, "441900005001/split/", **said)
    wrong = post(client, "441900005001/split/", **said, **{f"child_{group.code}": "3"})
    done = post(client, "441900005001/split/", **said, **{f"child_{group.code}": "2"})

    assert f"child_{group.code}" in asked
    assert (untold.status_code, wrong.status_code, done.status_code) == (422, 422, 303)
    group.refresh_from_db()
    assert group.parent is not None
    assert group.parent.code == "441900005902"


def test_an_ended_place_names_what_followed_and_takes_nothing_new() -> None:
    make_town()
    parts = "441900005901|东村|东村|East|1\n441900005902|西村|西村|West|2"
    client = client_of(LEAD)
    post(client, "441900005001/split/", version=1, parts=parts, **DECREE)

    page = client.get("/zh-hans/register/places/441900005001/").content.decode()
    cells = client.get("/zh-hans/register/places/441900005001/cells/").content.decode()
    public = client.get("/zh-hans/places/441900005001/").content.decode()

    for shown in (page, cells, public):
        assert "已于2026年11月1日撤销" in shown
        assert "441900005901" in shown
        assert "441900005902" in shown
    for address in ("rename/", "split/", "decide/settlement"):
        refused = post(client, f"441900005001/{address}", version=2, **{**DECREE, **RULING})
        assert refused.status_code == 409
    body = json.dumps(
        {"features": [{"properties": {"code": "c", "name": "c"}, "geometry": SQUARE}]}
    )
    file = SimpleUploadedFile("cells.geojson", body.encode())
    said = {"layer": "social", "valid_from": "20261101", "file": file}
    make_cell(Place.objects.get(code="441900005002"))
    assert post(client, "441900005001/cells/import", **said).status_code == 409


@pytest.mark.parametrize(
    ("day", "field"), [("2026-11-25", "decided_on"), ("2026-08-31", "valid_from")]
)
def test_a_decision_has_a_day_that_can_be(day: str, field: str) -> None:
    village = make_village()
    Place.objects.filter(pk=village.pk).update(valid_from=date(2026, 9, 1))
    ruling = Ruling("文", **{"decided_on": NOON.date(), "valid_from": NOON.date()} | {
        field: date.fromisoformat(day)
    })  # fmt: skip

    with pytest.raises(Invalid) as refusal:
        services.decide_settlement(village, Settlement.URBAN, ruling=ruling, actor=LEAD, now=NOON)

    assert set(refusal.value.fields) == {field}


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
        "social",
        name="社会服务网格",
        name_en="Social cells",
        may_overlap=False,
        actor=LEAD,
        now=NOON,
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
            client, "441900005001/cells/import", layer="social", valid_from="20261101",
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
        "social",
        name="社会服务网格",
        name_en="Social cells",
        may_overlap=False,
        actor=LEAD,
        now=NOON,
    )

    answer = post(
        client_of(LEAD), "441900005001/cells/import", layer="social", valid_from="20261101",
        file=SimpleUploadedFile("cells.geojson", file),
    )  # fmt: skip

    assert answer.status_code == 422
    assert not Cell.objects.exists()


@pytest.mark.parametrize("address", ["", "441900005001/", "441900005001/cells/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_open_in_both_languages(address: str, language: str) -> None:
    make_village()

    assert client_of(LEAD).get(f"/{language}/register/places/{address}").status_code == 200


def test_a_list_that_is_too_long_says_how_long_and_is_not_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_town(villages=2)
    client = Client()
    whole = client.get("/en/register/places/?level=village&format=csv").content.decode()
    monkeypatch.setattr(downloads, "AT_ONCE", 1)

    told = client.get("/en/register/places/?level=village&format=csv").content.decode()

    assert whole.strip().count("\n") == 2
    assert "has 2 rows" in told and "?level=village" in told and "441900005001" not in told
