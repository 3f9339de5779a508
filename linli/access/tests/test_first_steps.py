"""Whoever set a new city up finds on her desk what to do first, until it is done."""

from __future__ import annotations

import pytest
from django.utils import timezone

from linli.access.desk import ENTRIES
from linli.access.models import Account, GivenRight
from linli.access.queries.rights import first_steps
from linli.access.testing import actor_for, make_account, make_post, make_right
from linli.kernel.testing import client_of
from linli.places.models import Place
from linli.places.testing import make_town

pytestmark = pytest.mark.django_db
CITY = "441900/"
DESK = "/zh-hans/desk/"


def first_operator() -> Account:
    account = make_account("operator", path=CITY)
    for template in ("operator", "starter"):
        make_right(template, path=CITY, account=account)
    return account


def steps(account: Account) -> list[str]:
    return first_steps(actor_for(account), timezone.now())


def test_the_steps_go_as_they_are_done() -> None:
    operator = first_operator()
    alone = steps(operator)
    one, other = make_account(path=CITY), make_account(path=CITY)
    with_people = steps(operator)
    make_right("security", path=CITY, account=one)
    with_security = steps(operator)
    make_right("auditor", path=CITY, account=other)
    last = steps(operator)
    GivenRight.objects.filter(template="starter").update(revoked_at=timezone.now())

    assert alone == ["people", "security", "auditor"]
    assert (with_people, with_security) == (["security", "auditor"], ["auditor"])
    assert (last, steps(operator)) == (["hand_over"], [])


def test_the_desk_of_an_empty_city_says_them_in_their_order_and_others_see_none() -> None:
    operator, security = first_operator(), make_account(path=CITY)
    make_right("security", path=CITY, account=security)

    html = client_of(actor_for(operator)).get(DESK).content.decode()
    others = client_of(actor_for(security)).get(DESK).content.decode()

    assert "1. 指定一名审计管理员" in html and "初始设置" in html
    assert "初始设置" not in others
    assert steps(security) == []
    assert {entry.key for entry in ENTRIES} == {"access.requests", "access.accounts"}


def test_a_place_out_of_hundreds_is_typed_and_out_of_few_chosen() -> None:
    make_post()
    lead = make_account(path=CITY)
    make_right("security", path=CITY, account=lead)
    client = client_of(actor_for(lead))

    few = client.get("/zh-hans/access/accounts/").content.decode()
    make_town("441900007", villages=60)
    Place.objects.filter(code="441900007001").update(name="桥头村民委员会")
    make_account("bridge", path="441900/441900007/441900007001/", display_name="桥头人")
    many = client.get("/zh-hans/access/accounts/").content.decode()
    found = client.get("/zh-hans/access/accounts/?place=桥头").content.decode()
    none = client.get("/zh-hans/access/accounts/?place=没有这里").content.decode()

    assert '<select class="form-select" id="place"' in few
    assert (
        '<datalist id="place-all">' in many and '<select class="form-select" id="place"' not in many
    )
    assert "桥头村民委员会 441900007001" in many
    assert "桥头人" in found and f"<small>{lead.username}</small>" not in found
    assert "桥头人" not in none and 'value="没有这里"' in none
