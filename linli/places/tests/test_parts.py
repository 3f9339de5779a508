"""Groups and buildings of a village: entered, ended, moved, imported."""

import json
import re
from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from linli.kernel.errors import Invalid, NotAllowed, Refusal, Stale
from linli.kernel.permits import PROTECTED, PUBLIC, Actor
from linli.kernel.registries import REFERENCES, Reference
from linli.kernel.sheets import as_xlsx
from linli.kernel.testing import client_of, make_actor
from linli.places import permits, queries, services
from linli.places.errors import CodeTaken, Ended, HasParts, NameTaken, UnderItself, WrongLevel
from linli.places.models import Place, PlaceChange
from linli.places.queries.hanging import NOT_FOR_ALL
from linli.places.rules.part_rows import HEADINGS, NewPart, columns_of, read_row
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import NOON, make_town, make_village

VILLAGE = "441900005001"
CLERK = make_actor("clerk", permits.TEND, at=f"441900/441900005/{VILLAGE}/")
NEIGHBOUR = make_actor("clerk next door", permits.TEND, at="441900/441900005/441900005002/")
TOWN = make_actor("town", permits.TEND, at="441900/441900005/")
LEAD = make_actor("city lead", permits.CHANGE, permits.TEND, at="441900/")
SINCE = date(2020, 1, 1)
DECREE = Decree("村民会议决议〔2026〕1号", date(2026, 11, 1))
LIST = f"/zh-hans/register/places/{VILLAGE}/parts/"
HEADS = ["类别", "编号", "名称", "所属小组", "设立日期", "依据"]


def group(number: int = 1, name: str = "第一小组", **more: object) -> NewPart:
    return NewPart("group", number, name, SINCE, "登记", **more)  # type: ignore[arg-type]


def building(number: int = 1, name: str = "1栋", of: str = "", since: date = SINCE) -> NewPart:
    return NewPart("building", number, name, since, "登记", of)


def add(village: Place, part: NewPart, actor: Actor = CLERK) -> Place:
    return services.add_part(village, part, actor=actor, now=NOON)


@pytest.mark.django_db
def test_a_clerk_enters_a_group_and_a_building_in_it_with_day_and_basis() -> None:
    village = make_village(VILLAGE)

    first = add(village, group(3, "第三小组"))
    house = add(village, building(12, "12栋", of="3"))

    assert (first.code, first.name_en) == (f"{VILLAGE}g003", "Group 3")
    assert house.path == f"{village.path}{first.code}/{VILLAGE}b012/"
    assert (house.village_id, house.parent_id) == (village.pk, first.pk)
    change = PlaceChange.objects.filter(parts__new=house).get()
    assert (change.kind, change.effective_on, change.document) == ("add", SINCE, "登记")
    assert [p.code for p in queries.places_on("building", date(2026, 1, 1))] == [house.code]
    assert queries.places_on("building", date(2019, 1, 1)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "refusal", "name"),
    [
        (group(1, "别名"), CodeTaken, "number"),
        (group(2, "第一小组"), NameTaken, "name"),
        (group(3, "第三小组", group="第一小组"), Invalid, "group"),
        (building(of="第九小组"), Invalid, "group"),
        (building(since=date(2099, 1, 1)), Invalid, "since"),
        (building(of="第一小组", since=date(2019, 12, 31)), Invalid, "since"),
    ],
)
def test_what_does_not_fit_is_refused_on_its_field(part, refusal, name) -> None:
    village = make_village(VILLAGE)
    add(village, group())
    there = Place.objects.count()

    with pytest.raises(refusal) as told:
        add(village, part)

    assert name in told.value.fields
    assert Place.objects.count() == there


@pytest.mark.django_db
def test_a_name_may_stand_in_two_groups_and_an_ended_number_is_not_given_again() -> None:
    village = make_village(VILLAGE)
    add(village, group(1, "第一小组"))
    add(village, group(2, "第二小组"))
    one = add(village, building(1, "1栋", of="1"))
    add(village, building(2, "1栋", of="2"))
    services.end_part(one, decree=DECREE, version=1, actor=CLERK, now=NOON)

    with pytest.raises(CodeTaken):
        add(village, building(1, "新1栋", of="1"))


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [NEIGHBOUR, make_actor("nobody's", permits.DRAW, at="441900/")])
def test_others_neither_enter_nor_end_nor_rename(actor: Actor) -> None:
    make_town()
    village = Place.objects.get(code=VILLAGE)
    first = add(village, group())
    to = NewPlace("", "他组", "X", "他组")

    for act in (
        lambda: add(village, group(2, "二"), actor),
        lambda: services.end_part(first, decree=DECREE, version=1, actor=actor, now=NOON),
        lambda: services.rename_place(
            first, to=to, decree=DECREE, version=1, actor=actor, now=NOON
        ),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert Place.objects.filter(level="group", valid_to__isnull=True).get().name == "第一小组"


@pytest.mark.django_db
def test_the_keeper_of_groups_does_not_change_villages() -> None:
    village = make_village(VILLAGE)
    to = NewPlace("", "他村", "X", "他村")

    with pytest.raises(NotAllowed):
        services.rename_place(village, to=to, decree=DECREE, version=1, actor=CLERK, now=NOON)
    with pytest.raises(WrongLevel):
        services.end_part(village, decree=DECREE, version=1, actor=CLERK, now=NOON)
    with pytest.raises(WrongLevel):
        add(Place.objects.get(code="441900005"), group(), TOWN)


@pytest.mark.django_db
def test_a_group_ends_once_nothing_is_left_on_it() -> None:
    village = make_village(VILLAGE)
    first = add(village, group())
    house = add(village, building(of="1"))

    with pytest.raises(HasParts):
        services.end_part(first, decree=DECREE, version=1, actor=CLERK, now=NOON)
    services.end_part(house, decree=DECREE, version=1, actor=CLERK, now=NOON)
    services.end_part(first, decree=DECREE, version=1, actor=CLERK, now=NOON)

    assert not queries.parts_of(village).exists()
    assert len(queries.places_on("group", date(2026, 10, 31))) == 1
    with pytest.raises(Ended):
        services.end_part(first, decree=DECREE, version=2, actor=CLERK, now=NOON)


@pytest.mark.django_db
def test_what_is_not_for_everybody_keeps_a_group_too_and_is_not_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = add(make_village(VILLAGE), group())
    for key, level in (("places.secret", PROTECTED), ("places.open", PUBLIC)):
        entry = Reference(key, "place", key, lambda pk: int(pk == first.pk), None, level=level)
        monkeypatch.setitem(REFERENCES._items, key, entry)

    with pytest.raises(HasParts) as told:
        services.end_part(first, decree=DECREE, version=1, actor=CLERK, now=NOON)

    first.refresh_from_db()
    assert first.valid_to is None
    assert told.value.details["what"] == "places.open, " + str(NOT_FOR_ALL)


@pytest.mark.django_db
def test_who_comes_second_to_end_or_rename_is_told() -> None:
    first = add(make_village(VILLAGE), group())
    to = NewPlace("", "东组", "East", "东组")
    services.rename_place(first, to=to, decree=DECREE, version=1, actor=CLERK, now=NOON)

    with pytest.raises(Stale):
        services.end_part(first, decree=DECREE, version=1, actor=CLERK, now=NOON)


@pytest.mark.django_db
def test_an_ended_village_takes_no_new_group() -> None:
    make_town()
    olds = list(Place.objects.filter(level="village"))
    new = NewPlace("441900005900", "新村", "New", "新村")
    services.merge_places(olds, into=new, decree=DECREE, actor=LEAD, now=NOON)

    with pytest.raises(Ended):
        add(olds[0], group(), LEAD)
    assert client_of(LEAD).get(f"{LIST}new/").status_code == 200
    assert send(client_of(LEAD), f"{LIST}new/", **FORM).status_code == 409


@pytest.mark.django_db
def test_groups_move_with_their_buildings_and_never_under_themselves() -> None:
    make_town()
    village, other = Place.objects.filter(level="village").order_by("code")
    first = add(village, group(), TOWN)
    house = add(village, building(of="1"), TOWN)

    with pytest.raises((UnderItself, WrongLevel)):
        services.move_place(first, under=first, decree=DECREE, version=1, actor=TOWN, now=NOON)
    with pytest.raises((UnderItself, WrongLevel)):
        services.move_place(first, under=house, decree=DECREE, version=1, actor=TOWN, now=NOON)
    with pytest.raises(NotAllowed):
        services.move_place(first, under=other, decree=DECREE, version=1, actor=CLERK, now=NOON)
    services.move_place(first, under=other, decree=DECREE, version=1, actor=TOWN, now=NOON)

    house.refresh_from_db()
    assert house.path == f"{other.path}{first.code}/{house.code}/"
    assert house.village_id == other.pk
    # the number stays taken where its code was given out
    with pytest.raises(CodeTaken):
        add(village, group(1, "新组"), TOWN)


@pytest.mark.django_db
def test_the_page_of_a_building_does_not_load_the_whole_list_it_came_with() -> None:
    make_town()
    village, other = Place.objects.filter(level="village").order_by("code")
    parts = [(number, building(number, f"{number}栋")) for number in range(1, 4)]
    made, _faults = services.add_parts(village, parts, actor=CLERK, now=NOON)
    new = NewPlace("441900005900", "新村", "New", "新村")
    services.merge_places([village, other], into=new, decree=DECREE, actor=LEAD, now=NOON)

    added = queries.changes_of(made[0]).get(kind="add")
    merged = queries.changes_of(village).get(kind="merge")

    assert PlaceChange.objects.filter(pk=added.pk, parts__isnull=False).count() == 3
    assert list(added.parts.all()) == []
    assert {part.old_id for part in merged.parts.all()} == {village.pk, other.pk}


@pytest.mark.django_db
def test_merged_villages_keep_the_groups_of_both_and_new_ones_are_numbered_anew() -> None:
    make_town()
    for village in Place.objects.filter(level="village"):
        add(village, group(), TOWN)
    new = services.merge_places(
        list(Place.objects.filter(level="village")),
        into=NewPlace("441900005900", "新村", "New", "新村"), decree=DECREE, actor=LEAD, now=NOON,
    )  # fmt: skip

    added = add(new, NewPart("group", 1, "新组", date(2026, 11, 2), "登记"), LEAD)

    assert queries.count_parts(new) == {"group": 3, "building": 0}
    assert added.code == "441900005900g001"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_one_number_at_once_one_is_told() -> None:
    village = make_village(VILLAGE)
    barrier, outcomes = Barrier(2), []

    def enter(name: str) -> None:
        barrier.wait()
        try:
            add(village, group(7, name))
            outcomes.append("entered")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=enter, args=(name,)) for name in ("甲组", "乙组")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["code_taken", "entered"]
    assert Place.objects.filter(level="group").count() == 1


FORM = {"level": "group", "number": "1", "name": "第一小组", "since": "20200101", "basis": "登记"}


def send(client: Client, address: str, **data: object):
    return client.post(address, {"key": str(uuid4()), **data})


@pytest.mark.django_db
def test_the_form_enters_a_group_and_keeps_what_was_typed_when_it_is_refused() -> None:
    make_village(VILLAGE)
    client = client_of(CLERK)

    done = send(client, f"{LIST}new/", **FORM)
    again = send(client, f"{LIST}new/", **{**FORM, "name": "另一组"})
    empty = send(client, f"{LIST}new/", level="group")
    stranger = send(client_of(NEIGHBOUR), f"{LIST}new/", **FORM)

    assert (done.status_code, again.status_code, empty.status_code) == (303, 422, 422)
    assert "另一组" in again.content.decode()
    assert stranger.status_code == 403
    assert Place.objects.filter(level="group").count() == 1


@pytest.mark.django_db
def test_the_list_shows_filters_exports_and_says_when_it_is_empty() -> None:
    village = make_village(VILLAGE)
    empty = Client().get(LIST).content.decode()
    first = add(village, group())
    add(village, building(of="1"))
    gone = add(village, group(2, "旧组"))
    services.end_part(gone, decree=DECREE, version=1, actor=CLERK, now=NOON)

    shown = Client().get(LIST, {"level": "group"}).content.decode()
    ended = Client().get(LIST, {"ended": "1"}).content.decode()
    file = Client().get(LIST, {"format": "csv", "word": "1栋"}).content.decode("utf-8-sig")

    assert "还没有录入" in empty
    assert first.code in shown
    assert f"{VILLAGE}b001" not in shown
    assert gone.code not in shown
    assert gone.code in ended
    assert file.count("\r\n") == 2
    assert "第一小组" in file
    assert f"{LIST}new/" not in shown
    assert f"{LIST}new/" in client_of(CLERK).get(LIST).content.decode()


@pytest.mark.django_db
def test_the_desk_leads_a_clerk_straight_to_her_village_and_a_town_to_its_list() -> None:
    make_town()
    address = "/zh-hans/register/parts/"

    assert client_of(CLERK).get(address)["Location"] == LIST
    assert "441900005002" in client_of(TOWN).get(address).content.decode()
    assert client_of(make_actor("x", permits.DRAW, at="441900/")).get(address).status_code == 403


@pytest.mark.django_db
def test_who_keeps_more_villages_than_a_page_holds_reaches_every_one() -> None:
    made = {make_village(f"441900005{number:03}").code for number in range(1, 62)}
    address, seen, cursor = "/zh-hans/register/parts/", [], ""
    Place.objects.filter(code="441900005061").update(is_invented=True)

    while cursor is not None:
        shown = client_of(TOWN).get(address, {"cursor": cursor} if cursor else {}).content.decode()
        codes = re.findall(r"/register/places/(441900005\d{3})/parts/\"", shown)
        seen += codes
        after = re.search(r'rel="next" href="[^"]*cursor=([^"&]+)"', shown)
        cursor = after and after[1]

    assert sorted(seen) == sorted(made)
    real = Place.objects.filter(level="village").order_by("-is_invented", "code")
    assert seen == list(real.values_list("code", flat=True))
    assert client_of(TOWN).get(address, {"cursor": "!!"}).status_code == 422


@pytest.mark.django_db
def test_a_group_is_ended_and_renamed_from_its_page() -> None:
    first = add(make_village(VILLAGE), group())
    client, base = client_of(CLERK), f"/zh-hans/register/places/{VILLAGE}g001/"
    said = {"document": "决议", "effective_on": "20261101", "reason": ""}

    page = client.get(base).content.decode()
    shown = client.get(f"{base}end/")
    done = send(client, f"{base}end/", version=1, **said)
    village = client_of(LEAD).get(f"/zh-hans/register/places/{VILLAGE}/end/")

    assert f"{base}end/" in page
    assert (shown.status_code, done.status_code, village.status_code) == (200, 303, 404)
    first.refresh_from_db()
    assert first.valid_to == date(2026, 11, 1)


BAD = [
    ["小组", "1", "第一小组", "", "2020-01-01", "登记"],
    ["楼栋", "1", "1栋", "2", "2020年1月1日", "登记"],
    ["小组", "2", "第二小组", "", "20200101", "登记"],
    ["小组", "2", "第二小组甲", "", "20200101", "登记"],
    ["小组", "3", "第一小组", "", "20200101", "登记"],
    ["村", "x", "", "", "31.31", ""],
    ["楼栋", "2", "2栋", "9", "20990101", "登记"],
    ["小组", "４", "=HYPERLINK()", "", "20200101", "登记"],
    [],
    ["楼栋", "5", "𠮷栋🏠", "第一小组", "20200101", "登记"],
]


def as_csv(rows: list[list[str]], encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(row) for row in rows).encode(encoding, "replace")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "gb18030", "xlsx"])
def test_a_list_is_checked_without_a_trace_and_then_taken(form: str) -> None:
    make_village(VILLAGE)
    client = client_of(CLERK)
    content = as_xlsx([HEADS, *BAD]) if form == "xlsx" else as_csv(
        [HEADS, *BAD], "utf-8-sig" if form == "csv" else "gb18030"
    )  # fmt: skip
    upload = SimpleUploadedFile(f"x.{'xlsx' if form == 'xlsx' else 'csv'}", content)

    checked = send(client, f"{LIST}import/", step="check", file=upload)
    assert checked.status_code == 200
    assert not Place.objects.filter(level__in=["group", "building"]).exists()
    table = checked.context["table"] if checked.context else None
    table = table or _table_of(checked.content.decode())
    refused = send(client, f"{LIST}import/", step="refused", table=table)
    taken = send(client, f"{LIST}import/", step="take", table=table)

    rows = refused.content.decode("utf-8-sig")
    assert rows.count("\r\n") == 6  # the heads and five rows
    assert "编号已被使用" in rows
    assert "同名" in rows
    assert "没有这个小组" in rows
    assert "这个日期还没到" in rows
    assert taken.status_code == 303
    made = set(Place.objects.filter(level__in=["group", "building"]).values_list("name", flat=True))
    assert made == {"第一小组", "第二小组", "1栋", "𠮷栋🏠"}
    second = Place.objects.get(name="第二小组")
    assert Place.objects.get(name="1栋").parent_id == second.pk
    assert PlaceChange.objects.filter(kind="add").count() == 1


def _table_of(page: str) -> str:
    from html import unescape

    return unescape(page.split('name="table" hidden>', 1)[1].split("</textarea>", 1)[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"\x00\x01\x02", "不是"),
        (as_csv([["名称"], ["甲"]]), "缺少这些列"),
        (b"PK\x03\x04broken", "读不出来"),
        (as_csv([HEADS, *[["小组", "1", "甲", "", "20200101", "x"]] * 3001]), "3000"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_word(content: bytes, words: str) -> None:
    make_village(VILLAGE)

    answer = send(
        client_of(CLERK), f"{LIST}import/", step="check", file=SimpleUploadedFile("x.csv", content)
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["take", "refused"])
@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "文件是空的"),
        ("\n \n", "文件是空的"),
        (as_csv([HEADS, ["小组", "1", "x" * 200_000]]).decode(), "读不出来"),
        (as_csv([HEADS, *[["小组", "1", "甲", "", "20200101", "x"]] * 3001]).decode(), "3000"),
        (as_csv([HEADS, ["小组", "1", "甲" * 700_000]]).decode(), "2 MB"),
    ],
    ids=["empty", "blank", "broken", "rows", "bytes"],
)
def test_what_comes_back_with_the_page_is_checked_as_the_file_was(
    step: str, table: str, words: str
) -> None:
    make_village(VILLAGE)

    answer = send(client_of(CLERK), f"{LIST}import/", step=step, table=table)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Place.objects.filter(level="group").exists()


@pytest.mark.django_db
def test_only_a_village_takes_lists_of_parts() -> None:
    make_town()
    add(Place.objects.get(code=VILLAGE), group())

    for code in ("441900005", f"{VILLAGE}g001"):
        base = f"/zh-hans/register/places/{code}/parts/import/"
        assert client_of(TOWN).get(base).status_code == 404
        assert client_of(TOWN).get(f"{base}blank").status_code == 404
        assert send(client_of(TOWN), base, step="check").status_code == 404


@pytest.mark.django_db
def test_a_neighbour_hands_no_list_in_and_takes_none() -> None:
    make_town()
    table = as_csv([HEADS, BAD[0]], "utf-8").decode()

    for step in ("check", "take", "refused"):
        answer = send(client_of(NEIGHBOUR), f"{LIST}import/", step=step, table=table)
        assert answer.status_code == 403
    assert not Place.objects.filter(level="group").exists()


def test_every_reason_of_a_row_is_told_at_once() -> None:
    columns = columns_of([words[0] for words in HEADINGS.values()])

    faults = read_row(2, ["村", "0", "", "", "soon", "x" * 121], columns, date.fromisoformat)

    assert {(fault.field, fault.code) for fault in faults} == {
        ("level", "unknown"), ("number", "no_number"), ("name", "missing"),
        ("since", "no_date"), ("basis", "too_long"),
    }  # fmt: skip


@pytest.mark.django_db
def test_the_api_lists_and_enters_once() -> None:
    make_village(VILLAGE)
    address, key = f"/api/v1/places/{VILLAGE}/parts/", str(uuid4())
    given = {**FORM, "number": 1}

    def post(actor: Actor, body: object, key: str):
        return client_of(actor).post(
            address, json.dumps(body), content_type="application/json",
            headers={"Idempotency-Key": key},
        )  # fmt: skip

    made = post(CLERK, given, key)
    again = post(CLERK, given, key)
    taken = post(CLERK, given, str(uuid4()))
    bad = post(CLERK, {**given, "level": "village", "since": "x"}, str(uuid4()))
    stranger = post(NEIGHBOUR, given, str(uuid4()))
    listed = Client().get(f"{address}?level=group").json()

    assert (made.status_code, again.status_code) == (201, 201)
    assert made.json()["code"] == f"{VILLAGE}g001"
    assert (taken.status_code, taken.json()["code"]) == (422, "code_taken")
    assert set(bad.json()["fields"]) == {"level", "since"}
    assert stranger.status_code == 403
    assert (listed["count"], listed["items"][0]["parent"]) == (1, VILLAGE)
    assert Client().get(f"{address}?level=village").status_code == 422
