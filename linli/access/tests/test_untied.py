"""Holders without an account as a list: narrowed to a place, in pages, as a file."""

from __future__ import annotations

import pytest

from linli.access.models import Account
from linli.access.tests.test_holders import elected, lead
from linli.access.views import untied
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
__all__ = ["lead"]
WHERE = "/en/access/holders/"


def test_the_list_is_narrowed_paged_and_had_as_a_file(
    lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_village()
    elected()
    Account.objects.filter(username="passing").update(username="passed")
    elected(holder_name="叶少芬")
    client = client_of(lead)

    shown = client.get(WHERE).content.decode()
    other = client.get(f"{WHERE}?place=441900006").content.decode()
    file = client.get(f"{WHERE}?place=441900005001&format=csv").content.decode("utf-8-sig")
    monkeypatch.setattr(untied, "PAGE", 1)
    first = client.get(WHERE).content.decode()

    assert "何伟明" in shown and "叶少芬" in shown and "cursor=" in first
    assert "何伟明" not in other and "Everybody has an account" in other
    assert [line.split(",")[0] for line in file.splitlines() if line][1:] == ["何伟明", "叶少芬"]
    told = client.get("/api/v1/access/holders/?place=441900006").json()
    assert told["items"] == [] and client.get("/api/v1/access/holders/").json()["count"] == 2


def test_only_who_records_holders_opens_it() -> None:
    assert client_of(make_actor("x")).get(WHERE).status_code == 403
