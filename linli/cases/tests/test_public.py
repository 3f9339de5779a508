"""What everybody sees of cases, on every public surface; and what nobody sees."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from linli.cases import permits
from linli.cases.models import Case, Category, PublicWords
from linli.cases.queries.categories import kin_of
from linli.cases.queries.offering import alike
from linli.cases.queries.public import get_public, list_public, public_place
from linli.cases.queries.similar import similar
from linli.cases.services import linking, releasing, words
from linli.cases.services.perform import perform
from linli.cases.testing import NOON, REPORTER, VILLAGE, clerk_of, faults, make_case, move
from linli.cases.types.moves import At, Wish
from linli.cases.types.public import PublicWanted
from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_group, make_village

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
READER = make_actor("reader", permits.RELEASE, at=VILLAGE)
CODE, TOWN, CITY = "441900005001", "441900005", "441900"
SECRET = "王小明家门口的路灯坏了"
POINT = (113_751_234, 23_020_987)


def release(case_id: int, seq: int = 1, *hidden: str) -> None:
    with transaction.atomic():
        releasing.release_words(At(case_id), seq, hidden=hidden, actor=READER, now=NOON)


def surfaces(number: str, query: str = "") -> dict[str, str]:
    """Everything that is public about a place and a case, as text by address."""
    client = client_of(NOBODY)
    addresses = [
        f"/{lang}/places/{code}/cases/{tail}"
        for lang in ("zh-hans", "en")
        for code in (CODE, TOWN, CITY)
        for tail in ("", "?print=1", "?format=csv", "?stage=open", f"{number}/", query)
    ]
    addresses += [f"/feeds/places/{code}.atom" for code in (CODE, TOWN, CITY)]
    addresses += [
        f"/api/v1/places/{code}/cases/{tail}"
        for code in (CODE, TOWN)
        for tail in ("", f"{number}/")
    ]
    addresses += [f"/zh-hans/places/{CODE}/door/open/", "/zh-hans/search/?q=家门口的路灯"]
    return {address: read(client.get(address)) for address in addresses}


def read(answer: Any) -> str:
    """What an answer says, with the signs that JSON hides."""
    text = answer.content.decode()
    is_json = answer["Content-Type"].startswith("application/json")
    return json.dumps(json.loads(text), ensure_ascii=False) if is_json else text


def test_a_word_that_nobody_released_is_on_no_public_surface() -> None:
    opened = make_case(said=SECRET, point=POINT)
    case_id = opened.held.id
    with transaction.atomic():
        words.add_words(At(case_id), "电话 13800138000 王小明", actor=NOBODY, now=NOON)
        words.add_note(At(case_id), "王小明以前也来过", actor=CLERK, now=NOON)
    move(case_id, "accept", CLERK)
    move(case_id, "answer", CLERK, public={"text": "已告诉王小明"}, internal={"note": "王小明难缠"})

    found = surfaces(opened.held.number, f"?cell={POINT[0]},{POINT[1]}")

    assert [
        address for address, text in found.items() if "王小明" in text or "13800138000" in text
    ] == []
    listed = [a for a, text in found.items() if opened.held.number in text]
    assert len(listed) > 20
    exact = (str(POINT[0]), str(POINT[1]), "113.751234", "23.020987", opened.code)
    asked = f"?cell={POINT[0]},{POINT[1]}"
    leaks = [a for a, text in found.items() if asked not in a for e in exact if e in text]
    assert leaks == []


def test_released_words_are_read_without_what_was_blacked_out() -> None:
    opened = make_case(said=SECRET)
    release(opened.held.id, 1, "王小明")

    found = surfaces(opened.held.number)

    shown = [address for address, text in found.items() if "家门口的路灯坏了" in text]
    assert [a for a, text in found.items() if "王小明" in text] == []
    assert f"/zh-hans/places/{CODE}/cases/" in shown
    assert f"/feeds/places/{CODE}.atom" in shown
    assert f"/api/v1/places/{CODE}/cases/{opened.held.number}/" in shown
    assert faults() == []


def test_taken_back_words_are_gone_everywhere() -> None:
    opened = make_case(said=SECRET)
    release(opened.held.id)
    with transaction.atomic():
        releasing.withhold_words(At(opened.held.id), 1, reason="有人名", actor=READER, now=NOON)

    found = surfaces(opened.held.number)

    assert [a for a, text in found.items() if "王小明" in text or "有人名" in text] == []
    assert faults() == []


@pytest.mark.parametrize("hide", ["level", "tip", "withdrawn", "part", "kind"])
def test_some_cases_are_never_public(hide: str) -> None:
    opened = make_case(matter="tip" if hide == "tip" else "complaint")
    if hide == "level":
        Case.objects.update(level=2)
    if hide == "withdrawn":
        with transaction.atomic():
            perform(Wish(opened.held.id, "withdraw"), actor=NOBODY, now=NOON, hand=REPORTER)
    if hide == "part":
        whole = make_case()
        Case.objects.filter(pk=opened.held.id).update(parent_id=whole.held.id)
    if hide == "kind":
        hidden = Case.objects.filter(pk=opened.held.id)
        assert hidden.update(level=3) == 1
    client = client_of(NOBODY)

    page = client.get(f"/zh-hans/places/{CODE}/cases/{opened.held.number}/")

    assert page.status_code == 404
    assert client.get(f"/api/v1/places/{CODE}/cases/{opened.held.number}/").status_code == 404
    assert opened.held.number not in client.get(f"/zh-hans/places/{CODE}/cases/").content.decode()
    assert opened.held.number not in client.get(f"/feeds/places/{CODE}.atom").content.decode()


def test_nobody_asks_below_the_village_or_at_another_place() -> None:
    opened = make_case()
    group = make_group(make_village())
    make_village("441900006001")
    client = client_of(NOBODY)

    for address in (
        f"/zh-hans/places/{group.code}/cases/",
        f"/feeds/places/{group.code}.atom",
        f"/api/v1/places/{group.code}/cases/",
        f"/zh-hans/places/441900006001/cases/{opened.held.number}/",
        "/zh-hans/places/nowhere/cases/",
    ):
        assert client.get(address).status_code == 404, address


def test_a_case_of_a_group_is_shown_as_one_of_the_village() -> None:
    opened = make_case()
    group = make_group(make_village())
    Case.objects.update(path=group.path)

    case = get_public(opened.held.number)

    assert case.place_code == CODE


def test_a_merged_case_shares_the_state_and_is_not_listed_twice() -> None:
    first, second = make_case(), make_case()
    with transaction.atomic():
        linking.merge(
            At(second.held.id), first.held.number, text="The same.", actor=CLERK, now=NOON
        )
    move(first.held.id, "accept", CLERK)

    case = get_public(second.held.number)
    listed = list_public(public_place(CODE))

    assert (str(case.stage), case.same_as) == ("open", first.held.number)
    assert [one.number for one in listed.items] == [first.held.number]


def test_a_case_that_is_the_same_as_a_hidden_one_tells_nothing_of_it() -> None:
    first, second = make_case(), make_case()
    with transaction.atomic():
        linking.merge(
            At(second.held.id), first.held.number, text="The same.", actor=CLERK, now=NOON
        )
    Case.objects.filter(pk=first.held.id).update(level=5)

    case = get_public(second.held.number)

    assert case.same_as == ""


def test_the_list_is_narrowed_by_category_stage_and_cell_and_paged() -> None:
    lamps = Category.objects.create(code="t-lamps", title="路灯测试", title_en="Lamps tested")
    here = make_case(category_id=lamps.pk, point=POINT)
    for _ in range(4):
        make_case(point=(POINT[0] + 5000, POINT[1]))
    place = public_place(CODE)

    assert [c.number for c in list_public(place, PublicWanted(category="t-lamps")).items] == [
        here.held.number
    ]
    assert [
        c.number for c in list_public(place, PublicWanted(cell=(113_751_999, 23_020_001))).items
    ] == [here.held.number]
    assert list_public(place, PublicWanted(stage="solved")).items == []
    first = list_public(place, limit=3)
    rest = list_public(place, cursor=first.next, limit=3)
    numbers = [case.number for case in (*first.items, *rest.items)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 5


@pytest.mark.parametrize(
    "query",
    ["cell=x", "cell=1", "cell=9999999999,1", "cell=-5,3", "stage=x", "category=%00", "cursor=x"],
)
def test_bad_words_in_the_address_break_nothing(query: str) -> None:
    make_case()

    answer = client_of(NOBODY).get(f"/zh-hans/places/{CODE}/cases/?{query}")

    assert answer.status_code in (200, 400, 422)


def test_the_api_pages_and_refuses_an_unknown_stage() -> None:
    for _ in range(3):
        make_case()
    client = client_of(NOBODY)

    first = json.loads(client.get(f"/api/v1/places/{CODE}/cases/?limit=2").content)

    assert (first["count"], len(first["items"])) == (3, 2)
    rest = client.get(f"/api/v1/places/{CODE}/cases/?limit=2&cursor={first['next']}").json()
    assert len(rest["items"]) == 1
    assert rest["next"] is None
    assert client.get(f"/api/v1/places/{CODE}/cases/?stage=x").status_code == 422


def test_a_page_costs_the_same_for_one_and_for_many(django_assert_max_num_queries: Any) -> None:
    shown = [make_case(point=POINT).held for _ in range(12)]
    for held in shown:
        release(held.id)

    with django_assert_max_num_queries(9):
        page = list_public(public_place(CODE))

    assert {case.number for case in page.items} == {held.number for held in shown}


def answered(said: str, answer: str, **more: Any) -> str:
    opened = make_case(said=said, **more)
    move(opened.held.id, "accept", CLERK)
    done = move(opened.held.id, "answer", CLERK, public={"text": answer})
    release(opened.held.id, 1)
    release(opened.held.id, done.seq)
    return opened.held.number


def test_similar_matters_are_found_by_words_place_and_category() -> None:
    lamps = Category.objects.create(code="t-lamps", title="路灯测试", title_en="Lamps tested")
    lamp = answered("村口公交站旁的路灯不亮了", "已报修，三天内修好。", category_id=lamps.pk)
    answered("垃圾桶满了没人收", "今天已清运。")
    near = make_case(said="路灯", point=POINT, category_id=lamps.pk).held.number
    make_case(said="路灯", point=(POINT[0] + 9000, POINT[1]), category_id=lamps.pk)

    found = similar(
        "公交站的路灯坏了不亮", VILLAGE, (POINT[0] + 900, POINT[1]), kin=frozenset({"t-lamps"})
    )

    assert [case.number for case in found.answered] == [lamp]
    assert [case.number for case in found.nearby] == [near]


def test_nothing_of_another_category_is_alike_to_what_is_known() -> None:
    group = Category.objects.create(code="t-works", title="设施测试", title_en="Works tested")
    lamps, covers = (
        Category.objects.create(code=code, title=code, title_en=code, parent=group)
        for code in ("t-lamps", "t-covers")
    )
    lamp = answered("和顺路公交站的路灯不亮", "已报修。", category_id=lamps.pk)
    said = "和顺路公交站旁的井盖松了"

    def found(category: Category | None) -> list[str]:
        kin = kin_of(category.pk) if category else frozenset()
        return [case.number for case in similar(said, VILLAGE, kin=kin).answered]

    assert found(None) == found(lamps) == found(group) == [lamp]
    assert found(covers) == []
    assert alike(said, VILLAGE, category_id=covers.pk) == [] != alike(said, VILLAGE)


def test_words_that_nobody_released_are_not_even_compared() -> None:
    opened = make_case(said="村口公交站旁的路灯不亮了")
    move(opened.held.id, "accept", CLERK)
    done = move(opened.held.id, "answer", CLERK, public={"text": "已报修"})
    release(opened.held.id, done.seq)

    assert similar("村口公交站旁的路灯不亮了", VILLAGE).answered == []
    release(opened.held.id, 1)
    assert len(similar("村口公交站旁的路灯不亮了", VILLAGE).answered) == 1


@pytest.mark.parametrize("path", ["", "x/", "441900/441900099/"])
def test_similar_at_no_place_is_nothing(path: str) -> None:
    assert similar("路灯", path).answered == ()


@pytest.mark.parametrize("text", ["😀😀", "<script>", "", "路" * 5000])
def test_texts_that_say_nothing_resemble_nothing(text: str) -> None:
    answered("<b>路灯</b>", "好")

    assert not similar(text, VILLAGE).answered


def test_erased_words_leave_the_public_page() -> None:
    opened = make_case(said=SECRET)
    release(opened.held.id)
    PublicWords.objects.update(said={}, released_at=None, shown=None)

    assert get_public(opened.held.number).words == ()


def test_get_public_of_nothing_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_public("JB-2026-9999")


def test_everybody_sees_the_same_whoever_asks() -> None:
    opened = make_case(said=SECRET)
    high = replace(CLERK, label="chief")

    page = (
        client_of(high).get(f"/zh-hans/places/{CODE}/cases/{opened.held.number}/").content.decode()
    )

    assert "王小明" not in page
