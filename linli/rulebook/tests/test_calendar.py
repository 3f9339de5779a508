"""The working-day calendar: seeded, loaded from a notice, corrected, provisional beyond."""

from datetime import date

import pytest

from linli.kernel.clock import DueDate
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.events import subscribe
from linli.kernel.permits import system_actor
from linli.kernel.testing import make_actor
from linli.rulebook import imports, permits, queries, services
from linli.rulebook.events import CalendarLoaded
from linli.rulebook.models import CalendarDay
from linli.rulebook.testing import NOON, notice

pytestmark = pytest.mark.django_db
LOADER = make_actor("city office", permits.LOAD_CALENDAR, at="441900/")


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-28", 5, "2026-10-10"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-09-18", 15, "2026-10-15"),
        ("2017-09-29", 5, "2017-10-12"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2011-12-30", 1, "2011-12-31"),
    ],
)
def test_the_seeded_years_give_the_examples_of_the_domain(start: str, n: int, due: str) -> None:
    assert queries.calendar().add_working_days(day(start), n) == DueDate(day(due))


def test_seeded_are_2004_to_2026_and_2027_is_provisional() -> None:
    years = queries.known_years()

    assert [y.year for y in years] == list(range(2004, 2028))
    assert [y.year for y in years if not y.is_published] == [2027]
    assert queries.calendar().add_working_days(day("2026-12-31"), 1) == DueDate(
        day("2027-01-01"), provisional=True
    )
    assert CalendarDay.objects.filter(is_work=False).count() == 621
    assert CalendarDay.objects.filter(is_work=True).count() == 150


def test_a_notice_makes_its_year_certain_and_may_reach_into_december() -> None:
    heard: list[object] = []
    subscribe(CalendarLoaded, heard.append)

    loaded = services.load_calendar(notice(), actor=LOADER, now=NOON)

    calendar = queries.calendar()
    assert loaded.years == (2027,)
    assert heard == [CalendarLoaded((2027,))]
    assert calendar.add_working_days(day("2026-12-25"), 1) == DueDate(day("2026-12-27"))
    assert calendar.add_working_days(day("2026-12-31"), 1) == DueDate(day("2027-01-04"))
    assert calendar.add_working_days(day("2027-12-31"), 1).provisional
    assert queries.get_year(2027).is_published
    assert not queries.get_year(2028).is_published


def test_a_corrected_notice_replaces_the_year() -> None:
    services.load_calendar(notice(), actor=LOADER, now=NOON)
    shorter = [d for d in notice() if d.day != day("2027-02-12")]

    services.load_calendar(shorter, actor=LOADER, now=NOON)

    assert queries.calendar().is_work(day("2027-02-12"))
    assert not queries.calendar().is_work(day("2027-02-11"))


def test_the_december_day_of_next_year_survives_a_new_loading_of_this_year() -> None:
    services.load_calendar(notice(), actor=LOADER, now=NOON)
    this_year = [
        services.NoticeDay(d.day, d.is_work, d.name, d.source)
        for d in queries.days_of(2026)
        if d.is_exception and d.day != day("2026-12-27")
    ]

    services.load_calendar(this_year, actor=LOADER, now=NOON)

    assert queries.calendar().is_work(day("2026-12-27"))


def test_loading_the_same_notice_twice_changes_nothing() -> None:
    services.load_calendar(notice(), actor=LOADER, now=NOON)

    assert services.load_calendar(notice(), actor=LOADER, now=NOON).changed == 0


def test_a_year_that_leaves_a_gap_is_refused() -> None:
    later = [
        services.NoticeDay(d.day.replace(year=d.day.year + 1), d.is_work, d.name, d.source)
        for d in notice()
    ]

    with pytest.raises(Invalid) as refused:
        services.load_calendar(later, actor=LOADER, now=NOON)

    assert "2027" in str(refused.value.fields["file"])


@pytest.mark.parametrize("days", [[], notice()[:4]])
def test_half_a_notice_is_refused(days: list[services.NoticeDay]) -> None:
    with pytest.raises(Invalid):
        services.load_calendar(days, actor=LOADER, now=NOON)

    assert not queries.get_year(2027).is_published


def test_only_who_may_loads_a_calendar() -> None:
    with pytest.raises(NotAllowed):
        services.load_calendar(
            notice(), actor=make_actor("x", permits.LOAD_CALENDAR, at="441900/441900005/"), now=NOON
        )


def test_an_unknown_year_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.get_year(1999)


def test_a_year_has_all_its_days() -> None:
    days = queries.days_of(2024)

    assert len(days) == 366
    assert sum(d.is_work for d in days) == 251


def test_the_doctor_asks_for_next_year_from_mid_december() -> None:
    assert queries.calendar_faults(on=day("2026-12-14")) == []
    assert len(queries.calendar_faults(on=day("2026-12-15"))) == 1
    assert len(queries.calendar_faults(on=day("2027-01-01"))) == 1


def test_what_the_page_exports_can_be_loaded_again(client) -> None:  # type: ignore[no-untyped-def]
    text = client.get("/en/rulebook/calendar/2026/?format=csv").content.decode()

    days = imports.read_workdays(text)

    assert services.load_calendar(days, actor=system_actor("test"), now=NOON).changed == 0


GOOD = "date,is_work,name,source\n2027-01-01,0,元旦,甲\n"


@pytest.mark.parametrize(
    ("text", "where", "word"),
    [
        ("", "file", "date"),
        ("date,name\n2027-01-01,x\n", "file", "is_work"),
        (GOOD + "2027-13-01,0,x,甲\n", "line 3", "2027-13-01"),
        (GOOD + "2027-01-02,maybe,x,甲\n", "line 3", "maybe"),
        (GOOD + "# a note\n\n2027-01-02,0,x,\n", "line 5", "source"),
        (GOOD + "2027-01-01,0,元旦,甲\n", "file", "2027-01-01"),
    ],
)
def test_a_faulty_file_names_line_and_fault(text: str, where: str, word: str) -> None:
    from django.utils import translation

    with translation.override("en"), pytest.raises(Invalid) as refused:
        imports.read_workdays(text)

    assert word in str(refused.value.fields[where])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_of_all_usual_encodings_are_read(encoding: str) -> None:
    text = imports.text_of(GOOD.encode(encoding))

    assert imports.read_workdays(text)[0].name == "元旦"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Invalid):
        imports.text_of(b"\x89PNG\r\n\x1a\n\xff\xff\x00\xff")


def test_many_bad_rows_are_counted_and_the_first_shown() -> None:
    text = "start,n\n" + "x,1\n" * 50

    with pytest.raises(Invalid) as refused:
        imports.read_questions(text)

    assert len(refused.value.fields) == 21


def test_questions_with_other_columns_are_answered() -> None:
    questions = imports.read_questions("id,start,note,n\n7,2026-09-28,甲,5\n8,2026-12-31,乙,1\n")

    answers = list(imports.answer(questions, queries.calendar()))

    assert [(a.due.isoformat(), a.provisional) for a in answers] == [
        ("2026-10-10", False),
        ("2027-01-01", True),
    ]


@pytest.mark.parametrize("row", ["2026-09-28,five", "2026-09-28,99999", "28/9/2026,5", ",5"])
def test_a_bad_question_refuses_the_file(row: str) -> None:
    with pytest.raises(Invalid):
        imports.read_questions(f"start,n\n2026-09-28,5\n{row}\n")
