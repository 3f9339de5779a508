"""A list of items over the API: handed in without a trace, its rows told, taken or put away."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.kernel.testing import client_of, make_actor, post_json
from linli.offerings import permits
from linli.offerings.models import Item, ItemList
from linli.offerings.testing import make_publisher, make_writer
from linli.offerings.tests.test_handed_items import WRONG, other, sheet
from linli.offerings.tests.test_item_sheets import GOOD
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
LISTS = "/api/v1/item-lists/"


def send(client: Client, place: str, content: bytes) -> Any:
    file = SimpleUploadedFile("清单.xlsx", content)
    return client.post(LISTS, {"place": place, "file": file}, headers={"Idempotency-Key": str(uuid4())})  # fmt: skip


def test_a_list_is_handed_in_its_refused_rows_are_read_and_the_good_ones_are_queued() -> None:
    place = make_village()
    client = client_of(make_writer(place))

    made = send(client, place.code, sheet(GOOD, WRONG, other("fine-one")))
    told = made.json()
    one = f"{LISTS}{told['code']}/"
    refused = client.get(one, {"fate": "refused"}).json()["rows"]
    first = client.get(one, {"limit": 2}).json()["rows"]
    rest = client.get(one, {"limit": 2, "cursor": first["next"]}).json()["rows"]

    assert made.status_code == 201 and not Item.objects.exists()
    assert (told["counts"], told["is_dry"], told["state"]) == (
        {"refused": 1, "made": 2}, True, "checked",
    )  # fmt: skip
    assert [(row["line"], row["key"]) for row in refused["items"]] == [(3, "Bad Key")]
    assert refused["items"][0]["reasons"][0]["message"]
    assert [row["key"] for row in [*first["items"], *rest["items"]]] == [
        GOOD[0], "Bad Key", "fine-one",
    ]  # fmt: skip
    taken = post_json(client, f"{one}take").json()
    assert (taken["state"], bool(taken["job"])) == ("running", True)
    assert client.get(LISTS).json()["items"][0]["code"] == told["code"]
    assert post_json(client, f"{one}drop").status_code == 409


def test_who_writes_no_items_there_hands_in_reads_and_moves_nothing() -> None:
    place = make_village()
    writer = client_of(make_writer(place))
    code = send(writer, place.code, sheet(GOOD)).json()["code"]
    elsewhere = client_of(make_actor("other", permits.WRITE_ITEMS, at="441900/441900006/"))

    assert send(client_of(make_publisher(place)), place.code, sheet(GOOD)).status_code == 403
    assert send(elsewhere, place.code, sheet(GOOD)).status_code in (403, 422)
    assert elsewhere.get(f"{LISTS}{code}/").status_code == 404
    assert post_json(elsewhere, f"{LISTS}{code}/drop").status_code == 404
    assert (
        send(writer, place.code, b"%PDF-1.7").status_code,
        writer.get(f"{LISTS}{code}/?fate=x").status_code,
        post_json(writer, f"{LISTS}{code}/burn").status_code,
    ) == (422, 422, 422)

    assert list(ItemList.objects.values_list("code", "state")) == [(code, "checked")]
