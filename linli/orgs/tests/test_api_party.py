"""The Party's register over the API: kept by its own posts, and for nobody else there at all."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from linli.access.templates_of_rights import TEMPLATES, permits_of
from linli.kernel.permits import NOBODY, PROTECTED, STAFF, Actor, Grant
from linli.kernel.testing import CITY, OTHER_TOWN, TOWN, client_of, make_actor
from linli.orgs import permits
from linli.orgs.models import JointEntry, JointMeeting, NonLocalDuty, PartyCount, SetupProposal
from linli.orgs.testing import make_holding, make_organisation, make_party, make_post, place_at

pytestmark = pytest.mark.django_db

CODE = "441900005001"
ALL = (permits.PARTY, permits.PARTY_KEEP, permits.PARTY_DECIDE)
PARTY = make_actor("party", *ALL, at=TOWN, ceiling=PROTECTED)
SEES = make_actor("sees", permits.PARTY, at=TOWN, ceiling=PROTECTED, account_id=5)
FAR = make_actor("far", *ALL, at=OTHER_TOWN, ceiling=PROTECTED, account_id=6)
LOW = make_actor("low", *ALL, at=CITY, ceiling=STAFF, account_id=7)
POSTS = [NOBODY, LOW] + [
    Actor(8, None, key, tuple(Grant(name, CITY, template.ceiling) for name in permits_of(key)))
    for key, template in TEMPLATES.items()
]
LISTS = ("organisations/", "duties/", "spots/", "proposals/", "meetings/")


def send(actor: Actor, path: str, status: int, /, **body: Any) -> Any:
    response = client_of(actor).post(
        f"/api/v1/party/{path}", body, content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )  # fmt: skip
    assert response.status_code == status, response.content
    return response.json()


def get(actor: Actor, path: str, status: int = 200) -> Any:
    response = client_of(actor).get(f"/api/v1/party/{path}")
    assert response.status_code == status, response.content
    return response.json()


def make_world() -> dict[str, Any]:
    """A branch with numbers, a spot, a meeting with a line, and a proposal, all by the API."""
    committee = make_organisation("party_working_committee", at=place_at())
    branch = make_party(place_at(), party_type="residents", formal=51)
    spot = send(
        PARTY, "spots/", 201, place=CODE, kind="estate", name="阳光花园", since="2026-01-01"
    )
    meeting = send(PARTY, "meetings/", 201, place=CODE, name="联席会议", since="2026-01-01")
    send(PARTY, "proposals/make", 200, place=CODE)
    return {
        "committee": committee, "branch": branch, "spot": spot, "meeting": meeting,
        "proposal": SetupProposal.objects.get(kind="general_branch"),
    }  # fmt: skip


def test_a_branch_is_entered_counted_and_managed() -> None:
    make_organisation("party_working_committee", at=place_at())
    make_post(make_party(place_at()), kind="party_secretary")

    made = send(PARTY, "organisations/", 201, place=CODE, name="示范电子厂党支部",
                party_type="new_type", form="branch", since="2026-01-01")  # fmt: skip
    to = f"organisations/{made['code']}/"
    assert (made["formal"], made["counts"]) == (None, [])
    counted = send(PARTY, to + "count", 200, counted_on="2026-06-30", formal=0)
    managed = send(PARTY, to + "manage", 200, kind="co_managed", since="2026-02-01")
    shaped = send(PARTY, to + "form", 200, has_committee=True, units=1)

    assert (counted["formal"], counted["probationary"], counted["is_too_wide"]) == (0, None, False)
    assert managed["management"] == "co_managed"
    assert shaped["has_committee"]
    assert made["code"] in [o["code"] for o in get(SEES, "organisations/?type=new_type")["items"]]
    assert get(SEES, "organisations/?type=network")["items"] == []


def test_spots_meetings_and_proposals_go_their_way() -> None:
    world = make_world()
    spot, meeting, proposal = world["spot"], world["meeting"], world["proposal"]

    send(PARTY, f"spots/{spot['id']}/cover", 200, organisation=world["branch"].code,
         since="2026-02-01")  # fmt: skip
    counted = send(PARTY, f"spots/{spot['id']}/count", 200, formal=3, counted_on="2026-06-30")
    assert (counted["reached_by"], counted["formal"]) == (world["branch"].code, 3)
    sums = {one["kind"]: one for one in get(SEES, "spots/")["sums"]}
    assert sums["estate"] == {"kind": "estate", "reached": 1, "there": 1}
    away = {"organisation": world["branch"].code, "on": "2026-01-31"}
    assert "on" in send(PARTY, f"spots/{spot['id']}/uncover", 422, **away)["fields"]
    away["on"] = "2026-10-01"
    ended = send(PARTY, f"spots/{spot['id']}/uncover", 200, **away)
    assert (ended["reached_by"], ended["formal"]) == (None, 3)
    assert send(PARTY, f"spots/{spot['id']}/uncover", 422, **away)["fields"].keys() == {
        "organisation"
    }

    to = f"meetings/{meeting['id']}/"
    joined = send(PARTY, to + "join", 200, name="示范学校")
    unit = joined["units"][0]["id"]
    need = send(PARTY, to + "enter", 200, kind="need", title="停车位", unit=unit)["needs"][0]
    have = send(PARTY, to + "enter", 200, kind="resource", title="操场", unit=unit)["resources"][0]
    lists = send(PARTY, to + "enter", 200, kind="project", title="共享停车", need=need["id"],
                 resource=have["id"])  # fmt: skip
    line = lists["projects"][0]
    moved = send(PARTY, f"lines/{line['id']}/move", 200, state="agreed", edition=line["edition"])
    stale = send(PARTY, f"lines/{line['id']}/move", 409, state="done", edition=line["edition"])
    assert (moved["state"], stale["code"]) == ("agreed", "stale")
    assert send(PARTY, f"units/{unit}/leave", 200)["units"] == []

    on = {"edition": proposal.edition}
    submitted = send(PARTY, f"proposals/{proposal.pk}/submit", 200, **on)
    done = send(PARTY, f"proposals/{proposal.pk}/approve", 200, edition=submitted["edition"],
                note="同意")  # fmt: skip
    assert (done["state"], done["note"]) == ("approved", "同意")
    assert done["conditions"]
    send(PARTY, f"proposals/{proposal.pk}/nothing", 404, edition=1)
    assert get(SEES, "proposals/?state=approved")["count"] == 1
    assert send(PARTY, f"spots/{spot['id']}/close", 200, on="2026-12-01")["until"] == "2026-12-01"


def test_a_village_is_named_and_who_serves_there_is_noted() -> None:
    body = make_organisation("party_working_committee", at=place_at())
    post = make_post(body, kind="deputy_party_secretary")
    holding = make_holding(post)

    send(PARTY, "duties/", 201, place=CODE, since="2026-01-01", document="示范镇〔2026〕1号")
    noted = send(PARTY, f"holdings/{holding.pk}/origin", 200, is_non_dongguan=True)

    assert noted == {"holding": holding.pk, "is_non_dongguan": True}
    assert get(SEES, "duties/")["items"][0]["serving"] == 1


@pytest.mark.load
@pytest.mark.parametrize("actor", [*POSTS, FAR], ids=lambda actor: actor.label)
def test_for_everybody_else_there_is_nothing(actor: Actor) -> None:
    world = make_world()
    before = PartyCount.objects.count(), JointEntry.objects.count(), JointMeeting.objects.count()
    code, meeting = world["branch"].code, world["meeting"]["id"]
    things = [f"{name}?place={CODE}" for name in LISTS]
    things += [
        f"organisations/{code}/",
        f"meetings/{meeting}/",
        f"proposals/{world['proposal'].pk}/",
    ]
    writes: list[tuple[str, dict[str, Any]]] = [
        ("organisations/", {"place": CODE, "name": "x", "party_type": "network", "form": "branch",
                            "since": "2026-01-01"}),
        (f"organisations/{code}/count", {"counted_on": "2026-06-30", "formal": 1}),
        ("spots/", {"place": CODE, "kind": "estate", "name": "x", "since": "2026-01-01"}),
        ("meetings/", {"place": CODE, "name": "x", "since": "2026-01-01"}),
        (f"meetings/{meeting}/enter", {"kind": "need", "title": "x"}),
        ("proposals/make", {"place": CODE}),
        (f"proposals/{world['proposal'].pk}/drop", {"edition": 1, "note": "x"}),
        ("duties/", {"place": CODE, "since": "2026-01-01", "document": "x"}),
    ]  # fmt: skip

    client = client_of(actor)
    assert {client.get(f"/api/v1/party/{to}").status_code for to in things} == {404}
    for to, body in writes:
        response = client.post(
            f"/api/v1/party/{to}", body, content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )  # fmt: skip
        assert response.status_code == 404, to
    told = client.get(f"/api/v1/organisations/?place={CODE}&demo=include").content.decode()
    assert code not in told
    assert (
        PartyCount.objects.count(),
        JointEntry.objects.count(),
        JointMeeting.objects.count(),
    ) == before
    assert not NonLocalDuty.objects.exists()


def test_who_sees_and_does_not_keep_is_told_so() -> None:
    world = make_world()

    refused = send(SEES, f"organisations/{world['branch'].code}/count", 403,
                   counted_on="2026-06-30", formal=1)  # fmt: skip

    assert refused["code"] == "not_allowed"
    assert PartyCount.objects.count() == 1


def test_a_place_that_is_not_there_looks_like_one_that_is_closed() -> None:
    make_world()

    assert get(NOBODY, "organisations/?place=000", 404) == get(
        NOBODY, f"organisations/?place={CODE}", 404
    )
