"""The second wall: what the vault shows when the application forgets its own filter."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from linli.kernel import scope
from linli.kernel.permits import NOBODY, PERSONAL, STAFF, VAULT, Actor, system_actor
from linli.kernel.testing import CITY, TOWN, make_actor
from linli.people import permits
from linli.people.models import Contact, PersonDocument
from linli.people.services.vault import key_of_person
from linli.people.testing import FAR, SYSTEM, VILLAGE, make_clerk, make_person, make_villages

TABLES = ("people_persondocument", "people_contact", "people_personkey")


@pytest.fixture(autouse=True)
def _two_people(db: None) -> None:
    make_villages()
    for name, village in (("陈晓明", VILLAGE), ("黄国华", FAR)):
        person = make_person(name, village, phone="13812345678", hukou_address="湖南省长沙市")
        key_of_person(person.pk, actor=SYSTEM)


def rows_seen(table: str, actor: Actor) -> int:
    """Count without any filter of ours: what is left is the policy alone."""
    with scope.acting(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("table", TABLES)
def test_each_policy_bites_without_the_applications_filter(table: str) -> None:
    each = rows_seen(table, SYSTEM) // 2

    assert each > 0
    assert rows_seen(table, NOBODY) == 0
    assert rows_seen(table, make_clerk()) == each
    assert rows_seen(table, make_actor("town", permits.VIEW, at=TOWN)) == each
    assert rows_seen(table, make_actor("city", permits.VIEW, at=CITY)) == 2 * each


@pytest.mark.parametrize("table", TABLES)
def test_staff_without_personal_data_see_nothing(table: str) -> None:
    assert rows_seen(table, make_actor("staff", permits.VIEW, at=CITY, ceiling=STAFF)) == 0


@pytest.mark.parametrize("table", TABLES)
def test_a_person_sees_her_own_rows_wherever_she_lives(table: str) -> None:
    person = make_person("李四", FAR, phone="13800000000")
    key_of_person(person.pk, actor=SYSTEM)

    seen = rows_seen(
        table, make_actor("resident", at=VILLAGE, person_id=person.pk, ceiling=PERSONAL)
    )

    assert seen == (1 if table != "people_contact" else 1)


@pytest.mark.parametrize("scopes", [("",), (), ("441900",), ("44190000",)])
def test_an_empty_or_half_path_opens_nothing_more(scopes: tuple[str, ...]) -> None:
    token = scope.current.set(scope.Scope(scopes=scopes))
    try:
        with transaction.atomic():
            scope.apply_now()
            seen = PersonDocument.objects.count()
    finally:
        scope.current.reset(token)
        scope.apply_now()

    assert seen == (2 if scopes == ("441900",) else 0)


def test_the_application_can_neither_delete_from_the_vault_nor_lift_its_guard() -> None:
    from django.db import DatabaseError

    for statement in (
        "DELETE FROM people_persondocument",
        "DELETE FROM people_personkey",
        "ALTER TABLE people_contact DISABLE ROW LEVEL SECURITY",
        "DROP POLICY people_contact_seen ON people_contact",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_nobody_writes_a_document_for_somebody_elsewhere() -> None:
    from django.db import DatabaseError

    with scope.acting(SYSTEM), transaction.atomic():
        far = PersonDocument.objects.exclude(person__name="陈晓明").get()
        touched = PersonDocument.objects.filter(pk=far.pk)
    with scope.acting(make_clerk()), transaction.atomic():
        assert touched.update(masked="x") == 0
    with (
        pytest.raises(DatabaseError),
        scope.acting(make_actor("clerk", permits.EDIT, ceiling=VAULT)),
        transaction.atomic(),
    ):
        Contact.objects.create(person_id=far.person_id, kind="phone", value=b"x", masked="x")


def test_the_system_sees_all() -> None:
    assert rows_seen("people_persondocument", system_actor("job")) == 2
