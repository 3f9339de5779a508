"""Posts of those who died wait with whoever leads at the place, and heads with the place above."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.permits import Actor
from linli.kernel.testing import CITY, TOWN, VILLAGE, make_actor
from linli.orgs import permits
from linli.orgs.desk import due
from linli.orgs.models import PostKind
from linli.orgs.testing import TODAY, make_holding, make_post
from linli.people.models import Person
from linli.people.testing import make_person

pytestmark = pytest.mark.django_db


def told(path: str) -> list[str]:
    actor: Actor = make_actor("appointer", permits.APPOINT, at=path)
    return [item.holder for item in due(actor, TODAY, 10)]


def test_the_village_finds_its_own_and_the_town_the_head_alone() -> None:
    member, chair = make_post(kind="committee_member"), make_post()
    PostKind.objects.filter(pk="committee_member").update(is_head=False)
    kept = make_person("何伟明")
    gone = make_person("何伟明", kind="passport", number="E12345678")
    make_holding(member, "麦润根", person_id=make_person("麦润根").pk)
    make_holding(chair, person_id=gone.pk)
    assert told(VILLAGE) == []

    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    Person.objects.exclude(pk=gone.pk).update(died_on=date(2026, 5, 1))

    assert sorted(told(VILLAGE)) == ["何伟明", "麦润根"]
    assert told(TOWN) == ["何伟明"]
    assert told(CITY) == []
