"""What a change of places leaves open is named before it, and waits on a desk after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.cases import permits as cases
from linli.cases.desk import routing_to_keep
from linli.cases.models import Responsibility, RuleSet
from linli.cases.types.routing import Duty
from linli.kernel.testing import client_of, make_actor
from linli.places import permits, services
from linli.places.desk import to_decide_anew
from linli.places.models import Place
from linli.places.services.changes import Decree, NewPlace
from linli.rulebook.permits import SET_VALUE
from tests.two_villages import DAY, LEAD, NEW, NOON, TOWN, decided, furnish, merge, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def furnished() -> tuple[Place, Place]:
    return furnish()


def test_the_preview_names_what_goes_along_and_what_stays_behind(
    furnished: tuple[Place, Place],
) -> None:
    at = furnished[0]
    client = client_of(LEAD)
    decided(at)

    seen = client.get(f"/api/v1/places/{at.code}/preview/?kind=merge").json()["hanging"]
    page = client.get(f"/zh-hans/register/places/{at.code}/merge/").content.decode()

    told = {(one["title"], one["count"]): one["moves"] for one in seen}
    assert told["权责清单中的岗位", 2] and told["派单规则（转为草案，须由人重新启用）", 1]
    assert not told["本地自定的规则数值", 1] and not told["村居属性、类别的决定", 1]
    assert "权责清单中的岗位: 2</li>" in page
    assert "本地自定的规则数值: 1，留在原区划" in page


def test_whoever_keeps_the_rules_finds_the_drafts_on_her_desk_until_one_is_in_force(
    furnished: tuple[Place, Place],
) -> None:
    keeper = make_actor("keeper", cases.KEEP_RULES, at=TOWN)
    stranger = make_actor("stranger", cases.KEEP_RULES, at="441900/441900006/")
    assert routing_to_keep(keeper, NOON.date(), 10) == []

    new = merge()

    assert [one.title for one in routing_to_keep(keeper, NOON.date(), 10)] == [
        f"规则 {one.code}" for one in furnished
    ]
    assert routing_to_keep(stranger, NOON.date(), 10) == []
    draft = RuleSet.objects.filter(path=new.path).order_by("pk")[0]
    draft.state, draft.since = "in_force", NOON.date()
    draft.save()
    assert routing_to_keep(keeper, NOON.date(), 10) == []


def test_what_stays_behind_waits_on_the_desk_of_who_decides_it_anew(
    furnished: tuple[Place, Place],
) -> None:
    for at in furnished:
        decided(at)
    lead = make_actor("lead", permits.DECIDE, SET_VALUE, at=TOWN)
    clerk = make_actor("clerk", permits.DECIDE, at=f"{TOWN}{NEW.code}/")
    other = make_actor("other", permits.DECIDE, SET_VALUE, at="441900/441900006/")
    assert to_decide_anew(lead, NOON.date(), 10) == []

    new = merge()

    waits = [f"/register/places/{NEW.code}/decide/settlement", "/rulebook/village.notice/"]
    found = to_decide_anew(lead, NOON.date(), 10)
    assert len(found) == len(waits)
    assert all(one.url.endswith(waits[n]) for n, one in enumerate(found))
    assert to_decide_anew(clerk, NOON.date(), 10) == to_decide_anew(other, NOON.date(), 10) == []
    assert to_decide_anew(lead, NOON.date() + timedelta(days=400), 10) == []
    decided(new)
    value(new)
    assert to_decide_anew(lead, NOON.date(), 10) == []


def test_a_part_of_a_split_without_anybody_in_charge_waits_on_the_desk_of_the_keeper(
    furnished: tuple[Place, Place],
) -> None:
    keeper = make_actor("keeper", cases.KEEP_RULES, at=TOWN)
    parts = [
        NewPlace("441900005901", "东村", "East", "东村"),
        NewPlace("441900005902", "西村", "West", "西村"),
    ]

    services.split_place(
        furnished[0], parts=parts, heirs={"cases": 0},
        decree=Decree("示民发〔2026〕1号", DAY), actor=LEAD, now=NOON,
    )  # fmt: skip

    lines = Responsibility.objects.filter(until=None, path=f"{TOWN}{parts[0].code}/")
    assert {one.duty for one in lines} == {Duty.RESPONSIBLE, Duty.INFORMED}
    found = routing_to_keep(keeper, NOON.date(), 10)
    assert [one.title for one in found] == ["西村", f"规则 {furnished[0].code}"]
    assert parts[1].code in found[0].url
    Responsibility.objects.filter(pk=lines[0].pk).update(path=f"{TOWN}{parts[1].code}/")
    assert len(routing_to_keep(keeper, NOON.date(), 10)) == 1
