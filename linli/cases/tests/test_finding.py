"""Cases are found by words of their title and by the end of their number, as by comparing each one."""

from __future__ import annotations

import random

import pytest
from django.db import connection, transaction

from linli.cases.models import Case, CaseSigns, writing
from linli.cases.queries.listing import list_cases
from linli.cases.queries.reading import found_cases
from linli.cases.rules.finding import signs_of
from linli.cases.services import opening
from linli.cases.testing import NOON, clerk_of, make_case
from linli.cases.types.listing import Wanted
from linli.kernel import sql

CLERK = clerk_of()
TITLES = (
    "村口路灯不亮", "路灯杆歪了", "灯箱掉落", "Lamp No. 12 is DARK", "楼道堆物50%挡路", "𠮷祥路井盖\\松动",
    "陈_某反映积水", "灯", "",
)  # fmt: skip


def found(words: str) -> list[str]:
    return sorted(row.title for row in list_cases(CLERK, Wanted(words=words, now=NOON)).items)


@pytest.fixture
def titled(db: None) -> None:
    for title in TITLES:
        made = make_case()
        Case.objects.filter(pk=made.held.id).update(title=title)


@pytest.mark.usefixtures("titled")
@pytest.mark.parametrize(
    "words",
    [
        "路灯",
        "灯",
        "灯不",
        "路灯不亮",
        "lamp",
        "AMP no",
        "0%",
        "_",
        "\\",
        "𠮷祥",
        "灯 不",
        "没有的词",
    ],
)
def test_a_list_finds_what_holds_every_word_and_nothing_else(words: str) -> None:
    asked = [word.lower() for word in words.split()]

    assert found(words) == sorted(t for t in TITLES if all(word in t.lower() for word in asked))


@pytest.mark.usefixtures("titled")
def test_the_end_of_a_number_finds_its_case_in_the_list_and_in_the_search() -> None:
    case = Case.objects.order_by("pk")[3]

    for words in (case.number, case.number[-4:], case.number[3:], case.number.lower()):
        assert [one.number for one in list_cases(CLERK, Wanted(words=words, now=NOON)).items] == [
            case.number
        ]
        assert [one.pk for one in found_cases(CLERK, words, 5)] == [case.pk]
    assert {one.title for one in found_cases(CLERK, "路灯", 5)} == {"村口路灯不亮", "路灯杆歪了"}


@pytest.mark.django_db
def test_a_title_that_was_erased_is_found_no_more_nor_kept_in_pieces() -> None:
    made = make_case()
    Case.objects.filter(pk=made.held.id).update(title="王小明家的路灯")
    assert found("王小明") == ["王小明家的路灯"]

    Case.objects.filter(pk=made.held.id).update(title="")

    assert found("王小明") == []
    assert not {"王", "王小", "路灯"} & set(CaseSigns.objects.get(case_id=made.held.id).signs)


@pytest.mark.django_db
@pytest.mark.parametrize("ahead", [True, False])
def test_a_new_case_has_the_signs_of_its_number_and_title_once_whoever_writes_them(
    ahead: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not ahead:
        # as rows that were copied in
        monkeypatch.setattr(opening, "begin_new", without_signs)
    made = make_case(said="  榕树巷 路灯不亮\n" + "灯" * 80)

    case = Case.objects.get()
    assert case.title == "榕树巷 路灯不亮 " + "灯" * 51
    (kept,) = CaseSigns.objects.all()
    assert kept.case_id == made.held.id
    assert set(kept.signs) == set(signs_of_text(f"{case.number} {case.title}"))


@pytest.mark.django_db
def test_each_case_of_a_transaction_has_signs_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        titles = ["路灯不亮", "井盖松动", "树倒了"]
        made = [make_case(said=titles[0])]
        with monkeypatch.context() as copied:
            # of the case before it was said that its signs are there, of this one it was not
            copied.setattr(opening, "begin_new", without_signs)
            made.append(make_case(said=titles[1]))
        made.append(make_case(said=titles[2]))

    for one, title in zip(made, titles, strict=True):
        kept = CaseSigns.objects.get(case_id=one.held.id)
        assert set(kept.signs) == set(signs_of_text(f"{one.held.number} {title}"))


def without_signs(step: writing.Written, _found_by: str) -> None:
    rows = {**writing._told([step]), **writing._standing([step])}
    sql.later("cases.begin", *writing._writing(rows, "", [], is_new=True))


def signs_of_text(said: str) -> list[str]:
    return [said.lower()[n : n + size] for n in range(len(said)) for size in (1, 2)]


@pytest.mark.django_db
def test_a_word_is_looked_up_by_the_index_of_signs() -> None:
    asked = "SELECT case_id FROM cases_casesigns WHERE signs @> %s::text[]"

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked}", [signs_of(["路灯不亮"])])
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "cases_signs" in plan


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["", "灯", "路灯路灯", "Ab 𠮷𠮷 İß", "BJ-2026-0001 路灯不亮"])
def test_a_title_is_kept_by_every_sign_and_every_two_that_stand_together(said: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_signs_of(%s), lower(%s)", [said, said])
        ((signs, small),) = cursor.fetchall()

    assert set(signs) == {small[n : n + size] for n in range(len(small)) for size in (1, 2)}


def test_whoever_holds_a_word_holds_its_signs() -> None:
    draw = random.Random(7)
    for _ in range(500):
        title = "".join(draw.choices("路灯不亮村口Ab1 İß", k=draw.randint(1, 20)))
        start = draw.randrange(len(title))
        word = title[start : start + draw.randint(1, 8)]

        assert all(sign in _small(title) for sign in signs_of([word]))


def _small(text: str) -> str:
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def test_signs_cover_a_word_without_saying_twice() -> None:
    assert signs_of(["路灯不亮"]) == ["路灯", "不亮"]
    assert signs_of(["榕树巷", "灯"]) == ["榕树", "树巷", "灯"]
    assert signs_of(["", "AB"]) == ["ab"]
