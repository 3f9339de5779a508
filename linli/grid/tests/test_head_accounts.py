"""A head whose account is erased stands for nobody by name; one with a new number stays who she is."""

from __future__ import annotations

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.access import permits as access
from linli.access.services.acting import tie_person
from linli.access.services.forgetting import forget_person
from linli.access.testing import actor_for, make_account, make_staff
from linli.grid import tasks
from linli.grid.models import Headship, HeadVault
from linli.grid.services import head_accounts
from linli.grid.services.heads import VAULT, stand
from linli.grid.testing import NOON
from linli.grid.types import Standing
from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.kernel.testing import VILLAGE, make_actor
from linli.people.testing import make_person
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


def stands(account_id: int, ground: str, **more: Any) -> Headship:
    her = make_actor("her", access.RESIDE, account_id=account_id)
    place = make_village("441900005001")
    head = stand(place, Standing("building", ground, "李姐", "13800138000"), actor=her, now=NOON)
    Headship.objects.filter(pk=head.pk).update(**more)
    return head


def test_an_erased_head_serves_no_more_and_her_name_is_gone() -> None:
    person = make_person("李月")
    account = make_account("r-1", kind="resident", person_id=person.pk)
    other = make_account("r-2", kind="resident")
    serving = stands(account.pk, "1", state="serving", since=NOON.date())
    candidate, stays = stands(account.pk, "2"), stands(other.pk, "3")

    forget_person(person.pk, actor=SYSTEM, now=NOON)
    for job in ProcrastinateJob.objects.filter(task_name="grid.forget_account"):
        tasks.forget_account(**job.args)

    rows = {row.pk: (row.state, row.public_name, row.account_id) for row in Headship.objects.all()}
    assert rows == {
        serving.pk: ("ended", "", None),
        candidate.pk: ("withdrawn", "", None),
        stays.pk: ("stands", "李姐", other.pk),
    }
    with scope.acting(VAULT):
        assert list(HeadVault.objects.values_list("head_id", flat=True)) == [stays.pk]
    assert head_accounts.forget_account(account.pk, actor=SYSTEM, now=NOON) == 0


def test_a_head_with_a_new_number_stays_who_she_is() -> None:
    person = make_person("李月")
    known = make_account("r-1", kind="resident", person_id=person.pk, phone="+8613800138000")
    new = make_account("r-2", kind="resident", phone="+8613900139000", path="")
    head, office = stands(new.pk, "1"), actor_for(make_staff("village_chair"))

    tie_person(new, person.pk, path=VILLAGE, takes_over=True, actor=office, now=NOON)

    assert Headship.objects.get(pk=head.pk).account_id == known.pk
