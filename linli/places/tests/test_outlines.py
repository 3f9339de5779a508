"""A city loads its own outlines by page and program: checked first, all or none, and taken back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places import permits, queries, services
from linli.places.errors import Replaced
from linli.places.forms import geojson, outlines
from linli.places.ground import square_km
from linli.places.models import Outline, OutlineLoad, Place
from linli.places.models.covering import carry_ground
from linli.places.queries import locating
from linli.places.testing import NOON, make_town

pytestmark = pytest.mark.django_db
AT = "441900/441900005/"
LEAD = make_actor("town lead", permits.DRAW, at=AT)
OTHER = make_actor("lead of another town", permits.DRAW, at="441900/441900006/")
WEST, EAST = "441900005001", "441900005002"
SAID = {"source": "市自然资源局 2026", "valid_from": "2026-11-01"}


def box(west: float, east: float) -> dict[str, Any]:
    corners = [[west, 22.9], [east, 22.9], [east, 23.0], [west, 23.0], [west, 22.9]]
    return {"type": "Polygon", "coordinates": [corners]}


def features(**shapes: Any) -> list[dict[str, Any]]:
    return [
        {"type": "Feature", "properties": {"code": code.strip("_")}, "geometry": shape}
        for code, shape in shapes.items()
    ]


def sent(client: Client, *given: dict[str, Any], **more: Any) -> Any:
    body = json.dumps({"type": "FeatureCollection", "features": given}).encode()
    file = SimpleUploadedFile("outlines.geojson", body)
    data = {**SAID, "step": "check", "key": str(uuid4()), "file": file, **more}
    return client.post("/en/register/outlines/", data)


def sketched() -> Outline:
    make_town()
    return Outline.objects.create(
        place=Place.objects.get(code=WEST), geometry=box(113.7, 113.8), source="sketch"
    )


def loaded(**shapes: Any) -> OutlineLoad:
    return services.import_outlines(
        {code.strip("_"): shape for code, shape in shapes.items()}, source="local",
        valid_from=date(2026, 11, 1), actor=LEAD, now=NOON,
    )  # fmt: skip


def test_a_file_is_checked_first_and_only_then_taken() -> None:
    before, client = sketched(), client_of(LEAD)
    one, other = features(_441900005001=box(113.7, 113.9), _441900005002=box(113.85, 114))

    checked = sent(client, one, other)

    words = checked.content.decode()
    assert checked.status_code == 200 and "It covers ground of 441900005002" in words
    assert "(sketch)" in words and list(Outline.objects.all()) == [before]
    shapes = outlines.text_of_shapes({WEST: one["geometry"], EAST: other["geometry"]})
    taken = sent(client, step="take", shapes=shapes)
    assert taken.status_code == 303
    before.refresh_from_db()
    assert before.valid_to == date(2026, 11, 1)
    assert OutlineLoad.objects.get().outlines.count() == 2


@pytest.mark.parametrize(
    ("code", "shape"),
    [("441900999999", box(113, 114)), (WEST, {"type": "Point", "coordinates": [1, 2]}),
     (WEST, box(113.7, 913))],
)  # fmt: skip
def test_one_wrong_outline_is_named_and_nothing_is_taken(code: str, shape: Any) -> None:
    before, client = sketched(), client_of(LEAD)
    given = features(**{code: shape}, _441900005002=box(113.85, 114))

    page = sent(client, *given)
    body = {**SAID, "type": "FeatureCollection", "features": given}
    checked = post_json(client, "/api/v1/places/outlines/check", body)
    call = post_json(client, "/api/v1/places/outlines/load", body)

    assert "nothing of it can be taken" in page.content.decode()
    assert [bool(one["faults"]) for one in checked.json()["changes"]].count(True) == 1
    assert (checked.status_code, call.status_code) == (200, 422)
    assert list(Outline.objects.all()) == [before] and not OutlineLoad.objects.exists()


@pytest.mark.parametrize("code", [WEST, "441900999999"])
def test_outlines_of_a_day_too_far_ahead_are_refused_before_they_are_looked_at(code: str) -> None:
    before, client = sketched(), client_of(LEAD)
    given, later = features(**{code: box(113.7, 113.9)}), localdate() + timedelta(days=367)
    body = {**SAID, "valid_from": str(later), "type": "FeatureCollection", "features": given}

    page = sent(client, *given, valid_from=str(later))
    shapes = outlines.text_of_shapes({code: box(113.7, 113.9)})
    taken = sent(client, step="take", shapes=shapes, valid_from=str(later))
    checked = post_json(client, "/api/v1/places/outlines/check", body)
    call = post_json(client, "/api/v1/places/outlines/load", body)

    assert [one.status_code for one in (page, taken, checked, call)] == [422] * 4
    assert "At most a year ahead: until then places change." in page.content.decode()
    assert "valid_from" in checked.json()["fields"] and "valid_from" in call.json()["fields"]
    assert list(Outline.objects.all()) == [before] and not OutlineLoad.objects.exists()


@pytest.mark.parametrize(
    ("shape", "told"),
    [({"type": "Point", "coordinates": [1, 2]}, "图形不是面"),
     ({"type": "Polygon", "coordinates": [[[113, 22], [114, 22], [114, 23]]]}, "边线没有闭合"),
     (box(38462345.1, 38462945.1), "不是以度为单位的经度、纬度"),
     ({"type": "Polygon", "coordinates": [[[113, 22], [114, 23], [114, 22], [113, 23], [113, 22]]]},
      "边线在 113.500000, 22.500000 附近自己相交"),
     ({"type": "Polygon", "coordinates": []}, "没有围出面积"),
     (box(0.1, 0.2), "不在本市范围内")],
)  # fmt: skip
def test_what_is_wrong_with_an_outline_is_told_in_the_language_of_the_page(
    shape: Any, told: str
) -> None:
    before, client = sketched(), client_of(LEAD)
    Place.objects.update(lon=113.7, lat=22.9)
    body = json.dumps({"features": features(_441900005001=shape)}).encode()
    data = {**SAID, "step": "check", "key": str(uuid4())}
    file = SimpleUploadedFile("outlines.geojson", body)

    page = client.post("/zh-hans/register/outlines/", {**data, "file": file}).content.decode()

    assert told in page and WEST in page and 'value="take"' not in page
    assert list(Outline.objects.all()) == [before]


def test_another_size_altogether_is_taken_only_by_whoever_says_that_it_is_right() -> None:
    before, client = sketched(), client_of(LEAD)
    given = features(_441900005001=box(113.7, 114.2))
    body = {**SAID, "type": "FeatureCollection", "features": given}
    again = {"step": "take", "shapes": outlines.text_of_shapes({WEST: given[0]["geometry"]})}

    checked = post_json(client, "/api/v1/places/outlines/check", body).json()
    called = post_json(client, "/api/v1/places/outlines/load", body)
    page, unticked = sent(client, *given), sent(client, **again)

    assert checked["is_clean"] and checked["changes"][0]["is_odd"]
    assert called.status_code == 422 and "sure" in called.json()["fields"]
    assert 'name="sure"' in page.content.decode() and unticked.status_code == 422
    assert list(Outline.objects.all()) == [before] and not OutlineLoad.objects.exists()
    assert sent(client, **again, sure="on").status_code == 303


def test_surveyed_ground_that_moves_away_whole_is_odd_too() -> None:
    sketched()
    loaded(_441900005001=box(114.0, 114.1))
    given = features(_441900005001=box(114.3, 114.4))
    body = {**SAID, "valid_from": "2026-11-02", "type": "FeatureCollection", "features": given}

    refused = post_json(client_of(LEAD), "/api/v1/places/outlines/load", body)
    taken = post_json(client_of(LEAD), "/api/v1/places/outlines/load", {**body, "sure": True})

    assert (refused.status_code, taken.status_code) == (422, 201)


def test_a_slip_in_the_day_is_mended_beside_the_checked_file() -> None:
    sketched()
    client, later = client_of(LEAD), str(localdate() + timedelta(days=3000))

    page = sent(client, *features(_441900005001=box(113.7, 113.9)), valid_from=later)
    shapes = outlines.text_of_shapes({WEST: box(113.7, 113.9)})
    again = sent(client, step="again", shapes=shapes, valid_from=str(localdate()))
    taken = sent(client, step="take", shapes=shapes, valid_from=str(localdate()))

    told = page.content.decode()
    assert page.status_code == 422 and f'value="{later}"' in told and 'name="shapes"' in told
    assert again.status_code == 200 and "Load 1 outline" in again.content.decode()
    assert taken.status_code == 303 and OutlineLoad.objects.get().valid_from == localdate()


def ahead(days: int = 3, **shapes: Any) -> OutlineLoad:
    """Load outlines that begin on a later day."""
    return services.import_outlines(
        {code.strip("_"): shape for code, shape in shapes.items()}, source="next year",
        valid_from=localdate() + timedelta(days=days), actor=LEAD, now=timezone.now(),
    )  # fmt: skip


def located(lon: float, monkeypatch: pytest.MonkeyPatch, *, days: int = 0) -> str | None:
    """Return in which village a point lies on a day from today on."""
    monkeypatch.setattr(locating, "localdate", lambda: localdate() + timedelta(days=days))
    locating.look_again()
    return locating.locate(lon, 22.95)


def test_outlines_of_a_later_day_hold_from_it_on_and_until_then_those_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, client = sketched(), client_of(LEAD)
    later = localdate() + timedelta(days=3)
    shapes = outlines.text_of_shapes({WEST: box(113.7, 113.9)})

    checked = sent(client, *features(_441900005001=box(113.7, 113.9)), valid_from=str(later))
    taken = sent(client, step="take", shapes=shapes, valid_from=str(later))
    listed = client.get("/en/register/outlines/").content.decode()

    before.refresh_from_db()
    assert (checked.status_code, taken.status_code, before.valid_to) == (200, 303, later)
    assert "begins then" in listed
    assert queries.outline_of(WEST) == before.geometry
    assert [one.pk for one in queries.own_outline(before.place_id)] == [before.pk]
    assert located(113.85, monkeypatch) is None
    assert located(113.75, monkeypatch) == WEST
    assert located(113.85, monkeypatch, days=2) is None
    assert located(113.85, monkeypatch, days=3) == WEST


def test_what_was_loaded_ahead_stands_before_another_and_can_be_taken_back() -> None:
    before = sketched()
    load = ahead(_441900005001=box(113.7, 113.9))

    with pytest.raises(Invalid) as refused:  # what begins before it would end it unseen
        ahead(2, _441900005001=box(113.7, 113.81))
    services.withdraw_outlines(load, why="slip", actor=LEAD, now=timezone.now())
    before.refresh_from_db()
    again = ahead(2, _441900005001=box(113.7, 113.81))

    assert list(refused.value.fields) == [WEST]
    assert before.valid_to is None
    before.refresh_from_db()
    assert before.valid_to == again.valid_from


def test_a_village_that_ends_before_takes_what_was_loaded_for_a_later_day_along() -> None:
    before = sketched()
    load, today = ahead(_441900005001=box(113.7, 113.9)), localdate()
    Outline.objects.create(
        place=Place.objects.get(code=EAST), geometry=box(113.8, 113.9), source="sketch"
    )
    olds = list(Place.objects.filter(code__in=(WEST, EAST)).order_by("code"))

    carry_ground(olds, Place.objects.get(code=AT.split("/")[1]), today, today=today)

    before.refresh_from_db()
    never = load.outlines.get()
    made = Outline.objects.get(valid_from=today)
    assert before.valid_to == today and never.valid_to == never.valid_from
    assert square_km(made.geometry) == pytest.approx(square_km(box(113.7, 113.9)))
    with pytest.raises(Replaced):
        services.withdraw_outlines(load, why="gone", actor=LEAD, now=timezone.now())


def test_files_without_outlines_or_codes_are_refused_at_the_file() -> None:
    make_town()
    client = client_of(LEAD)
    uncoded, drawn = {"properties": {}, "geometry": box(113, 114)}, features(_1=box(113, 114))

    empty, second = sent(client), sent(client, *drawn, uncoded)
    bare = sent(client, {"properties": {"code": WEST}, "geometry": None})

    told = [one.content.decode() for one in (empty, second, bare)]
    assert {one.status_code for one in (empty, second, bare)} == {422}
    assert "The file has no outline." in told[0] and "Entry 2 of the file has no code" in told[1]
    assert f"Entry 1 of the file ({WEST}) has no outline" in told[2]


def test_a_file_that_is_no_geojson_too_large_or_doubled_is_refused_with_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_town()
    client = client_of(LEAD)
    one = features(_441900005001=box(113, 114))[0]

    doubled = sent(client, one, one)
    broken = sent(client, file=SimpleUploadedFile("x.geojson", b"PK"))
    monkeypatch.setattr(geojson, "MAX_BYTES", 10)
    large = sent(client, one)

    assert [answer.status_code for answer in (doubled, broken, large)] == [422, 422, 422]
    assert "stands twice" in doubled.content.decode()
    assert not Outline.objects.exists()


def test_places_of_others_are_named_in_the_check_and_refused() -> None:
    before = sketched()
    body = {**SAID, "type": "FeatureCollection", "features": features(_441900005001=box(113, 114))}

    checked = post_json(client_of(OTHER), "/api/v1/places/outlines/check", body).json()
    call = post_json(client_of(OTHER), "/api/v1/places/outlines/load", body)

    assert not checked["is_clean"] and checked["changes"][0]["faults"]
    assert call.status_code == 403 and list(Outline.objects.all()) == [before]


def test_what_was_loaded_is_taken_back_as_if_it_never_had_held() -> None:
    before = sketched()
    load = loaded(_441900005001=box(114.0, 114.1))
    locating.look_again()
    assert (queries.locate(113.75, 22.95), queries.locate(114.05, 22.95)) == (None, WEST)

    answer = post_json(
        client_of(LEAD), f"/api/v1/places/outlines/loads/{load.pk}/withdraw", {"why": "旧坐标系"}
    )

    locating.look_again()
    assert answer.status_code == 200 and answer.json()["why"] == "旧坐标系"
    assert (queries.locate(113.75, 22.95), queries.locate(114.05, 22.95)) == (WEST, None)
    assert Outline.objects.get(valid_to__isnull=True) == before
    assert loaded(_441900005001=box(114.0, 114.1)).count == 1


def test_nothing_is_taken_back_without_a_reason_by_others_or_under_a_later_outline() -> None:
    sketched()
    load = loaded(_441900005001=box(114.0, 114.1), _441900005002=box(114.2, 114.3))
    address = f"/en/register/outlines/{load.pk}/withdraw"

    unsaid = client_of(LEAD).post(address, {"why": " ", "key": str(uuid4())})
    unseen = client_of(OTHER).post(address, {"why": "x", "key": str(uuid4())})
    with pytest.raises(NotAllowed):
        services.withdraw_outlines(load, why="x", actor=OTHER, now=NOON)
    services.import_outlines(
        {EAST: box(114.2, 114.4)},
        source="later",
        valid_from=date(2026, 11, 2),
        actor=LEAD,
        now=NOON,
    )
    with pytest.raises(Replaced):
        services.withdraw_outlines(load, why="x", actor=LEAD, now=NOON)

    assert (unsaid.status_code, unseen.status_code) == (422, 404)
    assert f'href="#back-{load.pk}-why"' in unsaid.content.decode()
    assert Outline.objects.filter(load=load, valid_to__isnull=True).count() == 1
    load.refresh_from_db()
    assert load.withdrawn_at is None
