"""Acting for somebody ends with what it rests on, in the sessions that are open too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.access.models import DataRequest, GivenRight, Mandate, SignIn
from linli.access.queries.actors import actor_of
from linli.access.queries.sessions import session_row
from linli.access.services import acting, mandates, requests
from linli.access.testing import actor_for, make_account, make_staff
from linli.access.tests.test_acting import make_session
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor
from linli.kernel.testing import VILLAGE, stop_clock
from linli.people.models import Person
from linli.people.testing import join, make_person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it stay this moment, though the run goes on past midnight."""
    stop_clock(monkeypatch, NOW)


@pytest.fixture
def mother() -> Person:
    return make_person("陈母")


@pytest.fixture
def mandate(mother: Person) -> Mandate:
    son, clerk = make_account("r-son", kind="resident"), make_account("clerk")
    return Mandate.objects.create(
        principal=mother, agent=son, starts_at=NOW - timedelta(days=1),
        ends_at=NOW + timedelta(days=9), basis="letter", recorded_by=clerk,
    )  # fmt: skip


def starts(mandate: Mandate) -> SignIn:
    session = make_session(mandate.agent)
    acting.start_acting(
        session.pk, mandate.principal_id, "insurance", actor=actor_for(mandate.agent), now=NOW
    )
    return session


def behind(session: SignIn) -> Actor:
    row = session_row(bytes(session.key_hash), now=timezone.now())
    assert row is not None
    return actor_of(row, now=timezone.now())


def test_ending_a_mandate_ends_the_acting_at_once(mandate: Mandate) -> None:
    session = starts(mandate)
    assert behind(session).acting_for == mandate.principal_id

    mandates.end_mandate(
        mandate, path=VILLAGE, actor=actor_for(make_staff("village_chair")), now=timezone.now()
    )

    session.refresh_from_db()
    assert (session.acting_for_id, session.purpose) == (None, "")
    assert behind(session).acting_for is None
    # what the former agent asks now is about himself
    asked = requests.file_request(
        "delete", "all", path=VILLAGE, actor=behind(session), now=timezone.now()
    )
    assert DataRequest.objects.get(pk=asked.pk).person_id is None


@pytest.mark.parametrize("end", ["revoked_at", "ends_at", "starts_at", "death"])
def test_a_mandate_that_holds_no_more_carries_no_session(
    mandate: Mandate, mother: Person, end: str
) -> None:
    """Civil Code art. 173: it ends with its day, with a word, and with a death."""
    session = starts(mandate)
    if end == "death":
        Person.objects.filter(pk=mother.pk).update(died_on=NOW.date())
    else:
        later = NOW + timedelta(days=1) if end == "starts_at" else NOW
        Mandate.objects.filter(pk=mandate.pk).update(**{end: later})

    actor = behind(session)

    assert (actor.acting_for, actor.purpose) == (None, "")


def test_an_entry_that_was_joined_is_acted_for_by_its_mandate(
    mandate: Mandate, mother: Person
) -> None:
    gone = make_person("陈母", kind="passport", number="E12345678")
    Mandate.objects.filter(pk=mandate.pk).update(principal=gone)
    mandate.refresh_from_db()
    session = starts(mandate)

    join(mother, gone)

    assert behind(session).acting_for == mother.pk


def test_the_right_to_act_for_others_holds_from_request_to_request(mother: Person) -> None:
    clerk = make_staff("clerk")
    session = make_session(clerk)
    acting.start_acting(session.pk, mother.pk, "asked me", actor=actor_for(clerk), now=NOW)
    assert behind(session).acting_for == mother.pk

    GivenRight.objects.update(revoked_at=NOW)

    assert behind(session).acting_for is None


def test_nobody_begins_to_act_for_somebody_who_died(mandate: Mandate, mother: Person) -> None:
    Person.objects.filter(pk=mother.pk).update(died_on=NOW.date())
    clerk = make_staff("clerk")

    for account in (clerk, mandate.agent):
        session = make_session(account)
        SignIn.objects.filter(pk=session.pk).update(key_hash=account.username.encode())
        with pytest.raises((Invalid, NotFound)):
            acting.start_acting(session.pk, mother.pk, "x", actor=actor_for(account), now=NOW)
    assert not SignIn.objects.filter(acting_for__isnull=False).exists()
