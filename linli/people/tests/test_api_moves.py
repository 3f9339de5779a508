"""What the pages of the register do, over the API: by who may, against what was read, once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from linli.kernel.permits import VAULT, Actor
from linli.kernel.testing import client_of, make_actor
from linli.people import permits
from linli.people.models import (
    Contact,
    Dwelling,
    DwellingParty,
    Household,
    HouseholdMember,
    Person,
    Residency,
    Roll,
    RollEntry,
)
from linli.people.testing import FAR, NEIGHBOUR, VILLAGE, make_person, make_villages, path_of

ALL = (
    permits.VIEW, permits.EDIT, permits.VIEW_ROLLS, permits.EDIT_ROLLS, permits.ERASE,
)  # fmt: skip
PATH = "441900/441900005/441900005001/"
CLERK = make_actor("clerk", *ALL, at=PATH, ceiling=VAULT)
READER = make_actor("reader", permits.VIEW, permits.VIEW_ROLLS, at=PATH, ceiling=VAULT)
NUMBER = "44190019900101001X"


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


def elsewhere() -> Actor:
    return make_actor("far", *ALL, at=path_of(FAR), ceiling=VAULT, account_id=9)


def send(actor: Actor, path: str, status: int, /, key: str = "", **body: Any) -> Any:
    response = client_of(actor).post(
        f"/api/v1/people/{path}", body, content_type="application/json",
        headers={"Idempotency-Key": key or str(uuid4())},
    )  # fmt: skip
    assert response.status_code == status, response.content
    said = response.json()
    if status >= 400:
        assert set(said) == {"code", "message", "fields"}
    return said


def get(actor: Actor, path: str, status: int = 200) -> Any:
    response = client_of(actor).get(f"/api/v1/people/{path}")
    assert response.status_code == status, response.content
    return response.json()


def test_an_entry_is_corrected_and_the_second_editor_is_told() -> None:
    person = make_person("陈晓明", number=NUMBER)
    read = get(CLERK, f"{person.pk}/")
    facts = {"name": "陈小明", "sex": "male", "born_on": "1990-01-01", "version": read["version"]}

    mended = send(CLERK, f"{person.pk}/correct", 200, **facts)
    assert (mended["name"], mended["version"]) == ("陈小明", read["version"] + 1)
    assert (
        send(CLERK, f"{person.pk}/correct", 409, **{**facts, "name": "陈大明"})["code"] == "stale"
    )
    wrong = send(CLERK, f"{person.pk}/correct", 422, **{**facts, "name": "<script>",
                                                       "version": mended["version"]})  # fmt: skip
    assert set(wrong["fields"]) == {"name"}
    assert Person.objects.get().name == "陈小明"


def test_somebody_moves_in_out_and_back_and_a_stay_is_corrected() -> None:
    person = make_person("陈晓明", household="H1", relation="head")
    stay = get(CLERK, f"{person.pk}/")["residencies"][0]
    to = f"stays/{stay['id']}/"
    said = {"standing": "non_local_resident", "basis": "residence_permit", "group": "三组",
            "basis_until": "2030-01-31", "address": "江南路9号"}  # fmt: skip

    mended = send(CLERK, to + "correct", 200, **said, version=stay["version"])
    assert (mended["group"], mended["address"]) == ("三组", "江南路9号")
    assert send(CLERK, to + "correct", 409, **said, version=stay["version"])["code"] == "stale"
    late = str(localdate() + timedelta(days=1))
    send(CLERK, to + "leave", 422, on=late)
    assert Residency.objects.get().until is None
    gone = send(CLERK, to + "leave", 200, on=str(localdate()), because="去佛山")
    assert gone["until"] == str(localdate())
    assert HouseholdMember.objects.get().until == localdate()
    assert send(CLERK, to + "back", 200)["until"] is None
    again = send(CLERK, f"{person.pk}/stays/", 409, place=VILLAGE, **said)
    assert again["code"] == "lives_there_already"


def test_a_second_home_is_entered_by_who_keeps_the_register_there() -> None:
    person = make_person("陈晓明")
    both = Actor(3, None, "town", tuple(
        grant for at in (VILLAGE, NEIGHBOUR)
        for grant in make_actor("x", *ALL, at=path_of(at), ceiling=VAULT).grants
    ))  # fmt: skip
    stay = {"place": NEIGHBOUR, "standing": "non_local_resident", "basis": "declared"}

    assert set(send(CLERK, f"{person.pk}/stays/", 422, **stay)["fields"]) == {"place"}
    moved = send(both, f"{person.pk}/stays/", 201, **stay)
    assert {one["place"] for one in moved["residencies"]} == {VILLAGE, NEIGHBOUR}


def test_a_document_and_a_telephone_go_in_and_never_come_out() -> None:
    person = make_person("陈晓明", number=NUMBER)

    more = send(CLERK, f"{person.pk}/documents/", 201, kind="passport", document_number="E12345678")
    assert {one["kind"] for one in more["documents"]} == {"resident_id", "passport"}
    assert "E12345678" not in str(more)
    wrong = send(CLERK, f"{person.pk}/documents/", 422, kind="resident_id", document_number="1")
    assert set(wrong["fields"]) == {"document_number"}
    passport = next(one for one in more["documents"] if one["kind"] == "passport")
    ended = send(CLERK, f"documents/{passport['id']}/end", 200)
    assert [one["until"] for one in ended["documents"] if one["kind"] == "passport"] == [
        str(localdate())
    ]

    called = send(CLERK, f"{person.pk}/contacts/", 201, kind="phone", value="13812345678")
    assert [one["masked"] for one in called["contacts"]] == ["138****5678"]
    assert set(send(CLERK, f"{person.pk}/contacts/", 422, kind="phone", value="1")["fields"]) == {
        "value"
    }
    assert not send(CLERK, f"contacts/{called['contacts'][0]['id']}/end", 200)["contacts"]


def test_a_death_and_an_erasure_take_their_permit_and_their_basis() -> None:
    person = make_person("陈晓明")

    send(CLERK, f"{person.pk}/erase", 422, basis="法院判决", sure=False)
    assert send(CLERK, f"{person.pk}/erase", 409, basis="法院判决", sure=True)
    send(CLERK, f"{person.pk}/died", 422, on=str(localdate() + timedelta(days=2)))
    dead = send(CLERK, f"{person.pk}/died", 200, on=str(localdate()))
    assert (dead["died_on"], dead["residencies"][0]["until"]) == (str(localdate()),) * 2
    send(READER, f"{person.pk}/erase", 404, basis="法院判决", sure=True)
    send(CLERK, f"{person.pk}/erase", 200, basis="法院判决", sure=True)
    assert Person.objects.get().name != "陈晓明"


def test_a_household_is_opened_joined_and_closed() -> None:
    one, other = make_person("陈晓明"), make_person("李丽", sex="female")
    made = send(CLERK, "households/", 201, place=VILLAGE, kind="family", number="H9",
                address="江南路9号")  # fmt: skip
    to = f"households/{made['id']}/"

    assert send(CLERK, "households/", 409, place=VILLAGE, kind="family", number="H9")["code"]
    send(CLERK, to + "add", 200, person=one.pk, relation="head")
    assert send(CLERK, to + "add", 409, person=other.pk, relation="head")["code"] == "head_taken"
    both = send(CLERK, to + "add", 200, person=other.pk, relation="spouse", bed="上铺")
    assert [(m["name"], m["relation"], m["bed"]) for m in both["members"]] == [
        ("陈晓明", "head", ""), ("李丽", "spouse", "上铺"),
    ]  # fmt: skip
    her = f"members/{both['members'][1]['id']}/change"
    assert set(send(CLERK, her, 422, relation="boss")["fields"]) == {"relation"}
    swapped = send(CLERK, her, 200, relation="head")
    assert [m["name"] for m in swapped["members"]][0] == "李丽"
    assert len(send(CLERK, her, 200, relation="leave")["members"]) == 1
    assert send(CLERK, to + "close", 200)["until"] == str(localdate())


def test_a_dwelling_is_entered_corrected_declared_and_answered_for() -> None:
    landlord = make_person("陈晓明")
    home = {"address": "工业路3号", "kind": "dormitory", "beds": 40, "employer": "宏达厂"}
    made = send(CLERK, "dwellings/", 201, place=VILLAGE, **home)
    to = f"dwellings/{made['id']}/"

    assert send(CLERK, "dwellings/", 409, place=VILLAGE, **home)["code"] == "address_taken"
    assert set(send(CLERK, "dwellings/", 422, place=VILLAGE, **{**home, "beds": 0})["fields"]) == {
        "beds"
    }
    mended = send(CLERK, to + "correct", 200, **{**home, "beds": 36}, version=made["version"])
    assert mended["beds"] == 36
    send(CLERK, to + "correct", 409, **home, version=made["version"])
    noted = send(CLERK, to + "declare", 200, declared_on="2026-10-01",
                 declared_until="2027-04-01", number="粤S-1")  # fmt: skip
    assert (noted["declared_number"], noted["declared_until"]) == ("粤S-1", "2027-04-01")
    send(CLERK, to + "party", 200, role="landlord", person=landlord.pk)
    named = send(CLERK, to + "party", 200, role="manager", name="黄二")
    assert [(one["role"], one["name"]) for one in named["parties"]] == [
        ("landlord", "陈晓明"), ("manager", "黄二"),
    ]  # fmt: skip
    ended = send(CLERK, f"parties/{named['parties'][1]['id']}/end", 200)
    assert [one["role"] for one in ended["parties"] if one["until"] is None] == ["landlord"]
    assert get(CLERK, to)["beds"] == Dwelling.objects.get().beds == 36


def test_a_roll_is_opened_entered_ended_and_closed() -> None:
    person = make_person("陈晓明")
    roll = {"place": VILLAGE, "kind": "shareholder", "name": "股东名册", "basis": "章程",
            "opened_on": "2026-01-01"}  # fmt: skip
    made = send(CLERK, "rolls/", 201, **roll)
    to = f"rolls/{made['id']}/"

    assert send(CLERK, "rolls/", 409, **roll)["code"] == "roll_name_taken"
    line = {"person": person.pk, "since": "2026-01-01", "evidence": "股权证", "quantity": "2.5"}
    assert set(send(CLERK, to + "entries/", 422, **{**line, "evidence": ""})["fields"]) == {
        "evidence"
    }
    entry = send(CLERK, to + "entries/", 201, **line)
    assert (entry["name"], float(entry["quantity"])) == ("陈晓明", 2.5)
    assert send(CLERK, to + "entries/", 409, **line)["code"] == "on_roll_already"
    end = f"entries/{entry['id']}/end"
    assert set(send(CLERK, end, 422, on="2026-02-01", because="")["fields"]) == {"because"}
    assert send(CLERK, end, 200, on="2026-02-01", because="转让")["until"] == "2026-02-01"
    assert send(CLERK, to + "close", 200)["closed_on"] == str(localdate())
    assert send(CLERK, to + "entries/", 409, **line)["code"] == "roll_closed"
    assert RollEntry.objects.count() == 1


def test_the_same_key_opens_one_household() -> None:
    body = {"place": VILLAGE, "kind": "family", "number": "H9"}

    first = send(CLERK, "households/", 201, key="once", **body)
    assert send(CLERK, "households/", 201, key="once", **body) == first
    assert Household.objects.count() == 1


def test_who_only_reads_or_keeps_another_village_changes_nothing() -> None:
    person = make_person("陈晓明", household="H1", relation="head", address="江南路1号",
                         phone="13812345678")  # fmt: skip
    read = get(CLERK, f"{person.pk}/")
    dwelling, household = Dwelling.objects.get(), Household.objects.get()
    stay, contact = read["residencies"][0], read["contacts"][0]
    moves: list[tuple[str, dict[str, Any]]] = [
        (f"{person.pk}/correct", {"name": "改名", "sex": "male", "version": read["version"]}),
        (f"{person.pk}/died", {"on": str(localdate())}),
        (f"{person.pk}/documents/", {"kind": "passport", "document_number": "E12345678"}),
        (f"{person.pk}/contacts/", {"kind": "phone", "value": "13900001111"}),
        (f"contacts/{contact['id']}/end", {}),
        (f"stays/{stay['id']}/leave", {"on": str(localdate())}),
        (f"households/{household.pk}/close", {}),
        (f"members/{read['households'][0]['id']}/change", {"relation": "leave"}),
        (f"dwellings/{dwelling.pk}/party", {"role": "manager", "name": "黄二"}),
        (f"dwellings/{dwelling.pk}/declare", {"number": "1"}),
        ("households/", {"place": VILLAGE, "kind": "family", "number": "H2"}),
        ("dwellings/", {"place": VILLAGE, "address": "x路1号", "kind": "let"}),
        ("rolls/", {"place": VILLAGE, "kind": "voter", "name": "n", "basis": "b",
                    "opened_on": "2026-01-01"}),
    ]  # fmt: skip

    for actor in (READER, elsewhere()):
        for path, body in moves:
            answer = client_of(actor).post(
                f"/api/v1/people/{path}", body, content_type="application/json",
                headers={"Idempotency-Key": str(uuid4())},
            )  # fmt: skip
            assert answer.status_code in (403, 404, 422), (actor.label, path, answer.content)
    assert get(CLERK, f"{person.pk}/") == read
    assert (Household.objects.count(), Dwelling.objects.count(), Roll.objects.count()) == (1, 1, 0)
    assert not DwellingParty.objects.exists()
    assert Contact.objects.filter(until__isnull=True).count() <= 1
    assert Residency.objects.get().until is None and Person.objects.get().born_on == date(
        1990, 1, 1
    )
