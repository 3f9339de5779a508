"""Party organisations of tasks 1 to 3 are absent, on every surface, for whom lacks the permit."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY, PROTECTED, STAFF, Actor
from linli.kernel.registries import INDICATORS, REFERENCES
from linli.kernel.testing import CITY, TOWN, client_of, make_actor
from linli.orgs import home, permits, queries, search
from linli.orgs.queries import StaffWanted, Wanted, coverage, joint, party
from linli.orgs.testing import TODAY, make_holding, make_party, make_post, place_at
from linli.trail.models import Entry

CODE = "441900005001"
SECRET, SECRETARY = "示范电子厂党支部", "麦润根"
# everything but the Party's own permits, and the Party's permit without the level
OFFICIAL = make_actor(
    "official", permits.EDIT, permits.APPOINT, permits.STAFF_LIST, permits.STAFF_KEEP,
    permits.REORGANISE, at=CITY,
)  # fmt: skip
LOW = make_actor("low", permits.PARTY, permits.STAFF_LIST, at=CITY, ceiling=STAFF)
PARTY_POST = make_actor("party post", permits.PARTY, at=TOWN, ceiling=PROTECTED)


@pytest.fixture
def branch(db: None):  # type: ignore[no-untyped-def]
    organisation = make_party(place_at(), formal=23, probationary=4)
    organisation.versions.update(name=SECRET, name_en="SECRETBRANCH", phone="0769-5550 9999")
    make_holding(make_post(organisation, kind="party_secretary", title="书记"), name=SECRETARY)
    return organisation


@pytest.mark.parametrize("actor", [NOBODY, OFFICIAL, LOW], ids=lambda a: a.label)
def test_no_page_shows_them(branch, actor: Actor) -> None:  # type: ignore[no-untyped-def]
    client = client_of(actor)
    lists = ["orgs:at", "orgs:centres", "orgs:pairings"]
    pages = [client.get(reverse(name, args=[CODE])) for name in lists]
    pages += [client.get(reverse("orgs:at", args=["441900"]) + "?below=1&q=" + SECRET[:2])]
    pages += [client.get(reverse("orgs:at", args=[CODE]) + "?format=csv")]

    assert [page.status_code for page in pages] == [200] * 5
    assert not any(SECRET in page.content.decode() for page in pages)
    assert not any(SECRETARY in page.content.decode() for page in pages)


@pytest.mark.parametrize("actor", [NOBODY, OFFICIAL, LOW], ids=lambda a: a.label)
def test_their_own_addresses_are_not_found(branch, actor: Actor) -> None:  # type: ignore[no-untyped-def]
    client = client_of(actor)
    post = branch.posts.get()
    gone = [
        reverse("orgs:organisation", args=[branch.code]),
        reverse("orgs:party_organisation", args=[branch.code]),
        reverse("orgs:post", args=[post.pk]),
        reverse("orgs:party", args=[CODE]),
        reverse("orgs:party", args=[CODE]) + "?format=xlsx",
        reverse("orgs:coverage", args=[CODE]),
        reverse("orgs:proposals", args=[CODE]),
        reverse("orgs:joint_meetings", args=[CODE]),
        f"/api/v1/organisations/{branch.code}/",
    ]

    assert [client.get(to).status_code for to in gone] == [404] * len(gone)


@pytest.mark.parametrize("actor", [NOBODY, OFFICIAL, LOW], ids=lambda a: a.label)
def test_the_api_lists_neither_them_nor_their_posts(branch, actor: Actor) -> None:  # type: ignore[no-untyped-def]
    client = client_of(actor)

    organisations = client.get(f"/api/v1/organisations/?place={CODE}&demo=include").json()
    posts = client.get(f"/api/v1/posts/?place={CODE}&demo=include").json()

    assert branch.code not in [item["code"] for item in organisations["items"]]
    assert posts == {"count": 0, "items": [], "next": None}


@pytest.mark.parametrize("actor", [NOBODY, OFFICIAL, LOW], ids=lambda a: a.label)
def test_the_search_finds_neither_them_nor_their_secretary(branch, actor: Actor) -> None:  # type: ignore[no-untyped-def]
    assert search.find_organisations(actor, SECRET, 10) == []
    assert search.find_holders(actor, SECRETARY, 10) == []


def test_the_home_of_the_place_does_not_show_their_secretary(branch) -> None:  # type: ignore[no-untyped-def]
    place = branch.place

    assert home.who(place, OFFICIAL, TODAY, 5) == []
    assert home.office(place, OFFICIAL, TODAY, 5) == []


@pytest.mark.parametrize("actor", [OFFICIAL, LOW], ids=lambda a: a.label)
def test_the_staff_list_and_its_file_leave_them_out(branch, actor: Actor) -> None:  # type: ignore[no-untyped-def]
    rows = queries.staff_holdings(actor, StaffWanted(path="441900/"), on=TODAY)
    response = client_of(actor).get(reverse("orgs:staff", args=[CODE]) + "?format=csv")

    assert list(rows) == []
    assert SECRETARY not in response.content.decode()


@pytest.mark.parametrize("actor", [NOBODY, OFFICIAL, LOW], ids=lambda a: a.label)
def test_no_read_gives_their_numbers(branch, actor: Actor) -> None:  # type: ignore[no-untyped-def]
    path = branch.path
    reads = [
        lambda: party.party_register(actor, path, on=TODAY),
        lambda: party.counts_of(actor, branch),
        lambda: coverage.spots(actor, path, on=TODAY),
        lambda: coverage.proposals(actor, path),
        lambda: joint.joint_meetings(actor, path),
        lambda: queries.get_organisation(actor, branch.code, on=TODAY),
    ]

    assert [_refused(read) for read in reads] == [True] * len(reads)


def _refused(read) -> bool:  # type: ignore[no-untyped-def]
    try:
        read()
    except NotFound:
        return True
    return False


def test_whom_the_party_permitted_sees_them_at_its_places_alone(branch) -> None:  # type: ignore[no-untyped-def]
    far = make_party(place_at("441900/441900006/441900006001/"), formal=9)

    seen = queries.organisations(PARTY_POST, Wanted(path="", with_invented=True), on=TODAY)

    assert [o.code for o in seen.items] == [branch.code]
    assert [r.formal for r in party.party_register(PARTY_POST, branch.path, on=TODAY)] == [23]
    with pytest.raises(NotFound):
        party.party_register(PARTY_POST, far.path, on=TODAY)


def test_the_values_of_tasks_one_to_three_are_of_level_six(db: None) -> None:
    levels = {i.key: i.level for i in INDICATORS if i.key.startswith("T03")}

    assert levels == {"T03-1": PROTECTED, "T03-2": PROTECTED, "T03-3": PROTECTED}


def test_the_trail_of_counting_holds_no_number_and_is_of_level_six(branch) -> None:  # type: ignore[no-untyped-def]
    from linli.orgs.services.party import enter_counts
    from linli.orgs.testing import NOON, SYSTEM
    from linli.orgs.types import CountKind

    enter_counts(
        branch, {CountKind.FORMAL: 4711}, counted_on=date(2026, 6, 30), actor=SYSTEM, now=NOON
    )

    entry = Entry.objects.get(verb="orgs.party_counted")
    assert entry.level == PROTECTED
    assert "4711" not in str(entry.details)
    assert SECRET not in str(entry.details)


def test_nobody_is_asked_for_a_name_of_a_member(db: None) -> None:
    from linli.orgs.models import PartyCount

    fields = {field.name for field in PartyCount._meta.fields}

    assert fields == {
        "id", "organisation", "spot", "kind", "counted_on", "number", "entered_at", "entered_by"
    }  # fmt: skip
    assert Client().get(reverse("orgs:start")).status_code == 302


def test_a_change_of_places_does_not_tell_how_many_there_are(branch) -> None:  # type: ignore[no-untyped-def]
    from linli.places import queries as places

    keys = {one.key for one in REFERENCES if one.to == "place" and one.level >= PROTECTED}
    told = {str(one.title): one.count for one in places.hanging_on(branch.place)}

    assert keys == {"orgs.party", "orgs.spots"}
    assert not {str(REFERENCES.get(key).title) for key in keys} & set(told)  # type: ignore[union-attr]
    assert told[str(REFERENCES.get("orgs.organisations").title)] == 0  # type: ignore[union-attr]


@pytest.mark.django_db
def test_the_menu_leads_whom_the_party_permitted_to_its_place_and_nobody_else() -> None:
    post, official = client_of(PARTY_POST), client_of(LOW)

    assert post.get("/en/party/")["Location"] == "/en/places/441900005/party/"
    assert 'href="/en/party/"' in post.get("/en/desk/").content.decode()
    assert official.get("/en/party/").status_code == 404
    assert 'href="/en/party/"' not in official.get("/en/desk/").content.decode()
