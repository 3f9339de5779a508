"""The desk of those who work on cases: the list and its views, the sheet, what is typed stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import override

from linli.cases import permits
from linli.cases.desk import count_waiting, due_work
from linli.cases.forms.acts import FORMS, form_of
from linli.cases.forms.sheet import title_of
from linli.cases.models import Case, CaseEvent, CaseLink, Category
from linli.cases.queries import board
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.listing import View, Wanted, count_each, list_cases
from linli.cases.services import assigning
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_case, move
from linli.cases.types.moves import At, To
from linli.kernel.permits import Actor
from linli.kernel.testing import TOWN, client_of, make_actor

pytestmark = pytest.mark.django_db
CLERK = replace(clerk_of(), posts=frozenset({30}))
WATER = replace(clerk_of(label="water"), posts=frozenset({31}))
CHIEF = make_actor(
    "chief", permits.SEE, permits.HANDLE, permits.DISPATCH, permits.SUPERVISE, at=VILLAGE
)
STRANGER = clerk_of("441900/441900006/")
LIST = "/en/desk/cases/"


def sent(actor: Actor, case: str, name: str, /, **given: object):  # type: ignore[no-untyped-def]
    body = {"key": str(uuid4()), **given}
    return client_of(actor).post(f"{LIST}{case}/{name}", body)


def offer(case_id: int, post: int, role: str = "lead") -> None:
    with transaction.atomic():
        assigning.offer(At(case_id), To(role, 9, post), actor=CLERK, now=NOON)


def seen(actor: Actor, view: View) -> list[str]:
    found = list_cases(actor, Wanted(view, now=NOON + timedelta(days=90)))
    return [row.number for row in found.items]


def test_each_view_shows_its_cases() -> None:
    plain, offered, taken, asked, done, joint = (make_case().held for _ in range(6))
    offer(offered.id, 31)
    offer(taken.id, 31)
    offer(joint.id, 31, "joint")
    with transaction.atomic():
        assigning.accept(At(taken.id), 1, actor=WATER, now=NOON)
        assigning.accept(At(joint.id), 1, actor=WATER, now=NOON)
    for case in (asked, done):
        move(case.id, "accept", CLERK)
    move(asked.id, "ask_back", CLERK, public={"text": "Which lamp?"})
    move(done.id, "finish", CLERK, public={"text": "Mended."}, facts={"files": ["f"]})

    assert seen(WATER, View.OFFERED) == [offered.number]
    assert sorted(seen(WATER, View.MINE)) == sorted([taken.number, joint.number])
    assert seen(CLERK, View.WAITING) == [asked.number]
    assert seen(CLERK, View.CLOSED) == [done.number]
    assert len(seen(CLERK, View.OPEN)) == len(seen(CLERK, View.OVERDUE)) == 5
    assert plain.number in seen(CLERK, View.OPEN)
    assert seen(STRANGER, View.OPEN) == []


def test_counts_are_exact_and_stop_at_their_limit() -> None:
    for _ in range(4):
        make_case()

    assert count_each(CLERK, [Wanted(), Wanted(View.CLOSED)]) == [4, 0]
    assert count_each(CLERK, [Wanted()], most=2) == [3]
    assert count_each(STRANGER, [Wanted()]) == [0]


def test_pages_lead_forth_and_back() -> None:
    made = [make_case(now=NOON + timedelta(days=n)).held.number for n in range(5)]

    first = list_cases(CLERK, Wanted(), limit=2)
    second = list_cases(CLERK, Wanted(), limit=2, cursor=first.next)
    back = list_cases(CLERK, Wanted(), limit=2, cursor=second.previous)

    assert [row.number for row in second.items] == made[2:4]
    assert [row.number for row in back.items] == made[:2]
    assert (first.previous, back.previous) == (None, None)


@pytest.mark.parametrize("query", ["view=x", "kind=x", "flag=x", "due=x", "category=x", "place=1"])
def test_a_filter_that_nobody_knows_is_refused_to_programs_and_left_out_of_links(
    query: str,
) -> None:
    """A place is asked back, since it may be meant; the others cannot be meant any more."""
    make_case()

    page = client_of(CLERK).get(f"{LIST}?{query}")
    assert page.status_code == (422 if query.startswith("place") else 302)
    assert query not in page.headers.get("Location", "")
    assert client_of(CLERK).get(f"/api/v1/cases/?{query}").status_code == 422


def test_words_and_numbers_narrow_the_list() -> None:
    one = make_case(said="Lamp 100% dark").held
    make_case(said="Lamp 1000 dark")

    def found(words: str) -> list[str]:
        return [row.number for row in list_cases(CLERK, Wanted(words=words)).items]

    assert found("100% dark") == [one.number]
    assert found(one.number.lower()) == [one.number]
    assert len(found("lamp")) == 2
    assert found("nothing") == []


def test_a_parent_category_shows_those_below_it() -> None:
    above = Category.objects.create(code="t_above", title="上", title_en="Above")
    below = Category.objects.create(code="t_below", title="下", title_en="Below", parent=above)
    one = make_case(category_id=below.pk).held
    make_case()

    html = client_of(CLERK).get(f"{LIST}?category=t_above").content.decode()

    assert one.number in html
    assert len(list_cases(CLERK, Wanted(categories=(above.pk, below.pk))).items) == 1


def test_the_list_page_has_a_fixed_number_of_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(6):
        make_case()
    client = client_of(CLERK)
    client.get(LIST)

    with django_assert_max_num_queries(12):
        assert client.get(LIST).status_code == 200


def test_who_sees_no_cases_has_no_list() -> None:
    make_case()
    nobody_here = make_actor("somebody", at=VILLAGE)

    for page in (LIST, f"{LIST}print/", f"{LIST}calendar/", "/en/desk/board/cases/"):
        assert client_of(nobody_here).get(page).status_code == 404
    assert client_of(CLERK).get("/en/desk/board/cases/").status_code == 404
    assert client_of(CHIEF).get("/en/desk/board/cases/").status_code == 200


def test_a_move_is_made_from_the_sheet() -> None:
    case = make_case().held

    got = sent(CLERK, case.number, "accept", expected_seq=1)

    assert got.status_code == 303
    told = [str(one) for one in get_messages(got.wsgi_request)]
    assert told == [f"Step taken on {case.number}: Accept the case."]
    assert Case.objects.get().state == "at_work"
    assert faults() == []


def test_a_narrow_screen_is_led_to_what_can_be_done_while_the_case_is_open() -> None:
    opened, over = make_case().held, make_case().held
    move(over.id, "refuse", CLERK, public={"text": "By rule."}, facts={"basis": 1})

    pages = [
        client_of(CLERK).get(f"{LIST}{one.number}/").content.decode() for one in (opened, over)
    ]

    assert ['href="#now"' in page for page in pages] == [True, False]
    assert 'id="now"' in pages[0]


def test_what_a_move_asks_for_is_asked_beside_the_field_and_kept() -> None:
    case = make_case().held
    move(case.id, "accept", CLERK)

    got = sent(CLERK, case.number, "refer", text="The water company has it.", expected_seq=2)

    html = got.content.decode()
    assert got.status_code == 422
    assert "The water company has it." in html and 'id="refer-reason-err"' in html
    assert Case.objects.get().state == "at_work"


def test_a_refusal_names_its_rule() -> None:
    case = make_case().held
    move(case.id, "accept", CLERK)

    said: dict[str, object] = {"text": "Not ours.", "expected_seq": 2}
    without: tuple[dict[str, object], ...] = (
        {},
        {"basis_key": "hotline.advice"},
        {"basis_key": "refusal.petition.final"},
        {"basis": "x"},
        {"basis": "第三条"},
    )
    refused = [sent(CLERK, case.number, "refuse", **said, **basis) for basis in without]
    assert [got.status_code for got in refused] == [422] * 5
    assert CaseEvent.objects.filter(move="refuse").count() == 0
    got = sent(CLERK, case.number, "refuse", **said, basis_key="refusal.report.litigation")

    assert got.status_code == 303
    event = CaseEvent.objects.get(move="refuse")
    assert event.facts["basis"] == "refusal.report.litigation"
    assert faults() == []


def test_who_is_behind_is_told_what_happened_and_keeps_her_words() -> None:
    case = make_case().held
    move(case.id, "accept", WATER)

    got = sent(CLERK, case.number, "tell", text="We come today.", expected_seq=1)

    html = got.content.decode()
    assert got.status_code == 409
    assert "Accept the case" in html and "We come today." in html
    assert 'name="expected_seq" value="2"' in html
    assert CaseEvent.objects.count() == 2


def test_an_offer_is_answered_from_the_sheet_with_a_reason() -> None:
    case = make_case().held
    offer(case.id, 31)

    bare = sent(WATER, case.number, "decline", part=1, reason="", expected_seq=2)
    got = sent(WATER, case.number, "decline", part=1, reason="not our pipe", expected_seq=2)

    assert (bare.status_code, got.status_code) == (422, 303)
    assert Case.objects.get().bounced == 1
    html = client_of(CLERK).get(f"{LIST}{case.number}/").content.decode()
    assert "not our pipe" in html
    assert faults() == []


def test_what_was_typed_for_something_that_is_not_possible_any_more_can_be_copied() -> None:
    """Two windows: one takes the case, the other turns it down with a reason."""
    case = make_case().held
    offer(case.id, 31)
    assert sent(WATER, case.number, "take", part=1, expected_seq=2).status_code == 303

    got = sent(WATER, case.number, "decline", part=1, reason="水管不归我们", expected_seq=2)

    html = got.content.decode()
    assert got.status_code == 409
    assert "水管不归我们" in html and "What you wrote, to be copied" in html
    assert "in the form below" not in html
    again = sent(WATER, case.number, "decline", part=1, reason="还是不归我们")
    assert again.status_code == 409 and "还是不归我们" in again.content.decode()
    assert CaseEvent.objects.count() == 3


def test_a_press_that_came_too_late_is_not_told_that_words_of_it_were_kept() -> None:
    case = make_case().held
    move(case.id, "accept", CLERK)

    got = sent(CLERK, case.number, "accept", expected_seq=1)

    html = got.content.decode()
    assert got.status_code == 409
    assert "What you pressed was not done" in html
    assert "in the form below" not in html


@pytest.mark.parametrize("name", list(FORMS))
def test_every_step_has_a_name_that_is_told_once_it_was_taken(name: str) -> None:
    kind = kind_of("report", 1)

    assert form_of(kind, name) is None or title_of(kind, name)


@pytest.mark.parametrize(
    ("actor", "name", "status"),
    [
        (CLERK, "take", 409), (STRANGER, "accept", 404), (CLERK, "extend", 403),
        (CLERK, "no_such_move", 404), (CLERK, "lapse", 403), (CLERK, "unmerge", 409),
    ],
)  # fmt: skip
def test_what_is_not_hers_is_refused_and_changes_nothing(
    actor: Actor, name: str, status: int
) -> None:
    case = make_case().held
    offer(case.id, 31)

    got = sent(
        actor, case.number, name, part=1, clock="solve", amount=1, text="x", reason="x",
        expected_seq=2,
    )  # fmt: skip

    assert got.status_code == status
    assert CaseEvent.objects.count() == 2


def test_more_time_is_given_with_words_for_the_reporter() -> None:
    case = make_case().held

    got = sent(CHIEF, case.number, "extend", clock="solve", amount=5, text="Parts are ordered.")

    assert got.status_code == 303
    html = client_of(CHIEF).get(f"{LIST}{case.number}/").content.decode()
    assert "Parts are ordered." in html
    assert faults() == []


@pytest.mark.parametrize("name", ["relate", "merge"])
def test_a_wrong_number_is_told_at_its_field_and_nothing_is_lost(name: str) -> None:
    case = make_case().held

    for number, words in (
        ("JB-2026-9999", "You see no case"),
        (case.number, "of this case itself"),
    ):
        got = sent(CLERK, case.number, name, number=number, text="The same lamp.")
        page = got.content.decode()
        assert got.status_code == 422
        assert words in page and f'value="{number}"' in page
    assert not CaseLink.objects.exists()


def test_cases_are_tied_merged_and_taken_apart() -> None:
    first, second = make_case().held, make_case().held

    assert sent(CLERK, first.number, "relate", number=second.number).status_code == 303
    assert (
        sent(CLERK, second.number, "merge", number=first.number, text="The same lamp.").status_code
        == 303
    )
    assert sent(CLERK, second.number, "unmerge", reason="another lamp").status_code == 303

    kinds = CaseLink.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["duplicate_of", "related_to"]
    html = client_of(CLERK).get(f"{LIST}{first.number}/").content.decode()
    assert second.number in html
    assert faults() == []


def test_the_desk_shows_late_ones_first_and_what_is_offered() -> None:
    late, soon = make_case().held, make_case(now=NOON + timedelta(days=5)).held
    offer(late.id, 31)
    offer(soon.id, 31)
    day = (NOON + timedelta(days=6)).date()

    items = due_work(WATER, day, 10)

    assert [item.number for item in items] == [late.number, soon.number]
    assert count_waiting(WATER, day) == 2
    assert count_waiting(STRANGER, day) is None


def test_notes_above_ones_ceiling_are_left_out() -> None:
    from linli.cases.models import InternalWords

    case = make_case().held
    sent(CLERK, case.number, "note", text="The neighbour was named.")
    InternalWords.objects.update(level=6)

    html = client_of(CLERK).get(f"{LIST}{case.number}/").content.decode()

    assert "The neighbour was named." not in html


def test_the_board_and_the_calendar_count_what_lists_show() -> None:
    late = make_case().held
    make_case(now=NOON + timedelta(days=1))
    offer(late.id, 31)
    with transaction.atomic():
        assigning.decline(At(late.id), 1, reason="no", actor=WATER, now=NOON)

    from linli.cases.queries.board import board_of

    board = board_of(CHIEF, VILLAGE, "village", NOON + timedelta(days=90))
    day = client_of(CHIEF).get(f"{LIST}calendar/?month=2026-08").content.decode()

    assert board.total == (2, 2, 2, 1, 0)
    assert day.count("1 case<") == 2
    for form in ("csv", "xlsx", "print"):
        assert client_of(CHIEF).get(f"/en/desk/board/cases/?format={form}").status_code == 200


def test_a_board_of_somebody_elses_place_is_not_there() -> None:
    make_case("441900006001")
    make_case()

    got = client_of(CHIEF).get("/en/desk/board/cases/?place=441900006001")

    assert got.status_code == 404


def test_evidence_is_a_file_of_the_case_that_its_step_names() -> None:
    from linli.cases.models import CaseFile
    from linli.files.testing import photo

    case = make_case().held
    move(case.id, "accept", CLERK)

    bare = sent(CLERK, case.number, "finish", text="Mended.")
    got = sent(
        CLERK, case.number, "finish", text="Mended.",
        evidence=SimpleUploadedFile("lamp.jpg", photo(80, 60), "image/jpeg"),
    )  # fmt: skip

    file = CaseFile.objects.get()
    assert (bare.status_code, got.status_code) == (422, 303)
    assert (file.event.move, file.is_by_reporter) == ("finish", False)
    assert file.event.facts["files"] == [file.file.code]
    assert file.file.code in client_of(CLERK).get(f"{LIST}{case.number}/").content.decode()
    assert faults() == []


def test_the_rows_of_the_board_by_category_make_the_whole_and_each_opens_its_list() -> None:
    from linli.cases.queries.board import board_of

    first, second = make_case().held, make_case().held
    lamp = Category.objects.filter(parent=None).order_by("order")[0]
    Case.objects.filter(pk=first.id).update(category=lamp)
    Case.objects.filter(pk=second.id).update(category=None)

    rows = board_of(CHIEF, VILLAGE, "village", NOON).categories
    bare = (
        client_of(CHIEF).get(f"{LIST}?category=none&kind={rows[-1].more['kind']}").content.decode()
    )
    html = client_of(CHIEF).get("/en/desk/board/cases/").content.decode()

    assert [(row.key, row.counts[0]) for row in rows] == [(lamp.code, 1), ("none", 1)]
    assert second.number in bare
    assert first.number not in bare
    assert f"category=none&amp;kind={rows[-1].more['kind']}" in html


def test_a_kind_that_is_sorted_by_its_matters_is_not_called_unsorted_on_the_board() -> None:
    case = make_case().held
    Case.objects.filter(pk=case.id).update(category=None)

    def last() -> str:
        return board.board_of(CHIEF, VILLAGE, "village", NOON).categories[-1].title

    plain = last()
    kind = kind_of(Case.objects.get(pk=case.id).kind, 1)
    with patch.object(board, "all_kinds", lambda: [replace(kind, has_categories=False)]):
        told = last()

    assert plain == f"{kind.title}（未分类）"
    assert told == str(kind.title)
    assert not kind_of("grid_event", 1).has_categories


def test_the_rows_of_the_board_by_place_make_the_whole_and_each_opens_its_list() -> None:
    from linli.cases.queries.board import board_of

    below, own = make_case().held, make_case().held
    Case.objects.filter(pk=own.id).update(path=TOWN, village_id=0)
    chief = make_actor("of the town", permits.SEE, permits.SUPERVISE, at=TOWN)

    with override("en"):
        board = board_of(chief, TOWN, "town", NOON)
    client, code = client_of(chief), "441900005"
    html = client.get("/en/desk/board/cases/").content.decode()
    listed = client.get(f"{LIST}?place={code}&own=1").content.decode()
    printed = client.get(f"{LIST}print/?place={code}&own=1").content.decode()
    called = client.get(f"/api/v1/cases/?place={code}&own=1").json()

    assert [row.title for row in board.places] == ["Not in a place below", "village 441900005001"]
    assert sum(row.counts[0] for row in board.places) == board.total[0] == 2
    assert f"place={code}&amp;own=1" in html
    assert own.number in listed
    assert below.number not in listed
    assert "Not in a place below" in printed
    assert [one["number"] for one in called["items"]] == [own.number]


def test_a_case_that_was_handed_on_says_so_in_the_list() -> None:
    case = make_case().held
    offer(case.id, 31)
    with transaction.atomic():
        assigning.accept(At(case.id), 1, actor=WATER, now=NOON)
    offer(case.id, 32)

    html = client_of(CHIEF).get(LIST).content.decode()

    assert "a post · offered to a post" in html


def test_a_finished_clock_keeps_its_last_day_on_paper() -> None:
    case = make_case().held
    offer(case.id, 31)
    with transaction.atomic():
        assigning.accept(At(case.id), 1, actor=WATER, now=NOON)

    html = client_of(CHIEF).get(f"{LIST}{case.number}/print/").content.decode()

    row = html.partition("Answer to an offer")[2].partition("</tr>")[0]
    assert "—" not in row.partition("</td>")[2].partition("</td>")[0]
    assert "in time<small>" in row
