"""A city loads its own outlines by page and program: checked first, all or none, and taken back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate

from linli.kernel.errors import NotAllowed
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places import permits, queries, services
from linli.places.errors import Replaced
from linli.places.forms import outlines
from linli.places.models import Outline, OutlineLoad, Place
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
def test_outlines_of_a_later_day_are_refused_before_they_are_looked_at(code: str) -> None:
    before, client = sketched(), client_of(LEAD)
    given, later = features(**{code: box(113.7, 113.9)}), localdate() + timedelta(days=3)
    body = {**SAID, "valid_from": str(later), "type": "FeatureCollection", "features": given}

    page = sent(client, *given, valid_from=str(later))
    shapes = outlines.text_of_shapes({code: box(113.7, 113.9)})
    taken = sent(client, step="take", shapes=shapes, valid_from=str(later))
    checked = post_json(client, "/api/v1/places/outlines/check", body)
    call = post_json(client, "/api/v1/places/outlines/load", body)

    assert [one.status_code for one in (page, taken, checked, call)] == [422] * 4
    assert "Outlines of a later day are loaded on that day." in page.content.decode()
    assert "valid_from" in checked.json()["fields"] and "valid_from" in call.json()["fields"]
    assert list(Outline.objects.all()) == [before] and not OutlineLoad.objects.exists()


def test_a_file_that_is_no_geojson_too_large_or_doubled_is_refused_with_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_town()
    client = client_of(LEAD)
    one = features(_441900005001=box(113, 114))[0]

    doubled = sent(client, one, one)
    broken = sent(client, file=SimpleUploadedFile("x.geojson", b"PK"))
    monkeypatch.setattr(outlines, "MAX_BYTES", 10)
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
    assert Outline.objects.filter(load=load, valid_to__isnull=True).count() == 1
    load.refresh_from_db()
    assert load.withdrawn_at is None
