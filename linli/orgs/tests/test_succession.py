"""A body closes: what hangs on it is told before, and goes over to its successor, neither more nor less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.locks import hold
from linli.kernel.permits import PROTECTED
from linli.kernel.registries import REFERENCES
from linli.kernel.testing import CITY, TOWN, VILLAGE, client_of, make_actor
from linli.orgs import permits, queries, services
from linli.orgs.errors import Circle, Overlap
from linli.orgs.models import (
    Certificate,
    CoverageLink,
    CoverageSpot,
    JointMeeting,
    JointMember,
    Organisation,
    OrgEdge,
    PartyManagement,
    Reorganisation,
    ServiceArea,
    ServiceCentre,
    TrainingHours,
)
from linli.orgs.models.rows import located
from linli.orgs.services import succession
from linli.orgs.testing import NOON, TODAY, make_organisation, make_party, make_post, place_at
from linli.orgs.types import Hierarchy
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
KEEPER = make_actor("keeper", permits.EDIT, at=TOWN)
PARTY = make_actor(
    "party", permits.EDIT, permits.PARTY, permits.PARTY_KEEP, at=CITY, ceiling=PROTECTED
)


def edge(child: Organisation, parent: Organisation, **fields: Any) -> OrgEdge:
    return OrgEdge.objects.create(
        child=child, parent=parent, **{"hierarchy": "self_government", "since": LONG_AGO, **fields}
    )


def centre_with_all() -> Organisation:
    """A centre that serves a village, with a body under it, a certificate, training and a post."""
    old = make_organisation("public_service_center", at=place_at(), name="旧中心")
    ServiceCentre.objects.create(organisation=old, opened_on=LONG_AGO)
    ServiceArea.objects.create(centre_id=old.pk, place=old.place, path=old.path, since=LONG_AGO)
    edge(make_organisation(), old)
    edge(make_organisation(), old, since=TODAY + timedelta(days=30))
    Certificate.objects.create(
        organisation=old, holder_name="叶少芬", kind="social_worker", number="A1",
        issued_on=LONG_AGO, **located(old),
    )  # fmt: skip
    TrainingHours.objects.create(
        organisation=old, holder_name="叶少芬", subject="law", year=2026, half_hours=4,
        entered_at=NOON, entered_by="test", **located(old),
    )  # fmt: skip
    make_post(old)
    return old


def committee_with_all() -> Organisation:
    """A working committee with a branch under it, one that it manages, and a joint meeting."""
    old = make_organisation("party_working_committee", at=place_at(), name="旧党工委")
    branch = make_party(place_at())
    edge(branch, old, hierarchy="party")
    PartyManagement.objects.create(organisation=branch, by=old, kind="managed", since=LONG_AGO)
    meeting = JointMeeting.objects.create(
        organisation=old, name="联席会议", since=LONG_AGO, **located(old)
    )
    JointMember.objects.create(meeting=meeting, unit_name="学校", organisation=old, since=LONG_AGO)
    return old


def branch_with_all() -> Organisation:
    """A Party branch that reaches a spot."""
    old = make_party(place_at())
    spot = CoverageSpot.objects.create(
        place=old.place, kind="estate", name="花园", since=LONG_AGO, **located(old)
    )
    CoverageLink.objects.create(spot=spot, organisation=old, since=LONG_AGO)
    return old


def counts(organisation: Organisation) -> dict[str, int]:
    """What hangs on an organisation, by those that know; posts close with it."""
    return {
        one.key: one.count(organisation.pk)
        for one in REFERENCES
        if one.to == "organisation" and one.move is not None
    }


def close(old: Organisation, new: Organisation | None, actor: Any = PARTY) -> Organisation:
    return services.close_organisation(
        old, on=TODAY, edition=1, successor=new, actor=actor, now=NOON
    )


@pytest.mark.parametrize(
    ("make", "kind", "keys"),
    [
        (centre_with_all, "public_service_center",
         {"orgs.below": 2, "orgs.served": 1, "orgs.certificates": 1}),
        (committee_with_all, "party_working_committee",
         {"orgs.party_below": 1, "orgs.managed": 1, "orgs.meetings": 2}),
        (branch_with_all, "party_branch", {"orgs.reached": 1}),
    ],
)  # fmt: skip
def test_the_successor_takes_over_exactly_what_was_told(
    make: Any, kind: str, keys: dict[str, int]
) -> None:
    old = make()
    new = make_party(place_at()) if kind == "party_branch" else make_organisation(kind)
    told = {one.key: one.count for one in queries.hanging_on(PARTY, old) if one.moves}
    before = counts(old)

    close(old, new)

    assert told == keys
    assert {key: number for key, number in before.items() if number} == keys
    assert {key: number for key, number in counts(new).items() if number} == keys
    assert not any(counts(old).values())
    moved = Entry.objects.filter(verb="orgs.carried_over")
    assert sum(one.details["rows"] for one in moved) == sum(keys.values())


def test_what_was_before_the_day_stays_on_record_under_the_old_body() -> None:
    old = centre_with_all()
    new = make_organisation("public_service_center", at=place_at())

    close(old, new)

    areas = ServiceArea.objects.order_by("pk")
    assert [(a.centre_id, a.since, a.until) for a in areas] == [
        (old.pk, LONG_AGO, TODAY),
        (new.pk, TODAY, None),
    ]
    assert [(e.parent_id, e.since, e.until) for e in OrgEdge.objects.order_by("since", "pk")] == [
        (old.pk, LONG_AGO, TODAY),
        (new.pk, TODAY, None),
        (new.pk, TODAY + timedelta(days=30), None),
    ]
    assert TrainingHours.objects.get().organisation_id == old.pk
    assert ServiceCentre.objects.get(pk=old.pk).closed_on == TODAY


def test_without_a_successor_all_of_it_ends() -> None:
    old = centre_with_all()

    close(old, None)

    assert ServiceArea.objects.get().until == TODAY
    assert OrgEdge.objects.get().until == TODAY  # the one that was to begin later never comes about
    assert Certificate.objects.get().organisation_id == old.pk


@pytest.mark.parametrize(("make", "ended"), [(committee_with_all, 4), (branch_with_all, 1)])
def test_without_a_successor_the_party_s_relations_end_too(make: Any, ended: int) -> None:
    old = make()
    later = edge(make_organisation(), old, since=TODAY)

    close(old, None)

    assert not any(counts(old).values())
    models = (OrgEdge, PartyManagement, CoverageLink, JointMeeting, JointMember)
    assert sum(model.objects.filter(until=TODAY).count() for model in models) == ended
    assert not OrgEdge.objects.filter(pk=later.pk).exists()


def test_a_branch_that_closes_is_managed_by_nobody_any_more() -> None:
    branch, by = make_party(place_at()), make_organisation("party_working_committee")
    PartyManagement.objects.create(organisation=branch, by=by, kind="managed", since=LONG_AGO)

    close(branch, None)

    assert PartyManagement.objects.get().until == TODAY


def test_what_the_successor_has_already_is_not_doubled() -> None:
    old = centre_with_all()
    new = make_organisation("public_service_center", at=place_at())
    ServiceCentre.objects.create(organisation=new, opened_on=LONG_AGO)
    ServiceArea.objects.create(centre_id=new.pk, place=new.place, path=new.path, since=LONG_AGO)

    close(old, new)

    assert ServiceArea.objects.filter(until__isnull=True).count() == 1
    assert ServiceArea.objects.get(centre_id=old.pk).until == TODAY


LATER = TODAY + timedelta(days=10)


@pytest.mark.parametrize("begins", [LONG_AGO, TODAY, LATER])
@pytest.mark.parametrize(("since", "until"), [(LONG_AGO, LATER), (LONG_AGO, None), (TODAY, None)])
def test_a_spot_that_both_reach_is_the_successor_s_alone(
    begins: date, since: date, until: date | None
) -> None:
    old, new = branch_with_all(), make_party(place_at())
    CoverageLink.objects.update(since=begins)
    link = CoverageLink.objects.create(
        spot=CoverageSpot.objects.get(), organisation=new, since=since, until=until
    )

    close(old, new)

    left = list(CoverageLink.objects.filter(organisation=old).values_list("since", "until"))
    assert left == ([(LONG_AGO, TODAY)] if begins == LONG_AGO else [])
    kept = CoverageLink.objects.get(organisation=new)
    assert (kept.pk, kept.since, kept.until) == (link.pk, since, until)


def test_a_service_area_of_the_successor_that_ends_later_is_no_error() -> None:
    old, new = centre_with_all(), make_organisation("public_service_center", at=place_at())
    ServiceCentre.objects.create(organisation=new, opened_on=LONG_AGO)
    ServiceArea.objects.create(
        centre_id=new.pk, place=new.place, path=new.path, since=LONG_AGO, until=LATER
    )

    close(old, new)

    assert ServiceArea.objects.get(centre_id=old.pk).until == TODAY
    assert ServiceArea.objects.get(centre_id=new.pk).until == LATER


def test_two_meetings_that_would_overlap_are_refused_and_nothing_changes() -> None:
    old, new = committee_with_all(), make_organisation("party_working_committee")
    JointMeeting.objects.update(since=TODAY)
    JointMeeting.objects.create(organisation=new, name="另一个", since=LONG_AGO, **located(new))
    before = counts(old)

    with pytest.raises(Overlap):
        close(old, new)

    old.refresh_from_db()
    assert old.closed_on is None
    assert counts(old) == before


def test_the_party_s_part_is_not_told_to_who_keeps_the_register_alone_nor_moved_by_her() -> None:
    old, new = committee_with_all(), make_organisation("party_working_committee")
    before = counts(old)

    assert queries.hanging_on(KEEPER, old) == []
    with pytest.raises(NotAllowed):
        close(old, new, KEEPER)

    old.refresh_from_db()
    assert old.closed_on is None
    assert counts(old) == before
    close(old, new)
    told = Entry.objects.filter(verb="orgs.carried_over")
    assert {one.level for one in told} == {PROTECTED}
    assert PartyManagement.objects.filter(until__isnull=True).get().by_id == new.pk


def test_who_keeps_the_party_s_part_here_alone_does_not_move_it_elsewhere() -> None:
    old = committee_with_all()
    far = place_at("441900/441900006/441900006001/")
    new = make_organisation("party_working_committee", at=far)
    keeps = make_actor("keeper of both", permits.EDIT, at=CITY)
    of_party = make_actor("", permits.PARTY, permits.PARTY_KEEP, at=VILLAGE, ceiling=PROTECTED)
    here = replace(keeps, grants=(*keeps.grants, *of_party.grants))

    with pytest.raises(NotAllowed):
        close(old, new, here)

    assert PartyManagement.objects.get().by_id == old.pk


def test_a_circle_of_the_party_s_names_no_body_of_the_party() -> None:
    old, new = (make_organisation("party_working_committee") for _ in range(2))
    branch = make_party(place_at())
    edge(branch, old, hierarchy="party")
    edge(new, branch, hierarchy="party")

    with pytest.raises(Circle) as refused:
        close(old, new)

    assert branch.code not in str(refused.value)


@pytest.mark.parametrize("wrong", ["itself", "closed", "another kind", "of the Party"])
def test_a_successor_that_cannot_take_over_is_refused_and_nothing_changes(wrong: str) -> None:
    old = centre_with_all()
    new = {
        "itself": lambda: old,
        "closed": lambda: make_organisation("public_service_center", closed_on=LONG_AGO),
        "another kind": make_organisation,
        "of the Party": lambda: make_party(place_at()),
    }[wrong]()
    before = counts(old)

    with pytest.raises(Invalid) as refused:
        close(old, new)

    assert list(refused.value.fields) == ["successor"]
    old.refresh_from_db()
    assert old.closed_on is None
    assert counts(old) == before


def test_who_does_not_keep_the_successor_may_not_put_things_on_it() -> None:
    old = make_organisation(at=place_at(VILLAGE))
    far = make_organisation(at=place_at("441900/441900006/441900006001/"))

    with pytest.raises(NotAllowed):
        close(old, far, KEEPER)

    old.refresh_from_db()
    assert old.closed_on is None


def test_a_successor_below_its_own_child_is_refused() -> None:
    old, child, new = (make_organisation() for _ in range(3))
    edge(child, old)
    edge(new, child)

    with pytest.raises(Circle):
        close(old, new)

    assert OrgEdge.objects.filter(until__isnull=True).count() == 2


def test_circles_are_sought_once_for_each_line_however_many_stand_below(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = make_organisation(), make_organisation()
    for _ in range(3):
        edge(make_organisation(), old)
    edge(make_organisation(), old, hierarchy="economic")
    asked: list[str] = []
    real = succession.lines_above
    monkeypatch.setattr(
        succession, "lines_above", lambda line, day: asked.append(line) or real(line, day)
    )

    close(old, new)

    assert sorted(asked) == ["economic", "self_government"]


@pytest.mark.django_db(transaction=True)
def test_a_succession_waits_for_who_hangs_a_body_elsewhere_meanwhile() -> None:
    old, new, child = (make_organisation() for _ in range(3))
    edge(child, old)
    outcomes: list[str] = []

    def succeed() -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '300ms'")
                close(old, new)
            outcomes.append("closed")
        except OperationalError:
            outcomes.append("waited")
        finally:
            connection.close()

    with transaction.atomic():
        hold("orgs.edges", Hierarchy.SELF_GOVERNMENT.value)
        thread = Thread(target=succeed)
        thread.start()
        thread.join()

    assert outcomes == ["waited"]
    assert close(old, new).closed_on == TODAY


def test_the_page_shows_what_hangs_and_names_the_successor_on_record() -> None:
    old, new = centre_with_all(), make_organisation("public_service_center", name="新中心")
    Reorganisation.objects.create(
        predecessor=old, successor=new, change="merged", on=TODAY, precision="day", certainty="sure"
    )
    client, to = client_of(KEEPER), reverse("orgs:close", args=[old.code])

    shown = client.get(to).content.decode()
    sent = {"key": str(uuid4()), "on": TODAY.isoformat(), "edition": 1, "successor": "none"}
    wrong = client.post(to, sent)
    done = client.post(to, {**sent, "key": str(uuid4()), "successor": new.code})

    assert f'value="{new.code}"' in shown
    assert 'id="hanging"' in shown
    assert (wrong.status_code, done.status_code) == (422, 303)
    assert Organisation.objects.get(pk=old.pk).closed_on == TODAY
    assert ServiceArea.objects.get(until__isnull=True).centre_id == new.pk


def test_the_api_tells_what_hangs_and_closes_with_a_successor() -> None:
    old, new = centre_with_all(), make_organisation("public_service_center")
    client, to = client_of(KEEPER), f"/api/v1/organisations/{old.code}/"

    told = client.get(to + "hanging/").json()
    closed = client.post(
        to + "close", {"on": TODAY.isoformat(), "edition": 1, "successor": new.code},
        content_type="application/json", headers={"Idempotency-Key": str(uuid4())},
    )  # fmt: skip

    assert {one["key"]: one["moves"] for one in told["items"]} == {
        "orgs.below": True, "orgs.certificates": True, "orgs.posts": False, "orgs.served": True,
        "orgs.training": False,
    }  # fmt: skip
    assert closed.status_code == 200, closed.content
    assert counts(new)["orgs.served"] == 1
