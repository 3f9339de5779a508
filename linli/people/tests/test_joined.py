"""Whoever was joined to another entry is reached, reminded and counted as one human being."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.access.queries.accounts import languages_of
from linli.access.testing import make_account
from linli.kernel import scope
from linli.notify.models import EmailAddress
from linli.notify.queries import reached_by_email
from linli.orgs.errors import Overlap
from linli.orgs.models import PostHolding
from linli.orgs.services import appoint
from linli.orgs.testing import make_holding, make_post
from linli.orgs.types import Appointment
from linli.people.models import Person
from linli.people.queries.persons import asked_by_entry
from linli.people.queries.reaching import phone_for_message
from linli.people.queries.turning import due_among
from linli.people.testing import NOON, SYSTEM, join, make_person

pytestmark = pytest.mark.django_db
BORN = date(1966, 11, 3)


def two() -> tuple[Person, Person]:
    """Return two entries of one woman; what other registers hold of her hangs on the second."""
    kept = make_person("李月", born_on=BORN, sex="female")
    gone = make_person(
        "李月", born_on=BORN, sex="female", kind="passport", number="E1234567", phone="13912345678"
    )
    return kept, gone


def test_what_still_names_the_entry_that_went_reaches_her_by_the_one_that_was_kept() -> None:
    kept, gone = two()
    account = make_account("r-1", kind="resident", person_id=kept.pk, language="en")
    EmailAddress.objects.create(
        account_id=account.pk, person_id=kept.pk, address=b"x", asked_at=NOON, confirmed_at=NOON
    )
    join(kept, gone)

    with scope.acting(SYSTEM):
        assert phone_for_message(gone.pk).endswith("13912345678")
    assert ("person", gone.pk) in reached_by_email([], [gone.pk])
    assert languages_of(set(), {gone.pk}) == {
        ("account", account.pk): "en", ("person", gone.pk): "en"
    }  # fmt: skip


def test_all_entries_of_many_are_found_in_one_query(django_assert_num_queries: Any) -> None:
    kept, gone = two()
    other, nobody = make_person("陈伟"), 10**9
    join(kept, gone)

    with django_assert_num_queries(1):
        asked = asked_by_entry([gone.pk, other.pk, nobody])

    assert asked == {
        gone.pk: {gone.pk}, kept.pk: {gone.pk}, other.pk: {other.pk}, nobody: {nobody},
    }  # fmt: skip
    assert asked_by_entry({kept.pk, gone.pk})[kept.pk] == {kept.pk, gone.pk}
    assert asked_by_entry([]) == {}


def test_she_is_reminded_once_though_she_agreed_as_the_entry_that_went() -> None:
    kept, gone = two()
    before = due_among([gone.pk], date(2026, 11, 24))
    join(kept, gone)

    now = due_among([gone.pk, kept.pk], date(2026, 11, 24))

    assert list(before) == [gone.pk]
    assert list(now) == [kept.pk]


def test_one_human_being_takes_no_second_seat_of_a_committee() -> None:
    kept, gone = two()
    join(kept, gone)
    post = make_post(seats=3)
    make_holding(post, "李月", person_id=gone.pk)
    seat = Appointment(
        holder_name="李月", since=date(2026, 11, 1), came_by="elected", person_id=kept.pk
    )

    with pytest.raises(Overlap):
        appoint(post, seat, actor=SYSTEM, now=NOON)

    assert PostHolding.objects.filter(post=post).count() == 1
