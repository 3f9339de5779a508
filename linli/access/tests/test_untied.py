"""Holders without an account as a list: narrowed to a place, in pages, as a file."""

from __future__ import annotations

import pytest
from django.utils import timezone

from linli.access.models import Account, GivenRight
from linli.access.testing import make_account, make_holding, make_post, make_right
from linli.access.tests.test_holders import elected, lead
from linli.access.views import untied
from linli.kernel.permits import Actor
from linli.kernel.testing import OTHER_TOWN, TOWN, client_of, make_actor
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
    assert "何伟明" not in other and "Nobody waits at your places" in other
    assert "the heads of the places right below" in other
    assert [line.split(",")[0] for line in file.splitlines() if line][1:] == ["何伟明", "叶少芬"]
    told = client.get("/api/v1/access/holders/?place=441900006").json()
    assert told["items"] == [] and client.get("/api/v1/access/holders/").json()["count"] == 2


def test_what_a_post_gives_counts_and_not_what_others_of_its_kind_have_elsewhere(
    lead: Actor,
) -> None:
    member = make_post("special_member", path=TOWN)
    far = make_right("town_lead", path=OTHER_TOWN, post_kind="special_member")
    holding = make_holding(member, make_account("passing"))
    type(holding).objects.filter(pk=holding.pk).update(account_id=None)

    def listed() -> list[int]:
        items = client_of(lead).get("/api/v1/access/holders/").json()["items"]
        return [one["holding"] for one in items]

    assert listed() == []
    own = make_right("town_lead", path=TOWN, post_id=member.pk)
    assert listed() == [holding.pk]
    GivenRight.objects.filter(pk=own.pk).update(revoked_at=timezone.now())
    assert listed() == []
    GivenRight.objects.filter(pk=far.pk).update(path="441900/")
    assert listed() == [holding.pk]


def test_only_who_records_holders_opens_it() -> None:
    assert client_of(make_actor("x")).get(WHERE).status_code == 403
