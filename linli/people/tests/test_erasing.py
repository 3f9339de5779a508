"""The page that erases somebody by law: asked twice, refused while she lives here, final."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from linli.kernel import scope
from linli.kernel.errors import WrongState
from linli.kernel.testing import client_of
from linli.people import permits
from linli.people.models import DuplicatePair, Person, PersonDocument, Residency, RollEntry
from linli.people.queries.gone import over
from linli.people.services.parting import part_pair
from linli.people.services.rolls import Entered, end_entry, enter_on_roll, open_roll
from linli.people.testing import (
    NOON,
    SYSTEM,
    TODAY,
    VILLAGE,
    join,
    make_clerk,
    make_person,
    make_villages,
)
from linli.people.types import RollKind

HEAD = make_clerk(permits.ERASE)
LEFT = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


def erase(person: Person, who: object = HEAD, **given: object) -> int:
    answer = client_of(who).post(
        f"/zh-hans/people/{person.pk}/erase/", {"key": str(uuid4()), **given}
    )
    return int(answer.status_code)


def name_of(person: Person) -> str:
    return Person.objects.get(pk=person.pk).name


def test_who_left_is_erased_with_the_basis() -> None:
    person = make_person("李秀珍", until=LEFT)
    shown = client_of(HEAD).get(f"/zh-hans/people/{person.pk}/").content.decode()

    assert f"/zh-hans/people/{person.pk}/erase/" in shown
    assert erase(person, basis="GR-2026-0001", sure="on") == 303
    assert name_of(person) == ""


def test_joined_entries_are_one_person_and_go_together() -> None:
    kept = make_person("李秀珍", until=LEFT)
    gone = make_person("李秀珍", until=LEFT, kind="passport", number="E12345678")
    join(kept, gone)

    assert erase(kept, basis="GR-2026-0001", sure="on") == 303
    assert (name_of(kept), name_of(gone)) == ("", "")
    with scope.acting(SYSTEM):
        assert not PersonDocument.objects.filter(person__in=[kept, gone]).exists()


def test_neither_rolls_nor_the_undoing_of_a_joining_keep_a_name() -> None:
    kept = make_person("李秀珍", until=LEFT)
    gone = make_person("李秀真", until=LEFT, kind="passport", number="E12345678")
    roll = open_roll(VILLAGE, RollKind.OWNER, "业主", "登记", on=TODAY, actor=SYSTEM, now=NOON)
    entered = Entered(LEFT, "李秀真的房产证")
    entry = enter_on_roll(roll, gone, entered, actor=SYSTEM, now=NOON)
    end_entry(entry, TODAY, "李秀真卖房", actor=SYSTEM, now=NOON)
    pair = join(kept, gone)
    assert "李秀真" in str(pair.undo)

    assert erase(kept, basis="GR-2026-0001", sure="on") == 303

    told = [*RollEntry.objects.values_list("name_key", "evidence", "ended_because"),
            *DuplicatePair.objects.values_list("undo", "reason")]  # fmt: skip
    assert told == [("", "", ""), (None, "")]
    with pytest.raises(WrongState):
        part_pair(pair, "two after all", actor=SYSTEM, now=NOON)
    assert (name_of(kept), name_of(gone)) == ("", "")
    page = client_of(make_clerk(permits.MERGE, at="441900")).get(
        f"/zh-hans/people/pairs/{pair.pk}/"
    )
    assert page.status_code == 200
    assert 'value="part"' not in page.content.decode()


def test_a_stay_that_another_entry_stands_for_keeps_nobody() -> None:
    kept, twin = make_person("李秀珍"), make_person("李秀珍", kind="passport", number="E12345678")
    join(kept, twin)
    shadowed = Residency.objects.filter(person__in=[kept, twin], is_shadowed=True)
    lived = Residency.objects.filter(person__in=[kept, twin], is_shadowed=False)
    assert [row.until for row in shadowed] == [None]
    assert erase(kept, basis="GR-2026-0001", sure="on") == 409
    lived.update(until=date(2010, 1, 1))

    assert list(over(datetime(2026, 11, 24, tzinfo=UTC))) == [kept.pk]
    assert erase(kept, basis="GR-2026-0001", sure="on") == 303
    assert (name_of(kept), name_of(twin)) == ("", "")


@pytest.mark.parametrize("given", [{"basis": "GR-2026-0001"}, {"sure": "on"}, {}])
def test_without_basis_or_a_second_thought_nothing_goes(given: dict[str, str]) -> None:
    person = make_person("李秀珍", until=LEFT)

    assert erase(person, **given) == 422
    assert name_of(person) == "李秀珍"


def test_who_lives_here_is_kept_and_the_clerk_is_told() -> None:
    person = make_person("李秀珍")

    assert erase(person, basis="GR-2026-0001", sure="on") == 409
    assert name_of(person) == "李秀珍"


def test_a_clerk_without_the_permit_neither_sees_nor_does_it() -> None:
    person, clerk = make_person("李秀珍", until=LEFT), make_clerk()
    shown = client_of(clerk).get(f"/zh-hans/people/{person.pk}/").content.decode()

    assert "/erase/" not in shown
    assert erase(person, clerk, basis="GR-2026-0001", sure="on") in (403, 404)
    assert name_of(person) == "李秀珍"
