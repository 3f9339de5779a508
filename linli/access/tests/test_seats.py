"""Nobody gets rights by recording who holds a post."""

from __future__ import annotations

from datetime import date

import pytest

from linli.access.errors import DutiesClash, NotForYourself
from linli.access.testing import (
    LONG_AGO,
    NOON,
    actor_for,
    kind_rights,
    make_account,
    make_holding,
    make_post,
    make_right,
)
from linli.access.tests.test_shaping import staff_in
from linli.kernel.errors import Invalid
from linli.kernel.testing import VILLAGE
from linli.orgs import services
from linli.orgs.types import Appointment
from linli.people.testing import make_person

DAY = date(2026, 6, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("known_by", ["account", "person", "joined"])
def test_nobody_appoints_herself(known_by: str) -> None:
    kind_rights()
    person = make_person("何伟明")
    entry = person
    if known_by == "joined":
        entry = make_person("何伟名")
        type(person).objects.filter(pk=entry.pk).update(merged_into=person)
    post, mine = make_post("committee_chair"), make_post("other")
    account = make_account(path=VILLAGE, person_id=person.pk)
    make_holding(mine, account)
    make_right("village_chair", post_id=mine.pk)
    actor = actor_for(account, NOON)
    by_account = known_by == "account"
    appointment = Appointment("何伟明", DAY, "elected", person_id=None if by_account else entry.pk)

    with pytest.raises(NotForYourself):
        services.appoint(
            post, appointment, account_id=account.pk if by_account else None, actor=actor, now=NOON
        )

    assert not post.holdings.exists()


@pytest.mark.django_db
def test_a_correction_puts_nobody_else_into_a_post() -> None:
    kind_rights()
    person, other = make_person("何伟明"), make_person("叶少芬")
    post = make_post("committee_chair")
    chair = staff_in(make_post("other"), "village_chair")
    actor = actor_for(chair, NOON)
    holding = services.appoint(
        post, Appointment("何伟明", DAY, "elected", person_id=person.pk), actor=actor, now=NOON
    )

    for entry in (other.pk, None):
        with pytest.raises(Invalid) as refusal:
            services.correct_holding(
                holding, Appointment("叶少芬", DAY, "elected", person_id=entry), edition=1,
                actor=actor, now=NOON,
            )  # fmt: skip
        assert set(refusal.value.fields) == {"person_id"}

    holding.refresh_from_db()
    assert (holding.person_id, holding.holder_name, holding.edition) == (person.pk, "何伟明", 1)


@pytest.mark.django_db
def test_a_correction_ties_nobody_to_her_own_entry() -> None:
    kind_rights()
    person = make_person("何伟明")
    mine, post = make_post("other"), make_post("committee_chair")
    account = make_account(path=VILLAGE, person_id=person.pk)
    make_holding(mine, account)
    make_right("village_chair", post_id=mine.pk)
    actor = actor_for(account, NOON)
    holding = services.appoint(post, Appointment("某人", DAY, "elected"), actor=actor, now=NOON)

    with pytest.raises(NotForYourself):
        services.correct_holding(
            holding, Appointment("某人", DAY, "elected", person_id=person.pk), edition=1,
            actor=actor, now=NOON,
        )  # fmt: skip

    holding.refresh_from_db()
    assert holding.person_id is None


@pytest.mark.django_db
def test_duties_that_stay_apart_are_looked_at_when_somebody_takes_a_post() -> None:
    """GB/T 22239-2019: who checks the trail does no work that is checked."""
    kind_rights()
    post = make_post("clerk")
    auditor = make_account(path=VILLAGE)
    make_right("auditor", account_id=auditor.pk)
    chair = staff_in(make_post("other"), "village_chair")

    with pytest.raises(DutiesClash):
        services.appoint(
            post, Appointment("何伟明", LONG_AGO, "elected"), account_id=auditor.pk,
            actor=actor_for(chair, NOON), now=NOON,
        )  # fmt: skip

    assert not post.holdings.exists()
