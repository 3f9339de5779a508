"""What must hold whatever the code does: the database refuses two things at one time."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.orgs.models import (
    CoverageLink,
    CoverageSpot,
    NonLocalDuty,
    OrganisationVersion,
    OrgEdge,
    Pairing,
    PartyCount,
    PartyManagement,
    Post,
    ServiceArea,
    ServiceCentre,
)
from linli.orgs.testing import (
    NOON,
    make_holding,
    make_organisation,
    make_party,
    make_post,
    place_at,
)
from linli.people.testing import make_person
from linli.places.testing import make_village

JAN, MAY, SEP = date(2026, 1, 1), date(2026, 5, 1), date(2026, 9, 1)


def refused(make) -> bool:  # type: ignore[no-untyped-def]
    """Say whether the database refuses what a function makes."""
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "until", "is_refused"),
    [(MAY, None, True), (JAN, MAY, True), (None, JAN, False), (SEP, None, False)],
)
def test_two_names_at_one_time(since, until, is_refused) -> None:  # type: ignore[no-untyped-def]
    organisation = make_organisation()
    organisation.versions.update(since=JAN, until=SEP)

    def second() -> None:
        OrganisationVersion.objects.create(
            organisation=organisation, name="another", since=since, until=until
        )

    assert refused(second) is is_refused


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hierarchy", "is_refused"), [("party", True), ("government", False), ("owners", False)]
)
def test_one_parent_in_each_hierarchy_at_one_time(hierarchy: str, is_refused: bool) -> None:
    child, one, other = (make_organisation() for _ in range(3))
    OrgEdge.objects.create(child=child, parent=one, hierarchy="party", since=JAN)

    def second() -> None:
        OrgEdge.objects.create(child=child, parent=other, hierarchy=hierarchy, since=MAY)

    assert refused(second) is is_refused


@pytest.mark.django_db
def test_nothing_stands_under_itself() -> None:
    one = make_organisation()

    assert refused(lambda: OrgEdge.objects.create(child=one, parent=one, hierarchy="party"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seats", "since", "is_refused"),
    [(1, MAY, True), (1, SEP, False), (3, MAY, False), (None, MAY, False)],
)
def test_a_single_seat_has_one_holder_at_a_time(seats, since, is_refused) -> None:  # type: ignore[no-untyped-def]
    post = make_post(seats=seats)
    make_holding(post, since=JAN, until=SEP)

    assert refused(lambda: make_holding(post, name="叶少芬", since=since)) is is_refused


@pytest.mark.django_db
def test_one_person_holds_a_post_once_at_a_time() -> None:
    post, person = make_post(seats=None), make_person()
    make_holding(post, person_id=person.pk)

    assert refused(lambda: make_holding(post, person_id=person.pk, since=MAY))
    assert not refused(lambda: make_holding(post, since=MAY))


@pytest.mark.django_db
def test_a_pair_is_paired_once_at_a_time_whichever_comes_first() -> None:
    one, other = sorted((place_at(), make_village("441900005002")), key=lambda p: p.pk)

    def paired(a, b) -> None:  # type: ignore[no-untyped-def]
        Pairing.objects.create(
            one=a, other=b, one_path=a.path, other_path=b.path, since=JAN, content="x"
        )

    paired(one, other)

    assert refused(lambda: paired(one, other))
    assert refused(lambda: paired(other, one))


@pytest.mark.django_db
def test_a_village_is_in_the_area_of_a_centre_once() -> None:
    place = place_at()
    organisation = make_organisation("public_service_center", at=place)
    centre = ServiceCentre.objects.create(organisation=organisation, opened_on=JAN)

    def served() -> None:
        ServiceArea.objects.create(centre=centre, place=place, path=place.path, since=JAN)

    served()

    assert refused(served)


@pytest.mark.django_db
def test_party_relations_do_not_overlap() -> None:
    place = place_at()
    branch = make_party(place)
    committee = make_organisation("party_working_committee", at=place)
    spot = CoverageSpot.objects.create(
        place=place, path=place.path, city_id=1, kind="estate", name="和顺花园"
    )
    rows = [
        lambda: PartyManagement.objects.create(
            organisation=branch, by=committee, kind="managed", since=JAN
        ),
        lambda: CoverageLink.objects.create(spot=spot, organisation=branch, since=JAN),
        lambda: NonLocalDuty.objects.create(place=place, path=place.path, since=JAN, document="x"),
    ]

    assert [refused(row) for row in rows] == [False, False, False]
    assert [refused(row) for row in rows] == [True, True, True]


@pytest.mark.django_db
def test_a_count_is_of_an_organisation_or_of_a_spot() -> None:
    def neither() -> None:
        PartyCount.objects.create(
            kind="formal", number=1, counted_on=JAN, entered_at=NOON, entered_by="x"
        )

    assert refused(neither)


@pytest.mark.django_db
def test_numbers_of_the_party_are_never_rewritten() -> None:
    make_party(place_at(), formal=3)

    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        PartyCount.objects.update(number=4)


@pytest.mark.django_db
def test_an_open_title_is_there_once_in_a_body() -> None:
    post = make_post(title="主任")

    assert refused(lambda: make_post(post.organisation, title="主任"))

    Post.objects.filter(pk=post.pk).update(closed_on=JAN)
    assert not refused(lambda: make_post(post.organisation, title="主任"))
