"""Who looks after a cell, and whom its households may turn to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.grid import permits
from linli.grid.errors import AlreadyThere, Over, WhyMissing
from linli.grid.models import CellContact, CellDuty, ContactVault
from linli.grid.queries import cells, contacts, references
from linli.grid.queries.posts import post_of_cell
from linli.grid.services import contacts as naming
from linli.grid.services import duties, moving
from linli.grid.testing import CELL, NOON, SYSTEM, TODAY, make_cell, make_duty
from linli.grid.types import CellKey, Consent, ContactFacts, DutyFacts, Role, Shift
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale
from linli.kernel.permits import NOBODY, STAFF
from linli.kernel.testing import client_of, make_actor, post_json
from linli.orgs import permits as orgs
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
KEEPER = make_actor("keeper", permits.SEE, permits.KEEP, permits.CONTACTS, orgs.STAFF_LIST)
STRANGER = make_actor(
    "stranger", permits.SEE, permits.KEEP, permits.CONTACTS, at="441900/441900006/"
)
FACTS = ContactFacts("李阿姨", "+8613800138001", "building 3", Consent.PAPER, TODAY)


def name(actor=KEEPER, **facts):  # type: ignore[no-untyped-def]
    place = make_village()
    said = {"role": Role.WORKER, "shift": Shift.WHOLE, "since": TODAY, **facts}
    return duties.name_duty(place, CELL, DutyFacts(**said), actor=actor, now=NOON)


def test_a_post_looks_after_a_cell_and_is_relieved() -> None:
    make_cell()
    post = make_post()

    duty = name(post_id=post.pk)
    (row,) = cells.cell_rows(make_village(), cells.find_layer("social"), TODAY)
    duties.end_duty(duty, on=TODAY, edition=1, actor=KEEPER, now=NOON)

    assert row.is_looked_after
    assert [one.post for one in row.duties] == [post.title]
    (after,) = cells.cell_rows(make_village(), cells.find_layer("social"), TODAY)
    assert not after.is_looked_after
    with pytest.raises(Over):
        duties.end_duty(duty, on=TODAY, actor=KEEPER, now=NOON)
    assert list(
        Entry.objects.filter(verb__startswith="grid.").order_by("id").values_list("verb", flat=True)
    ) == [
        "grid.duty_named",
        "grid.duty_ended",
    ]


@pytest.mark.parametrize("actor", [NOBODY, STRANGER, make_actor("seer", permits.SEE)])
def test_who_does_not_keep_the_cells_names_nobody(actor) -> None:  # type: ignore[no-untyped-def]
    make_cell()

    with pytest.raises(NotAllowed):
        name(actor, post_id=make_post().pk)

    assert not CellDuty.objects.exists()


def test_the_same_part_at_the_same_time_is_named_once() -> None:
    make_cell()
    post = make_post()
    name(post_id=post.pk, until=date(2026, 9, 1))

    with pytest.raises(AlreadyThere):
        name(post_id=post.pk, since=date(2026, 8, 31))
    name(post_id=post.pk, since=date(2026, 9, 1))
    name(post_id=post.pk, shift=Shift.NIGHT)

    assert CellDuty.objects.count() == 3


@pytest.mark.parametrize("wrong", ["post", "elsewhere", "days", "cell"])
def test_a_duty_that_cannot_be_is_refused_on_its_field(wrong: str) -> None:
    make_cell(code="other" if wrong == "cell" else CELL.code)
    away = make_organisation(at=make_village("441900006001"))
    post = make_post(away if wrong == "elsewhere" else None)
    field = {"post": "post_id", "elsewhere": "post_id", "days": "until", "cell": "cell"}[wrong]

    with pytest.raises(Invalid) as refusal:
        name(post_id=0 if wrong == "post" else post.pk, until=TODAY if wrong == "days" else None)

    assert list(refusal.value.fields) == [field]
    assert not CellDuty.objects.exists()


def test_a_change_on_an_older_sight_is_refused() -> None:
    make_cell()
    duty = name(post_id=make_post().pk)

    with pytest.raises(Stale):
        duties.end_duty(duty, on=TODAY, edition=7, actor=KEEPER, now=NOON)


def test_the_post_of_the_shift_gets_what_is_reported() -> None:
    place = make_village()
    make_cell(place)
    organisation = make_organisation(at=place)
    day, night, deputy = (make_holding(make_post(organisation)).post for _one in range(3))
    make_duty(place, deputy, role=Role.DEPUTY)
    make_duty(place, night, shift=Shift.NIGHT)
    make_duty(place, day, shift=Shift.DAY)

    def found(now):  # type: ignore[no-untyped-def]
        return post_of_cell(place.path, CELL, now)

    assert found(NOON).post_id == day.pk
    assert found(NOON + timedelta(hours=12)).post_id == night.pk
    # in the evening nobody of the shift is on: the deputy of the whole day
    assert found(NOON + timedelta(hours=7)).post_id == deputy.pk
    assert post_of_cell(place.path, CellKey("social", "none"), NOON) is None


def test_a_contact_person_is_masked_shown_with_a_reason_and_let_go() -> None:
    make_cell()
    made = naming.name_contact(make_village(), CELL, FACTS, actor=KEEPER, now=NOON)

    assert made.masked_name == "李某某"
    assert made.masked_phone.endswith("8001")
    assert "13800138001" not in str(CellContact.objects.values())
    with pytest.raises(WhyMissing):
        naming.show_contact(made, " ", actor=KEEPER, now=NOON)
    shown = naming.show_contact(made, "to call her", actor=KEEPER, now=NOON)
    assert shown == (FACTS.name, FACTS.phone)
    read = Entry.objects.get(verb="read")
    assert read.details["reason"] == "to call her"

    naming.end_contact(made, actor=KEEPER, now=NOON)
    assert not ContactVault.objects.exists()
    assert CellContact.objects.get().masked_name == ""
    with pytest.raises(Over):
        naming.show_contact(made, "to call her", actor=KEEPER, now=NOON)


@pytest.mark.parametrize("actor", [NOBODY, STRANGER])
def test_a_contact_person_is_nobody_elses_to_read(actor) -> None:  # type: ignore[no-untyped-def]
    make_cell()
    made = naming.name_contact(make_village(), CELL, FACTS, actor=KEEPER, now=NOON)

    with pytest.raises(NotAllowed):
        naming.show_contact(made, "curious", actor=actor, now=NOON)
    with pytest.raises(NotFound):
        contacts.get_contact(actor, made.pk)

    with scope.acting(SYSTEM):
        assert ContactVault.objects.count() == 1


def test_row_security_hides_the_vault_from_another_village() -> None:
    make_cell()
    naming.name_contact(make_village(), CELL, FACTS, actor=KEEPER, now=NOON)

    seen = {}
    for label, actor in (("own", KEEPER), ("other", STRANGER), ("system", SYSTEM)):
        with scope.acting(actor), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM grid_contactvault")
            seen[label] = cursor.fetchone()[0]

    assert seen == {"own": 1, "other": 0, "system": 1}


def test_consent_comes_before_the_name() -> None:
    make_cell()
    later = ContactFacts("李阿姨", "+8613800138001", "x", Consent.PAPER, TODAY + timedelta(days=1))

    with pytest.raises(Invalid):
        naming.name_contact(make_village(), CELL, later, actor=KEEPER, now=NOON)

    assert not CellContact.objects.exists()


def test_what_a_village_that_ended_had_goes_to_the_one_that_follows() -> None:
    place, other = make_village(), make_village("441900006001")
    make_cell(place)
    make_duty(place, make_post())

    assert references.rows_at(place.pk) == 1
    assert moving.rehouse(place.pk, other.pk, actor=SYSTEM) == 1

    assert CellDuty.objects.get().path == other.path
    assert (references.rows_at(place.pk), references.rows_at(other.pk)) == (0, 1)


def test_the_page_and_the_api_name_a_post_and_strangers_find_nothing() -> None:
    place = make_village()
    make_cell(place)
    post = make_post(make_organisation(at=place))
    client, stranger = client_of(KEEPER), client_of(STRANGER)
    address = f"/en/grid/{place.code}/cells/social/{CELL.code}/"
    said = {"post_id": post.pk, "role": "worker", "shift": "day", "since": "2026-08-10"}

    done = client.post(f"{address}staff/new/", {**said, "key": "k1"})
    again = client.post(f"{address}staff/new/", {**said, "key": "k2"})
    body = {"village": place.code, "layer": "social", "cell": CELL.code, **said, "shift": "night"}
    made = post_json(client, "/api/v1/grid/duties/", body)

    assert (done.status_code, again.status_code, made.status_code) == (303, 422, 201)
    assert made.json()["post"] == post.title
    assert post.title in client.get(address).content.decode()
    assert post.title in client.get(f"/en/grid/{place.code}/print/").content.decode()
    listed = client.get(f"/api/v1/grid/villages/{place.code}/cells/").json()
    assert [(c["code"], c["households"], c["is_looked_after"]) for c in listed["items"]] == [
        ("G1", 400, True)
    ]
    for found in (stranger.get(address), stranger.get(f"/en/grid/{place.code}/"),
                  post_json(stranger, "/api/v1/grid/duties/", body)):  # fmt: skip
        assert found.status_code == 404


def test_the_list_shows_what_lacks_staff_or_size_and_exports() -> None:
    place = make_village()
    make_cell(place, "G1", households=200)
    make_cell(place, "G2", households=None)
    client = client_of(make_actor("seer", permits.SEE, ceiling=STAFF))

    page = client.get(f"/en/grid/{place.code}/?only=size").content.decode()
    file = client.get(f"/en/grid/{place.code}/?format=csv").content.decode("utf-8-sig")

    assert "Cell G1" in page
    assert "Cell G2" not in page
    assert [line.split(",")[:3] for line in file.splitlines()[-2:]] == [
        ["G1", "Cell G1", "200"],
        ["G2", "Cell G2", ""],
    ]


def test_posts_of_one_name_are_told_apart_by_their_body() -> None:
    place = make_village()
    bodies = [make_organisation(at=place), make_organisation(at=place)]
    for body in bodies:
        make_post(body, kind="grid_worker", title="Head")
    alone = make_post(bodies[0], kind="grid_worker", title="Runner")

    told = dict(cells.post_choices(SYSTEM, place, TODAY))

    assert told[str(alone.pk)] == "Runner"
    assert len(set(told.values())) == 3 and all(
        words.startswith("Head · ") for words in told.values() if words != "Runner"
    )

    with CaptureQueriesContext(connection) as few:
        cells.post_choices(SYSTEM, place, TODAY)
    for _each in range(3):
        make_post(make_organisation(at=place), kind="grid_worker", title="Head")
    with CaptureQueriesContext(connection) as many:
        assert len(cells.post_choices(SYSTEM, place, TODAY)) == 6
    assert len(many) == len(few)
