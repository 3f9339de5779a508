"""What happens to organisations and posts, and who may do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction

from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.events import subscribe
from linli.kernel.locks import hold
from linli.kernel.permits import NOBODY, PROTECTED, STAFF, Actor
from linli.kernel.testing import CITY, OTHER_TOWN, TOWN, VILLAGE, make_actor
from linli.orgs import permits, queries, services
from linli.orgs.errors import (
    Circle,
    OrganisationClosed,
    Overlap,
    PostsStillHeld,
    PostTaken,
    SeatsFull,
)
from linli.orgs.events import HoldingBegan
from linli.orgs.models import Organisation, OrgEdge, Post, PostHolding
from linli.orgs.services import CentreFacts, ChangeFacts
from linli.orgs.services.party import PartyFacts, set_up_party_organisation
from linli.orgs.testing import (
    NOON,
    TODAY,
    make_holding,
    make_kind,
    make_organisation,
    make_post,
    place_at,
)
from linli.orgs.types import (
    Appointment,
    Change,
    Details,
    Hierarchy,
    PartyForm,
    PartyType,
    PostDetails,
)
from linli.places.testing import make_village
from linli.trail.models import Entry

KEEPER = make_actor("keeper", permits.EDIT, at=TOWN)
APPOINTER = make_actor("appointer", permits.APPOINT, at=TOWN)
FAR = make_actor("far", permits.EDIT, permits.APPOINT, at=OTHER_TOWN)
PARTY_KEEPER = make_actor("party", permits.PARTY_KEEP, at=TOWN, ceiling=PROTECTED)
LOW_PARTY = make_actor("low party", permits.PARTY_KEEP, at=TOWN, ceiling=STAFF)
DETAILS = Details(name="示范股份经济联合社")
WHO = Appointment(holder_name="何伟明", since=date(2026, 6, 1), came_by="elected")


def add(actor: Actor, kind: str = "collective_org") -> Organisation:
    make_kind(kind, level=PROTECTED if kind == "party_branch" else 1)
    return services.add_organisation(place_at(), kind, DETAILS, actor=actor, now=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("actor", "kind", "may"),
    [
        (KEEPER, "collective_org", True),
        (APPOINTER, "collective_org", False),
        (FAR, "collective_org", False),
        (NOBODY, "collective_org", False),
        (KEEPER, "party_branch", False),
        (LOW_PARTY, "party_branch", False),
        (PARTY_KEEPER, "party_branch", True),
        (PARTY_KEEPER, "collective_org", False),
    ],
)
def test_who_may_enter_an_organisation(actor: Actor, kind: str, may: bool) -> None:
    made = Organisation.objects.count()
    try:
        add(actor, kind)
        entered = True
    except NotAllowed:
        entered = False

    assert entered is may
    assert Organisation.objects.count() == made + may


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("actor", "may"), [(APPOINTER, True), (KEEPER, False), (FAR, False), (NOBODY, False)]
)
def test_who_may_appoint(actor: Actor, may: bool) -> None:
    post = make_post()
    try:
        services.appoint(post, WHO, actor=actor, now=NOON)
        appointed = True
    except NotAllowed:
        appointed = False

    assert appointed is may
    assert PostHolding.objects.count() == may


@pytest.mark.django_db
def test_a_wrong_credit_code_enters_nothing() -> None:
    make_kind("collective_org")

    with pytest.raises(Invalid) as refusal:
        services.add_organisation(
            place_at(), "collective_org", replace(DETAILS, uscc="12440000MB2D034569"),
            actor=KEEPER, now=NOON,
        )  # fmt: skip

    assert set(refusal.value.fields) == {"uscc"}
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_renaming_keeps_the_name_before() -> None:
    organisation = make_organisation(name="东莞市农业局")

    services.rename_organisation(
        organisation, Details(name="东莞市农业农村局"), since=date(2019, 1, 1), edition=1,
        actor=KEEPER, now=NOON,
    )  # fmt: skip

    assert queries.name_on(organisation, date(2016, 12, 23)) == "东莞市农业局"
    assert queries.name_on(organisation, TODAY) == "东莞市农业农村局"


@pytest.mark.django_db
def test_a_renaming_before_the_last_one_is_refused() -> None:
    organisation = make_organisation()
    services.rename_organisation(
        organisation, DETAILS, since=date(2020, 1, 1), edition=1, actor=KEEPER, now=NOON
    )

    with pytest.raises(Overlap):
        services.rename_organisation(
            organisation, DETAILS, since=date(2019, 1, 1), edition=2, actor=KEEPER, now=NOON
        )

    assert organisation.versions.count() == 2


@pytest.mark.django_db
def test_the_second_of_two_editors_is_told_and_changes_nothing() -> None:
    organisation = make_organisation(name="原名")
    services.correct_organisation(
        organisation, Details(name="先改的"), edition=1, actor=KEEPER, now=NOON
    )

    with pytest.raises(Stale):
        services.correct_organisation(
            organisation, Details(name="后改的"), edition=1, actor=KEEPER, now=NOON
        )

    assert organisation.versions.get().name == "先改的"


@pytest.mark.django_db
def test_an_organisation_with_holders_is_not_closed() -> None:
    holding = make_holding(make_post(make_organisation("deliberation_council")))
    organisation = holding.post.organisation

    with pytest.raises(PostsStillHeld) as refused:
        services.close_organisation(organisation, on=TODAY, edition=1, actor=KEEPER, now=NOON)

    told = str(refused.value)
    assert queries.name_on(organisation, TODAY) in told and organisation.code not in told
    assert f"{holding.post.title} {holding.holder_name}" in told
    organisation.refresh_from_db()
    assert organisation.closed_on is None


@pytest.mark.django_db
def test_who_cannot_see_a_post_is_not_told_who_holds_it_when_its_body_cannot_be_closed() -> None:
    body = make_organisation("deliberation_council")
    hidden = make_holding(make_post(body, is_public=False, title="Inner post"), name="陈某某")
    sees = make_actor("sees", permits.EDIT, permits.STAFF_LIST, at=TOWN, ceiling=STAFF)

    def told(actor: Actor) -> str:
        with pytest.raises(PostsStillHeld) as refused:
            services.close_organisation(body, on=TODAY, edition=1, actor=actor, now=NOON)
        return str(refused.value)

    blind = told(KEEPER)
    assert "1 " in blind and hidden.holder_name not in blind and hidden.post.title not in blind
    assert f"{hidden.post.title} {hidden.holder_name}" in told(sees)

    seen = make_holding(make_post(body, title="Shown post"), name="李某某")
    both = told(KEEPER)
    assert f"{seen.post.title} {seen.holder_name}…" in both and hidden.holder_name not in both
    body.refresh_from_db()
    assert body.closed_on is None


@pytest.mark.django_db
def test_closing_closes_posts_and_lines_and_keeps_the_name() -> None:
    post = make_post(make_organisation("deliberation_council"))
    above = make_organisation()
    organisation = post.organisation
    OrgEdge.objects.create(child=organisation, parent=above, hierarchy="party")

    services.close_organisation(organisation, on=TODAY, edition=1, actor=KEEPER, now=NOON)

    post.refresh_from_db()
    assert post.closed_on == TODAY
    assert OrgEdge.objects.get().until == TODAY
    assert organisation.versions.get().until is None
    with pytest.raises(OrganisationClosed):
        services.add_post(
            Organisation.objects.get(pk=organisation.pk),
            PostDetails(title="x", kind="committee_chair"), actor=KEEPER, now=NOON,
        )  # fmt: skip


@pytest.mark.django_db
def test_a_new_place_in_a_hierarchy_ends_the_one_before() -> None:
    child, one, other = (make_organisation() for _ in range(3))
    for parent, since in ((one, date(2020, 1, 1)), (other, date(2024, 1, 1))):
        services.put_under(
            child, parent, hierarchy=Hierarchy.PARTY, since=since, actor=KEEPER, now=NOON
        )

    assert list(OrgEdge.objects.order_by("pk").values_list("parent_id", "until")) == [
        (one.pk, date(2024, 1, 1)),
        (other.pk, None),
    ]


@pytest.mark.django_db
def test_a_line_to_a_party_organisation_is_ended_by_who_may_draw_it() -> None:
    child, parent = make_organisation(), make_organisation("party_branch")
    both = make_actor("both", permits.EDIT, permits.PARTY_KEEP, at=TOWN, ceiling=PROTECTED)
    edge = services.put_under(
        child, parent, hierarchy=Hierarchy.PARTY, since=date(2020, 1, 1), actor=both, now=NOON
    )

    with pytest.raises(NotAllowed):
        services.take_from_under(edge, on=TODAY, actor=KEEPER, now=NOON)
    edge.refresh_from_db()
    assert edge.until is None
    services.take_from_under(edge, on=TODAY, actor=both, now=NOON)

    assert set(Entry.objects.values_list("level", flat=True)) == {PROTECTED}


@pytest.mark.django_db
def test_the_reorganisation_of_a_party_organisation_is_no_public_matter() -> None:
    old, new = make_organisation("party_branch"), make_organisation("party_branch")
    facts = ChangeFacts(Change.MERGED, date(2019, 1, 1))
    reformer = make_actor("reformer", permits.REORGANISE, at=CITY, ceiling=PROTECTED)
    party = make_actor("party", permits.REORGANISE, permits.PARTY_KEEP, at=CITY, ceiling=PROTECTED)

    with pytest.raises(NotAllowed):
        services.reorganise(old, new, facts, actor=reformer, now=NOON)
    assert not old.later.exists()
    services.reorganise(old, new, facts, actor=party, now=NOON)

    assert [entry.level for entry in Entry.objects.all()] == [PROTECTED]


@pytest.mark.django_db
def test_a_post_is_closed_once() -> None:
    post = make_post()
    services.close_post(post, on=date(2026, 1, 1), actor=KEEPER, now=NOON)

    with pytest.raises(OrganisationClosed):
        services.close_post(post, on=TODAY, actor=KEEPER, now=NOON)

    post.refresh_from_db()
    assert post.closed_on == date(2026, 1, 1)


@pytest.mark.django_db
def test_a_circle_is_refused() -> None:
    one, two, three = (make_organisation() for _ in range(3))
    for child, parent in ((one, two), (two, three)):
        services.put_under(
            child, parent, hierarchy=Hierarchy.PARTY, since=TODAY, actor=KEEPER, now=NOON
        )

    with pytest.raises(Circle):
        services.put_under(
            three, one, hierarchy=Hierarchy.PARTY, since=TODAY, actor=KEEPER, now=NOON
        )

    assert OrgEdge.objects.count() == 2


@pytest.mark.django_db
def test_a_reorganisation_is_recorded_once_and_by_its_permit() -> None:
    old, new = make_organisation(), make_organisation()
    facts = ChangeFacts(Change.MERGED, date(2019, 1, 1))
    reformer = make_actor("reformer", permits.REORGANISE, at=CITY)

    with pytest.raises(NotAllowed):
        services.reorganise(old, new, facts, actor=KEEPER, now=NOON)
    services.reorganise(old, new, facts, actor=reformer, now=NOON)
    with pytest.raises(Invalid):
        services.reorganise(old, new, facts, actor=reformer, now=NOON)

    assert old.later.count() == 1


@pytest.mark.django_db
def test_a_taken_post_names_its_holder() -> None:
    holding = make_holding(name="何伟明")

    with pytest.raises(PostTaken) as refusal:
        services.appoint(
            holding.post, replace(WHO, holder_name="叶少芬"), actor=APPOINTER, now=NOON
        )

    assert refusal.value.details["holder"] == "何伟明"
    assert PostHolding.objects.count() == 1


@pytest.mark.django_db
def test_a_post_of_two_seats_takes_two() -> None:
    post = make_post(seats=2)
    for name in ("麦润根", "卢建邦"):
        services.appoint(post, replace(WHO, holder_name=name), actor=APPOINTER, now=NOON)

    with pytest.raises(SeatsFull):
        services.appoint(post, replace(WHO, holder_name="周美玲"), actor=APPOINTER, now=NOON)


@pytest.mark.django_db
def test_an_appointment_is_told_and_traced() -> None:
    heard: list[HoldingBegan] = []
    subscribe(HoldingBegan, heard.append)
    post = make_post()

    holding = services.appoint(post, WHO, account_id=77, actor=APPOINTER, now=NOON)

    assert [(e.holding_id, e.path, e.account_id) for e in heard] == [(holding.pk, VILLAGE, 77)]
    entry = Entry.objects.get(verb="orgs.appointed")
    assert entry.details == {"post": post.pk, "since": "2026-06-01"}


@pytest.mark.django_db
def test_the_post_above_is_of_the_same_place_or_above_it() -> None:
    here, far = make_post(), make_post(make_organisation(at=make_village("441900006001")))

    with pytest.raises(Invalid) as refusal:
        services.add_post(
            here.organisation, PostDetails(title="文员", kind="committee_chair", above_id=far.pk),
            actor=KEEPER, now=NOON,
        )  # fmt: skip

    assert set(refusal.value.fields) == {"above_id"}
    assert Post.objects.count() == 2


@pytest.mark.django_db
def test_a_party_organisation_comes_with_its_secretary_and_its_place() -> None:
    make_kind("party_branch", level=PROTECTED)
    working = make_organisation("party_working_committee")
    make_post(working, kind="party_secretary")

    branch = set_up_party_organisation(
        place_at(), Details(name="示范电子厂党支部"),
        PartyFacts(PartyType.NEW_TYPE, PartyForm.BRANCH, parent=working),
        since=date(2026, 1, 1), actor=PARTY_KEEPER, now=NOON,
    )  # fmt: skip

    assert branch.level == PROTECTED
    assert branch.posts.get().kind_id == "party_secretary"
    assert branch.edges_up.get().parent_id == working.pk


@pytest.mark.django_db
def test_a_service_area_changes_from_a_day_on() -> None:
    one, two = place_at(), make_village("441900005002")
    organisation = make_organisation("public_service_center", at=one)
    centre = services.describe_centre(
        organisation, CentreFacts(date(2020, 1, 1)), edition=0, actor=KEEPER, now=NOON
    )
    services.change_service_area(
        centre, [one], since=date(2020, 1, 1), edition=1, actor=KEEPER, now=NOON
    )

    services.change_service_area(
        centre, [one, two], since=date(2025, 1, 1), edition=2, actor=KEEPER, now=NOON
    )

    before = queries.served_paths(CITY, date(2024, 12, 31))
    assert list(before) == [one.path]
    assert list(queries.served_paths(CITY, TODAY)) == [one.path, two.path]


@pytest.mark.django_db
def test_a_centre_serves_villages_of_its_own_town_alone() -> None:
    far = make_village("441900006001")
    organisation = make_organisation("public_service_center", at=place_at())
    centre = services.describe_centre(
        organisation, CentreFacts(date(2020, 1, 1)), edition=0, actor=KEEPER, now=NOON
    )

    with pytest.raises(Invalid):
        services.change_service_area(centre, [far], since=TODAY, edition=1, actor=KEEPER, now=NOON)

    assert not centre.areas.exists()


@pytest.mark.django_db
def test_of_two_service_areas_of_one_day_the_last_one_counts() -> None:
    one, two = place_at(), make_village("441900005002")
    organisation = make_organisation("public_service_center", at=one)
    centre = services.describe_centre(
        organisation, CentreFacts(date(2020, 1, 1)), edition=0, actor=KEEPER, now=NOON
    )
    services.change_service_area(centre, [one], since=TODAY, edition=1, actor=KEEPER, now=NOON)

    services.change_service_area(centre, [two], since=TODAY, edition=2, actor=KEEPER, now=NOON)

    assert list(queries.served_paths(CITY, TODAY)) == [two.path]


@pytest.mark.django_db(transaction=True)
def test_of_a_kind_that_a_place_has_once_a_second_waits_for_the_first() -> None:
    kind = make_kind("villagers_committee")
    kind.is_single = True
    kind.save()
    place, told = place_at(), []

    def add() -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '300ms'")
                services.add_organisation(
                    place, "villagers_committee", DETAILS, actor=KEEPER, now=NOON
                )
            told.append("added")
        except OperationalError:
            told.append("waited")
        finally:
            connection.close()

    with transaction.atomic():
        hold("orgs.single", place.pk)
        thread = Thread(target=add)
        thread.start()
        thread.join()
    assert told == ["waited"]
