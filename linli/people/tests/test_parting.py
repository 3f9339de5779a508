"""Two entries that were one for a while: what came in meanwhile goes with its own person or is named."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from linli.access.models import Account, OneTimeLink, SignIn
from linli.access.services.acting import tie_person
from linli.access.testing import actor_for, make_account
from linli.cases.models import Case, Reporter
from linli.cases.queries.own import own_cases
from linli.cases.testing import make_report
from linli.kernel import events, scope
from linli.kernel.joined import PERSON_COLUMNS
from linli.kernel.permits import VAULT
from linli.kernel.testing import CITY, client_of, make_actor
from linli.notify.models import EmailAddress, Message
from linli.offerings.models import Application
from linli.offerings.testing import make_application
from linli.people import permits
from linli.people.events import DeathWithdrawn
from linli.people.models import DuplicatePair, Household, HouseholdMember, Person, Residency
from linli.people.queries.meanwhile import Came, came_since
from linli.people.queries.search import find_people
from linli.people.services.parting import part_pair
from linli.people.services.register import record_death
from linli.people.services.vault import add_document
from linli.people.testing import NEIGHBOUR, NOON, SYSTEM, join, make_person

pytestmark = pytest.mark.django_db
CLERK = make_actor("clerk", permits.VIEW, permits.EDIT, permits.MERGE, at=CITY, ceiling=VAULT)
# history stays as it was told; a session in which somebody stands for another is over within the hour
NOT_MOVED = {
    "trail_entry", "cases_caseevent", "access_signin", "people_person", "people_duplicatepair",
    "people_nameterm", "people_personkey", "access_account",
}  # fmt: skip


def two() -> tuple[Person, Person]:
    """Return two people of one name in two villages: by a card, by a passport."""
    return make_person("陈小明"), make_person(
        "陈小明", NEIGHBOUR, kind="passport", number="E12345678", household="H9", relation="head"
    )


def account_of(person: Person | None, name: str) -> Account:
    return make_account(name, kind="resident", person_id=person.pk if person else None, path=CITY)


def parted(pair: DuplicatePair) -> DuplicatePair:
    return part_pair(pair, "father and son", actor=CLERK, now=NOON)


def came_since_of(pair: DuplicatePair) -> tuple[Came, ...]:
    with scope.acting(SYSTEM), transaction.atomic():
        return came_since(pair).rows


def test_what_an_account_wrote_meanwhile_goes_back_to_its_own_person() -> None:
    kept, gone = two()
    one, other = account_of(kept, "r-1"), account_of(gone, "r-2")
    # two that were joined before one of the accounts had to be closed for it
    Account.objects.filter(pk=other.pk).update(state="disabled", disabled_at=NOON)
    pair = join(kept, gone)
    Account.objects.filter(pk=other.pk).update(state="active", disabled_at=None)
    hers = make_report(actor=actor_for(one), is_mine=True)
    his = make_report(actor=actor_for(other), is_mine=True)
    for account in (one, other):
        EmailAddress.objects.create(
            account_id=account.pk, person_id=kept.pk, address=b"x", asked_at=NOON
        )
        Message.objects.create(
            code=f"m{account.pk}", account_id=account.pk, person_id=kept.pk, template="t",
            purpose="p", language="en", subject="t", body="t", level=3, created_at=NOON,
        )  # fmt: skip
    assert Reporter.objects.filter(person_id=kept.pk).count() == 2

    parted(pair)

    # receipts of the reports lie in the same inboxes, and name no person
    for rows in (EmailAddress.objects.all(), Message.objects.filter(template="t")):
        owners = rows.filter(account_id__in=[one.pk, other.pk]).order_by("account_id")
        assert list(owners.values_list("account_id", "person_id")) == [
            (one.pk, kept.pk), (other.pk, gone.pk)
        ]  # fmt: skip
    assert Message.objects.filter(account_id=other.pk, person_id=None).count() == 1
    assert [case.number for case in own_cases(actor_for(one), 9)] == [hers.number]
    assert [case.number for case in own_cases(actor_for(other), 9)] == [his.number]


def test_an_account_that_was_tied_meanwhile_is_tied_to_nobody_and_told() -> None:
    kept, gone = two()
    pair = join(kept, gone)
    account = account_of(None, "r-3")
    tie_person(account, gone.pk, path=CITY, actor=SYSTEM, now=NOON)
    assert actor_for(account).person_id == kept.pk
    SignIn.objects.create(
        account=account,
        key_hash=b"k" * 32,
        started_at=NOON,
        seen_at=NOON,
        expires_at=NOON,
        idle_seconds=900,
    )
    report = make_report(actor=actor_for(account), is_mine=True)
    link = OneTimeLink.objects.create(
        account=account, use="reset", token_hash=b"t" * 32, made_at=NOON, ends_at=NOON
    )

    parted(pair)

    actor = actor_for(account)
    link.refresh_from_db()
    assert link.revoked_at == NOON
    assert (actor.person_id, actor.grants) == (None, ())
    assert SignIn.objects.get(account=account).ended_at == NOON
    assert Message.objects.filter(account_id=account.pk, template="access.person_untied").exists()
    assert Reporter.objects.get(case__number=report.number).person_id is None
    assert [case.number for case in own_cases(actor, 9)] == [report.number]


def test_what_no_account_tells_is_named_for_a_person_to_look_through() -> None:
    kept, gone = two()
    pair = join(kept, gone)
    with_document = make_actor("c", permits.VIEW, permits.EDIT, at=CITY, ceiling=VAULT)
    add_document(kept, "passport", "G12345678", valid_until=None, actor=with_document, now=NOON)
    page = client_of(CLERK).get(f"/en/people/pairs/{pair.pk}/").content.decode()
    assert "If you part them, it stays with entry" in page

    pair = parted(pair)

    assert pair.came_since == {"entry": kept.pk, "rows": [["people_persondocument.person_id", 1]]}
    page = client_of(CLERK).get(f"/en/people/pairs/{pair.pk}/").content.decode()
    assert "Came in while the two were one" in page
    told = client_of(CLERK).get(f"/api/v1/people/pairs/{pair.pk}/").json()
    assert told["came_with"] == kept.pk
    assert [(row["what"], row["count"]) for row in told["came_since"]] == [
        ("people_persondocument.person_id", 1)
    ]


def test_what_came_meanwhile_is_told_by_its_moment_where_numbers_give_no_order() -> None:
    """Each connection hands out its own block of ids of cases (docs/adr/0018)."""
    kept, gone = two()
    other = account_of(gone, "r-2")
    reported, applied = make_report(now=NOON), make_application(now=NOON)
    low = [Case.objects.get(number=reported.number).pk, applied.held.id]
    before = make_application(now=NOON, person_id=kept.pk)
    pair = join(kept, gone)
    Case.objects.filter(pk__in=low).update(opened_at=NOON + timedelta(hours=1))
    Reporter.objects.filter(case_id=low[0]).update(person_id=kept.pk)
    Application.objects.filter(case_id=low[1]).update(person_id=kept.pk)
    counted = {one.key: one.count for one in came_since_of(pair)}
    assert counted == {"cases_reporter.person_id": 1, "offerings_application.person_id": 1}
    by_account = Reporter.objects.filter(case_id__in=[low[1], before.held.id])
    by_account.update(account_id=other.pk)

    parted(pair)

    assert Application.objects.get(case_id=low[1]).person_id == gone.pk
    assert Application.objects.get(case_id=before.held.id).person_id == kept.pk
    assert Reporter.objects.get(case_id=low[0]).person_id == kept.pk


def test_a_death_entered_meanwhile_leaves_the_other_one_living(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[object] = []
    monkeypatch.setitem(events._listeners, DeathWithdrawn, [told.append])
    kept, gone = two()
    pair = join(kept, gone)
    record_death(kept, date(2026, 11, 1), actor=SYSTEM, now=NOON)
    assert not Residency.objects.filter(person=kept, until__isnull=True).exists()

    parted(pair)

    assert Person.objects.get(pk=gone.pk).died_on is None
    assert DeathWithdrawn(gone.pk, date(2026, 11, 1)) in told
    lives = Residency.objects.get(person=gone)
    assert (lives.until, lives.ended_because) == (None, "")
    assert HouseholdMember.objects.get(person=gone).until is None
    assert Residency.objects.get(person=kept).ended_because == "died"
    assert gone.pk in [hit.person_id for hit in find_people(CLERK, "陈小明").items]


def dead_while_one(kept: Person, gone: Person) -> tuple[DuplicatePair, HouseholdMember]:
    """Join two, enter a death, and return the pair with the household's membership that it ended."""
    pair = join(kept, gone)
    record_death(kept, date(2026, 11, 1), actor=SYSTEM, now=NOON)
    return pair, HouseholdMember.objects.get(household__number="H9", person=kept)


def test_who_became_head_after_a_death_stays_head_when_two_are_parted() -> None:
    pair, ended = dead_while_one(*two())
    head = HouseholdMember.objects.create(
        household=ended.household, person=make_person("陈新"), relation="head"
    )

    assert parted(pair).undo is None

    hers = HouseholdMember.objects.get(pk=ended.pk)
    assert (hers.person_id, hers.until) == (pair.other_id, date(2026, 11, 1))
    assert list(HouseholdMember.objects.filter(household=ended.household, until=None)) == [head]
    assert Residency.objects.get(person=pair.other_id).until is None


def test_a_household_dissolved_after_a_death_gets_no_living_member_by_parting() -> None:
    pair, ended = dead_while_one(*two())
    Household.objects.filter(pk=ended.household_id).update(until=date(2026, 11, 20))

    parted(pair)

    assert HouseholdMember.objects.get(pk=ended.pk).until == date(2026, 11, 1)
    assert Residency.objects.get(person=pair.other_id).until is None


@pytest.mark.parametrize("is_changed", [False, True])
def test_two_of_one_household_are_parted_also_when_its_head_is_another_now(
    *, is_changed: bool
) -> None:
    kept, gone = two()
    hers = HouseholdMember.objects.get(person=gone)
    his = HouseholdMember.objects.create(household=hers.household, person=kept, relation="spouse")
    pair = join(kept, gone)
    if is_changed:
        HouseholdMember.objects.filter(pk=his.pk).update(relation="other")
        HouseholdMember.objects.create(
            household=hers.household, person=make_person("陈新"), relation="head"
        )

    parted(pair)

    his.refresh_from_db()
    hers.refresh_from_db()
    assert (his.relation, hers.relation) == ("spouse", "head")
    assert (hers.until is None) is not is_changed


def test_every_column_that_says_whose_a_row_is_is_known_to_parting() -> None:
    known = {one.key for one in PERSON_COLUMNS}
    there = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if _is_person(field) and model._meta.db_table not in NOT_MOVED
    }

    assert there == known


def _is_person(field: Any) -> bool:
    to = field.related_model if isinstance(field, models.ForeignKey) else None
    return to is Person or str(field.column).endswith(("person_id", "principal_id"))
