"""Every page of the register: for whom it opens, what it does, what it refuses."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from linli.kernel.permits import VAULT
from linli.kernel.testing import client_of, make_actor
from linli.people.models import (
    Dwelling,
    DwellingParty,
    Household,
    HouseholdMember,
    Person,
    Residency,
    RollEntry,
)
from linli.people.queries.vault import vault_of
from linli.people.services import duplicates, rolls
from linli.people.testing import (
    NOON,
    SYSTEM,
    TODAY,
    VILLAGE,
    make_person,
    make_villages,
)
from linli.people.tests.samples import ALL, CLERK, PATH, post
from linli.people.types import RollKind
from linli.runtime.models import IdempotencyKey
from linli.trail.models import Entry
from tests.furnishing import made_once

pytestmark = pytest.mark.django_db
STRANGER = make_actor("stranger", *ALL, at="441900/441900006/441900006001/", ceiling=VAULT)
NUMBER = "44190019900101001X"


@pytest.fixture
def clerk() -> Client:
    return client_of(CLERK)


def _world() -> dict[str, int]:
    make_villages()
    person = make_person(
        "陈晓明", number=NUMBER, phone="13812345678", household="H1", relation="head",
        address="江南大道12号302", hukou_address="湖南省长沙市",
    )  # fmt: skip
    other = make_person("陈晓明", kind="passport", number="E12345678")
    duplicates.find_pairs(PATH, actor=CLERK, now=NOON)
    roll = rolls.open_roll(VILLAGE, RollKind.VOTER, "选民", "换届", on=TODAY, actor=CLERK, now=NOON)
    rolls.enter_on_roll(roll, person, rolls.Entered(TODAY, "户口簿"), actor=CLERK, now=NOON)
    vault = vault_of(SYSTEM, person)
    from linli.people.models import DuplicatePair

    return {
        "person_id": person.pk, "other_id": other.pk, "roll_id": roll.pk,
        "residency_id": Residency.objects.get(person=person).pk,
        "household_id": Household.objects.get().pk, "dwelling_id": Dwelling.objects.get().pk,
        "member_id": HouseholdMember.objects.get().pk, "entry_id": RollEntry.objects.get().pk,
        "document_id": vault.documents[0].pk, "contact_id": vault.contacts[0].pk,
        "pair_id": DuplicatePair.objects.get().pk,
    }  # fmt: skip


world = made_once(_world)


READ = [
    ("list", ()), ("look_up", ()), ("new", ()), ("person", ("person_id",)), ("edit", ("person_id",)),
    ("died", ("person_id",)), ("document_new", ("person_id",)), ("contact_new", ("person_id",)),
    ("stay_new", ("person_id",)), ("stay_edit", ("residency_id",)), ("stay_leave", ("residency_id",)),
    ("households", ()), ("household_new", ()), ("household", ("household_id",)), ("dwellings", ()),
    ("dwelling_new", ()), ("dwelling", ("dwelling_id",)), ("dwelling_edit", ("dwelling_id",)),
    ("rolls", ()), ("roll_new", ()), ("roll", ("roll_id",)), ("roll_enter", ("roll_id", "person_id")),
    ("entry_end", ("entry_id",)), ("imports", ()), ("import_new", ()), ("pairs", ()),
    ("pair", ("pair_id",)), ("month", ()), ("month_print", ()),
]  # fmt: skip


def address(name: str, world: dict[str, int], *args: str) -> str:
    return reverse(f"people:{name}", args=[world[arg] for arg in args])


@pytest.mark.load
@pytest.mark.parametrize(("name", "args"), READ, ids=[name for name, _args in READ])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_for_the_clerk_and_shows_no_number(
    clerk: Client, world: dict[str, int], name: str, args: tuple[str, ...], language: str
) -> None:
    to = address(name, world, *args).replace("/zh-hans/", f"/{language}/")

    answer = clerk.get(to)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert NUMBER not in text and "13812345678" not in text
    assert text.count("<h1") == 1
    assert "<script>" not in text


@pytest.mark.load
@pytest.mark.parametrize(("name", "args"), READ, ids=[name for name, _args in READ])
def test_nobody_gets_in(world: dict[str, int], name: str, args: tuple[str, ...]) -> None:
    assert Client().get(address(name, world, *args)).status_code in (302, 403, 404)


@pytest.mark.parametrize(
    ("name", "args"), [(n, a) for n, a in READ if a], ids=[name for name, args in READ if args]
)
def test_what_is_elsewhere_is_not_found(
    world: dict[str, int], name: str, args: tuple[str, ...]
) -> None:
    assert client_of(STRANGER).get(address(name, world, *args)).status_code == 404


@pytest.mark.parametrize("q", ["陈晓明", "cxm", NUMBER, "江南大道12号", "CHAN"])
def test_a_search_shows_who_was_found(clerk: Client, world: dict[str, int], q: str) -> None:
    answer = clerk.get(reverse("people:list"), {"q": q})

    assert address("person", world, "person_id") in answer.content.decode()


def test_the_second_editor_is_told_and_keeps_what_was_typed(
    clerk: Client, world: dict[str, int]
) -> None:
    to = address("edit", world, "person_id")
    facts = {"sex": "male", "born_on": "1990-01-01", "version": "1", "other_name": ""}
    post(clerk, to, name="陈小明", **facts)

    answer = post(clerk, to, name="陈大明", **facts)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="陈大明"' in text and "陈小明" in text
    assert Person.objects.get(pk=world["person_id"]).name == "陈小明"
    version = re.search(r'name="version" value="(\d+)"', text)
    assert version is not None
    post(clerk, to, name="陈大明", **{**facts, "version": version[1]})
    assert Person.objects.get(pk=world["person_id"]).name == "陈大明"


def test_a_number_is_shown_once_with_a_reason(clerk: Client, world: dict[str, int]) -> None:
    to = address("document_reveal", world, "document_id")

    without, given = post(clerk, to, reason=""), post(clerk, to, reason="compare")

    assert without.status_code == 422 and NUMBER not in without.content.decode()
    assert given.status_code == 200 and NUMBER in given.content.decode()
    assert "no-store" in given["Cache-Control"]
    assert post(client_of(STRANGER), to, reason="compare").status_code == 404


def test_a_page_that_shows_a_number_is_kept_nowhere_and_reloading_asks_for_the_reason_again(
    clerk: Client, world: dict[str, int]
) -> None:
    to = address("document_reveal", world, "document_id")
    form = {"reason": "compare", "key": "shown-once"}
    readings = Entry.objects.filter(outcome="read")

    shown, before = clerk.post(to, form), readings.count()
    again = clerk.post(to, form)

    assert NUMBER in shown.content.decode()
    assert (again.status_code, NUMBER in again.content.decode()) == (409, False)
    assert readings.count() == before
    assert not IdempotencyKey.objects.filter(body__isnull=False).exists()


MOVES = [
    ("document_end", ("document_id",), {}),
    ("contact_end", ("contact_id",), {}),
    ("contact_new", ("person_id",), {"kind": "phone", "value": "13900000000"}),
    ("document_new", ("person_id",), {"kind": "passport", "document_number": "G12345678"}),
    ("stay_leave", ("residency_id",), {"on": "2026-11-01", "because": "搬走"}),
    ("member_change", ("member_id",), {"relation": "leave"}),
    ("household_close", ("household_id",), {}),
    ("member_add", ("household_id",), {"person": "other_id", "relation": "child"}),
    ("dwelling_edit", ("dwelling_id",), {"address": "江南大道12号302", "kind": "let", "version": "1"}),
    ("declare", ("dwelling_id",), {"declared_on": "2026-01-01", "declared_until": "2026-12-31"}),
    ("party_name", ("dwelling_id",), {"role": "landlord", "person": "person_id"}),
    ("roll_enter", ("roll_id", "other_id"), {"person": "other_id", "since": "2026-11-01", "evidence": "x"}),
    ("entry_end", ("entry_id",), {"on": "2026-11-24", "because": "迁出"}),
    ("roll_close", ("roll_id",), {}),
    ("died", ("person_id",), {"on": "2026-11-01"}),
    ("pair_decide", ("pair_id",), {"move": "join"}),
    ("export", (), {"place": VILLAGE, "format": "csv"}),
    ("month_export", (), {"place": VILLAGE, "month": "2026-11"}),
]  # fmt: skip


@pytest.mark.load
@pytest.mark.parametrize(("name", "args", "data"), MOVES, ids=[name for name, _a, _d in MOVES])
def test_every_act_is_done_for_the_clerk_and_for_nobody_else(
    clerk: Client, world: dict[str, int], name: str, args: tuple[str, ...], data: dict[str, str]
) -> None:
    given = {key: world.get(value, value) for key, value in data.items()}
    to = address(name, world, *args)

    assert post(Client(), to, **given).status_code in (302, 403, 404)
    assert post(client_of(STRANGER), to, **given).status_code in (403, 404)
    answer = post(clerk, to, **given)

    assert answer.status_code == 303, answer.content.decode()[:2000]


def test_a_landlord_without_an_entry_is_named(clerk: Client, world: dict[str, int]) -> None:
    post(clerk, address("party_name", world, "dwelling_id"), role="manager", name="安居公寓")

    assert DwellingParty.objects.get().name == "安居公寓"


STALE = [
    ("edit", "person_id", {"name": "李新名", "sex": "male", "born_on": "1990-01-01"}),
    ("dwelling_edit", "dwelling_id", {"address": "新地址九号", "kind": "let"}),
    ("stay_edit", "residency_id",
     {"standing": "non_local_resident", "basis": "employer", "employer": "我写的单位"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "of", "data"), STALE, ids=[name for name, _of, _data in STALE])
def test_who_saves_second_reads_what_was_saved_and_saves_on_purpose(
    clerk: Client, world: dict[str, int], name: str, of: str, data: dict[str, str]
) -> None:
    to = address(name, world, of)
    before = int(re.findall(r'name="version" value="(\d+)"', clerk.get(to).content.decode())[0])
    mine = {key: value.replace("我写的", "另写的") for key, value in data.items()}

    missing = post(clerk, to, **data)
    first = post(clerk, to, **data, version=before)
    second = post(clerk, to, **mine, version=before)

    assert (missing.status_code, first.status_code, second.status_code) == (422, 303, 409)
    page = second.content.decode()
    assert "现在的内容" in page
    for words in (*data.values(), *mine.values()):
        assert words in page
    assert f'name="version" value="{before + 1}"' in page
    assert post(clerk, to, **mine, version=before + 1).status_code == 303
