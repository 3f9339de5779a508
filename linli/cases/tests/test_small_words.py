"""What people read: words instead of codes, days of the city, and what everybody may find."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.db import transaction
from django.utils.translation import override

from linli.cases import permits
from linli.cases.models import Case, CaseEvent, WordSigns
from linli.cases.queries.following import followed, own_moves
from linli.cases.rules.clocks import last_day
from linli.cases.search import find_followed, find_public_cases
from linli.cases.services import following
from linli.cases.services.bulk import preview_move
from linli.cases.services.exporting import write_export
from linli.cases.services.releasing import withhold_words
from linli.cases.testing import NOON, clerk_of, faults, make_case, make_report, move, read_words
from linli.cases.types.acting import Typed
from linli.cases.types.listing import View, Wanted
from linli.cases.types.moves import At
from linli.cases.views.stories import story_of
from linli.files.models import StoredFile
from linli.files.services import read_content
from linli.kernel.errors import WrongState
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, make_actor, post_json

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
LIST = "/zh-hans/desk/cases/"
DONE = {"public": {"text": "修好了"}, "facts": {"files": ["f"]}}


def test_a_refused_move_is_told_in_words() -> None:
    case_id = make_case().held.id

    with override("zh-hans"):
        (tried,) = preview_move(
            list(Case.objects.all()), "answer", Typed({"text": "x"}), actor=CLERK, now=NOON
        )

    assert tried.refusal == "现在是“待受理”，不能“答复”。"
    assert CaseEvent.objects.filter(case_id=case_id).count() == 1


@pytest.mark.parametrize(
    "filters", ["kind=gone", "category=gone", "view=gone", "flag=gone", "due=yesterday"]
)
def test_an_old_link_with_words_nobody_knows_leads_to_the_list_and_says_so(filters: str) -> None:
    number = make_case().held.number

    got = client_of(CLERK).get(f"{LIST}?{filters}&q=lamp", follow=True)

    html = got.content.decode()
    assert got.status_code == 200 and filters not in got.request["QUERY_STRING"]
    assert "q=lamp" in got.request["QUERY_STRING"]
    assert "不再使用" in html and "gone" not in html and number in html
    assert client_of(CLERK).get(f"/api/v1/cases/?{filters}").status_code == 422


@pytest.mark.parametrize("page", ["print/", "calendar/"])
@pytest.mark.parametrize("filters", ["kind=gone", "category=gone", "flag=gone", "due=yesterday"])
def test_paper_and_calendar_forgive_an_old_link_as_the_list_does(page: str, filters: str) -> None:
    make_case()

    got = client_of(CLERK).get(f"{LIST}{page}?{filters}&q=lamp", follow=True)

    html = got.content.decode()
    assert got.status_code == 200 and got.request["PATH_INFO"] == f"{LIST}{page}"
    assert filters not in got.request["QUERY_STRING"] and "q=lamp" in got.request["QUERY_STRING"]
    assert "不再使用" in html and "gone" not in html


def test_a_list_on_paper_of_an_unclear_place_asks_first_which_is_meant() -> None:
    make_case()

    got = client_of(CLERK).get(f"{LIST}print/?place=没有这个地方&q=lamp", follow=True)

    assert got.status_code == 422 and got.request["PATH_INFO"] == LIST
    assert "没有这个地方" in got.content.decode() and "q=lamp" in got.request["QUERY_STRING"]


def test_the_file_of_a_list_bears_the_day_of_the_city(home: object) -> None:
    make_case()
    # half past five in the morning of the 11th in Dongguan is still the 10th in London
    early = datetime(2026, 8, 10, 21, 30, tzinfo=UTC)

    write_export(
        Wanted(View.OPEN, now=early), "csv", 1, place="441900/", actor=CLERK, now=early,
        say=lambda count: None,
    )  # fmt: skip

    assert StoredFile.objects.get().name == "cases-20260811.csv"


@pytest.mark.parametrize(("after", "late"), [(0, ""), (60, "more")])
def test_the_file_of_a_list_tells_by_how_many_days_a_case_is_late(
    home: object, after: int, late: str
) -> None:
    make_case()
    now, due = NOON + timedelta(days=after), last_day(Case.objects.get().due_at)

    write_export(
        Wanted(View.OPEN, now=now), "csv", 1, place="441900/", actor=CLERK, now=now,
        say=lambda count: None,
    )  # fmt: skip

    text = read_content(StoredFile.objects.get(), actor=CLERK, now=now).decode("utf-8-sig")
    head, row = list(csv.reader(StringIO(text)))[-2:]
    told = dict(zip(head, row, strict=True))
    assert told["最后一日"] == due.isoformat()
    assert told["收到"] == "2026-08-10 12:00"
    assert told["逾期天数"] == (str((now.date() - due).days) if late else "")


def test_what_is_done_can_be_called_solved_once() -> None:
    filed = make_report()
    move(filed.case_id, "accept", CLERK)
    move(filed.case_id, "finish", CLERK, **DONE)
    page = client_of(NOBODY).get(f"/zh-hans/follow/{filed.number}/?code={filed.code}")
    assert "解决了" in page.content.decode()

    with transaction.atomic():
        following.agree_to_answer(At(filed.case_id), actor=NOBODY, now=NOON)

    case = Case.objects.get()
    assert (case.state, case.stage) == ("done", "solved")
    assert "agree" not in own_moves(case, NOON) and "ask_reopen" in own_moves(case, NOON)
    with override("en"):
        assert str(story_of(followed(case, NOON))[0].title) == "You said that it is solved"
    with pytest.raises(WrongState), transaction.atomic():
        following.agree_to_answer(At(filed.case_id), actor=NOBODY, now=NOON)
    assert CaseEvent.objects.filter(move="confirm").count() == 1
    assert faults() == []


def test_what_is_not_done_cannot_be_called_solved() -> None:
    filed = make_report()

    got = post_json(client_of(NOBODY), f"/api/v1/reports/{filed.number}/agree?code={filed.code}")

    assert got.status_code in (404, 409)
    assert Case.objects.get().state == "filed"


def test_everybody_finds_public_cases_by_number_and_released_words() -> None:
    hidden, open_ = make_report("暗巷的井盖丢了"), make_report("公交站的路灯不亮")
    read_words(open_.case_id)
    tip = make_report("公交站有人乱摆卖", matter="tip")

    def found(words: str) -> list[str]:
        return [hit.text.split("，")[0] for hit in find_public_cases(NOBODY, words, 5)]

    assert found("路灯不亮") == [open_.number]
    assert found(open_.number.lower()) == [open_.number]
    assert found(hidden.number) == [hidden.number]
    assert found("井盖丢") == []
    assert found(tip.number) == [] and found("乱摆卖") == []
    assert found("灯") == []
    hit = find_public_cases(NOBODY, hidden.number, 5)[0]
    assert "井盖" not in hit.title
    assert find_public_cases(make_actor("staff", permits.SEE), open_.number, 5) == []
    html = client_of(NOBODY).get(f"/zh-hans/search/?q={open_.number}").content.decode()
    assert "公交站的路灯不亮" in html


def test_released_words_are_found_to_their_end_and_no_more_once_taken_back() -> None:
    long = make_report("昨天夜里下了大雨，" * 9 + "榕树巷口的井盖翻了起来")
    read_words(long.case_id)

    def found(words: str) -> list[str]:
        return [hit.text.split("，")[0] for hit in find_public_cases(NOBODY, words, 5)]

    assert "井盖翻了" not in Case.objects.get().title
    assert found("井盖翻了") == [long.number] and found("翻了起来") == [long.number]
    assert found("井盖没有翻") == []
    with transaction.atomic():
        withhold_words(
            At(long.case_id), 1, reason="写了别人的名字", actor=system_actor("t"), now=NOON
        )

    assert found("井盖翻了") == []
    assert [one.signs for one in WordSigns.objects.all()] == [[]]


def test_a_number_leads_to_where_it_is_followed_whether_it_is_there_or_not() -> None:
    tip = make_report("公交站有人乱摆卖", matter="tip")

    for number in (tip.number, "BJ-2026-9999"):
        assert find_followed(NOBODY, number.replace("-", ""), 5)[0].title == number
        (hit,) = find_followed(NOBODY, f" {number.lower()} ", 5)
        assert hit.title == number and hit.url.endswith(f"?number={number}")
        assert f'value="{number}"' in client_of(NOBODY).get(hit.url).content.decode()
    for words in ("ZZ-2026-0001", "路灯", "2026", "BJ-2026-1"):
        assert list(find_followed(NOBODY, words, 5)) == []
    assert list(find_followed(make_actor("staff", permits.SEE), tip.number, 5)) == []
