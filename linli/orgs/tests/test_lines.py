"""A body leaves a hierarchy and stands under nobody there any more, by page and by program."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from linli.kernel.permits import PROTECTED
from linli.kernel.testing import OTHER_TOWN, TOWN, client_of, make_actor, post_json
from linli.orgs import permits
from linli.orgs.models import Organisation, OrgEdge
from linli.orgs.testing import make_organisation
from linli.trail.models import Entry

KEEPER = make_actor("keeper", permits.EDIT, at=TOWN)
FAR = make_actor("far", permits.EDIT, at=OTHER_TOWN)
PARTY = make_actor("party", permits.EDIT, permits.PARTY, at=TOWN, ceiling=PROTECTED)
SINCE = date(2026, 1, 1)


@pytest.fixture
def line(db: None) -> OrgEdge:
    return make_line()


def make_line(above: str = "villagers_committee") -> OrgEdge:
    child, parent = make_organisation(name="老年协会"), make_organisation(above, name="上级单位")
    return OrgEdge.objects.create(
        child=child, parent=parent, hierarchy="self_government", since=SINCE
    )


def page_of(child: Organisation, edge: OrgEdge) -> str:
    return f"/zh-hans/organisations/{child.code}/under/{edge.pk}/end/"


def test_a_line_is_ended_on_its_page(line: OrgEdge) -> None:
    browser, child = client_of(KEEPER), line.child
    here = f"/zh-hans/organisations/{child.code}/"
    assert page_of(child, line) in browser.get(here).content.decode()
    assert page_of(child, line) not in client_of(FAR).get(here).content.decode()
    assert "上级单位" in browser.get(page_of(child, line)).content.decode()

    answer = browser.post(page_of(child, line), {"on": str(localdate()), "key": "1"})

    assert (answer.status_code, answer["Location"]) == (303, here)
    line.refresh_from_db()
    assert line.until == localdate()
    assert "上级单位" not in browser.get(here).content.decode()
    assert Entry.objects.get(verb="orgs.taken_from_under").details == {"edge": line.pk}


def test_a_line_is_ended_by_program(line: OrgEdge) -> None:
    browser, child = client_of(KEEPER), line.child
    (above,) = browser.get(f"/api/v1/organisations/{child.code}/").json()["relatives"]

    answer = post_json(
        browser, f"/api/v1/organisations/{child.code}/under/{above['edge_id']}/end",
        {"on": str(localdate())},
    )  # fmt: skip

    assert answer.status_code == 200
    assert answer.json()["relatives"] == []


@pytest.mark.parametrize("fault", ["far", "of another", "before", "twice"])
def test_a_line_that_cannot_be_ended_stays_as_it_is(line: OrgEdge, fault: str) -> None:
    on, child, actor, status = localdate(), line.child, KEEPER, 422
    if fault == "far":
        actor, status = FAR, 403
    elif fault == "of another":
        child, status = line.parent, 404
    elif fault == "before":
        on = SINCE
    else:
        later = localdate() + timedelta(days=30)
        OrgEdge.objects.filter(pk=line.pk).update(until=later)
        status = 409
    before = OrgEdge.objects.values().get(pk=line.pk)

    answer = post_json(
        client_of(actor), f"/api/v1/organisations/{child.code}/under/{line.pk}/end",
        {"on": str(on)},
    )  # fmt: skip

    assert answer.status_code == status
    assert OrgEdge.objects.values().get(pk=line.pk) == before
    page = client_of(actor).post(page_of(child, line), {"on": str(on), "key": "2"})
    assert page.status_code == (422 if status == 409 else status)
    assert OrgEdge.objects.values().get(pk=line.pk) == before


@pytest.mark.django_db
def test_a_line_to_a_party_organisation_is_hidden_from_who_may_not_see_it() -> None:
    line = make_line("party_branch")

    hidden = client_of(KEEPER).get(page_of(line.child, line))
    refused = client_of(PARTY).post(page_of(line.child, line), {"on": str(localdate()), "key": "3"})

    assert (hidden.status_code, refused.status_code) == (404, 403)
    line.refresh_from_db()
    assert line.until is None
