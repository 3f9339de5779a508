"""The weekly report of a village: only what everybody may count, without small cells, kept as it was."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.db import DatabaseError, transaction
from structlog.testing import capture_logs

from linli.cases.models import Case, Category, Rating, WeeklyReport
from linli.cases.rules.recounting import Recount, differing, recount
from linli.cases.services import verifying, weekly, words
from linli.cases.services.perform import perform
from linli.cases.testing import NOON, REPORTER, clerk_of, make_case, move
from linli.cases.types.moves import At, Wish
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
CLERK = clerk_of("441900/")
SYSTEM = system_actor("test")
CODE, WEEK = "441900005001", date(2026, 8, 10)
MONDAY = NOON + timedelta(days=7)
DONE = {"public": {"text": "x"}, "facts": {"files": ["f"]}}


def finished(count: int, name: str = "finish", **more: object) -> None:
    for _ in range(count):
        case_id = make_case(**more).held.id
        move(case_id, "accept", CLERK)
        given = DONE if name == "finish" else {"public": {"text": "x"}, "facts": {"basis": "b"}}
        move(case_id, name, CLERK, **given)


def published() -> WeeklyReport:
    weekly.publish_weeks(actor=SYSTEM, now=MONDAY)
    return WeeklyReport.objects.get(week=WEEK)


def test_small_cells_go_into_a_rest_that_tells_nothing() -> None:
    lamps = Category.objects.create(code="t-lamps", title="路灯测试", title_en="Lamps tested")
    finished(7, category_id=lamps.pk)
    finished(3)
    finished(2, "refuse")

    said = published().content

    assert said["came"]["total"] == 12
    assert [(row["code"], row["count"]) for row in said["came"]["rows"]] == [
        ("t-lamps", 7),
        ("", 5),
    ]
    assert said["came"]["rest"] == 0
    assert said["outcomes"] == {"total": 12, "rows": [], "rest": 12, "of": 7}
    assert said["in_time"] == 95
    assert said["rated"] is None


def test_a_week_with_few_tells_only_that() -> None:
    finished(4)

    came = published().content["came"]

    assert (came["total"], came["rows"], came["rest"]) == (None, [], 0)


def test_what_nobody_may_see_is_not_counted_so_that_no_subtraction_finds_it() -> None:
    finished(6)
    make_case(matter="tip")
    high = make_case().held.id
    Case.objects.filter(pk=high).update(level=3)
    back = make_case().held.id
    with transaction.atomic():
        perform(Wish(back, "withdraw"), actor=NOBODY, now=NOON, hand=REPORTER)
    listed = client_of(NOBODY).get(f"/api/v1/places/{CODE}/cases/").json()["count"]

    assert published().content["came"]["total"] == listed == 6


def test_what_was_published_stays_though_the_week_looks_different_now() -> None:
    finished(6)
    before = published()

    finished(3)
    weekly.publish_weeks(actor=SYSTEM, now=MONDAY + timedelta(days=2))
    after = WeeklyReport.objects.get(week=WEEK)

    assert after.content == before.content
    assert bytes(after.digest) == bytes(before.digest)


@pytest.mark.parametrize(
    "statement", ["UPDATE cases_weeklyreport SET content = '{}'", "DELETE FROM cases_weeklyreport"]
)
def test_nobody_changes_a_published_week(statement: str) -> None:
    from django.db import connection

    finished(6)
    published()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_weeks_that_a_worker_missed_are_made_up_for_but_not_those_before_the_first_case() -> None:
    finished(6)
    make_village("441900005002")

    first = weekly.publish_weeks(actor=SYSTEM, now=NOON + timedelta(days=21))
    again = weekly.publish_weeks(actor=SYSTEM, now=NOON + timedelta(days=21))

    assert (first, again) == (3, 0)
    assert sorted(WeeklyReport.objects.values_list("week", flat=True))[0] == WEEK
    assert set(WeeklyReport.objects.values_list("code", flat=True)) == {CODE}


def test_everybody_reads_the_weeks_as_page_paper_and_feed() -> None:
    finished(6)
    published()
    client = client_of(NOBODY)

    for language in ("zh-hans", "en"):
        assert client.get(f"/{language}/places/{CODE}/weeks/").status_code == 200
        for tail in ("", "?print=1"):
            assert client.get(f"/{language}/places/{CODE}/weeks/{WEEK}/{tail}").status_code == 200
    feed = client.get(f"/feeds/places/{CODE}/weeks.atom")
    assert len(ElementTree.fromstring(feed.content).findall("{*}entry")) == 1
    for week in ("2026-08-03", "x", "2026-13-01"):
        assert client.get(f"/en/places/{CODE}/weeks/{week}/").status_code == 404
    assert client.get("/en/places/441900005002/weeks/").status_code == 404


def test_the_feed_of_cases_is_whole_atom() -> None:
    finished(2)

    feed = ElementTree.fromstring(client_of(NOBODY).get(f"/feeds/places/{CODE}.atom").content)

    assert len(feed.findall("{*}entry")) == 2


def file_of(week: date = WEEK) -> list[str]:
    answer = client_of(NOBODY).get(f"/en/places/{CODE}/weeks/{week}/?format=events")
    return gzip.decompress(answer.content).decode().splitlines(keepends=True)


def test_everybody_counts_a_published_week_again_and_finds_the_hash_that_is_printed_on_it() -> None:
    finished(7)
    finished(3, "refuse")
    for case in Case.objects.all():
        rating = {"grade": 5 if case.pk % 2 else 1, "counts": True, "nonce": b"", "way": "own"}
        Rating.objects.create(case=case, cycle=1, given_at=NOON + timedelta(hours=30), **rating)
    report = published()

    found = recount(file_of())

    assert found.problems == []
    assert found.cases == 10
    assert found.digest == bytes(report.digest).hex()
    page = client_of(NOBODY).get(f"/en/places/{CODE}/weeks/{WEEK}/").content.decode()
    assert found.digest in page
    assert "format=events" in page


def test_a_public_file_tells_no_hour_no_grade_and_no_step_that_counts_nothing() -> None:
    finished(2)
    case_id = make_case().held.id
    move(case_id, "accept", CLERK)
    with transaction.atomic():
        words.add_words(At(case_id), "more", actor=NOBODY, now=NOON + timedelta(days=1))
    Rating.objects.create(
        case_id=case_id, cycle=1, given_at=NOON, grade=1, counts=True, nonce=b"", way="own"
    )
    published()

    rows = [json.loads(line) for line in file_of()]
    events = [event for row in rows if "case" in row for event in row["events"]]

    assert {len(event["at"]) for event in events} == {len("2026-08-10")}
    assert {event["at"] for event in events} == {str(WEEK)}
    assert not any("move" in event for event in events)
    assert not any("rating" in row or "call" in row for row in rows)
    assert next(row["rates"] for row in rows if "rates" in row).keys() == {"solved", "in_time"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"count":7', '"count":8'),
        ('"stage":"solved"', '"stage":"refused"'),
        ('"in_time":95', '"in_time":50'),
        ('"at":"2026-08-10"', '"at":"2026-08-11"'),
    ],
)
def test_a_week_that_lies_is_found_out(old: str, new: str) -> None:
    lamps = Category.objects.create(code="t-lamps", title="路灯测试", title_en="Lamps tested")
    finished(7, category_id=lamps.pk)
    finished(6)
    published()
    lines = file_of()
    assert any(old in line for line in lines)

    assert recount(line.replace(old, new) for line in lines).problems != []


def test_a_past_that_is_told_otherwise_in_a_later_week_or_in_the_chain_is_found_out() -> None:
    finished(1)
    case_id = make_case().held.id
    published()
    move(case_id, "accept", CLERK, now=MONDAY + timedelta(days=1))
    weekly.publish_weeks(actor=SYSTEM, now=MONDAY + timedelta(days=8))

    first, second = recount(file_of()), recount(file_of(WEEK + timedelta(days=7)))
    forged = Recount(events={key: "0" * 64 for key in first.events})

    assert first.events.keys() & second.events.keys()
    assert list(differing([first, second])) == []
    assert list(differing([forged, second])) != []
    assert list(verifying.differing(first.events, actor=SYSTEM)) == []
    assert len(list(verifying.differing(forged.events, actor=SYSTEM))) == len(first.events)


def test_a_week_that_does_not_come_to_the_same_is_not_published_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_case()
    monkeypatch.setattr(weekly, "recount", lambda lines: Recount(problems=["came is 2"]))

    with capture_logs() as logs:
        weekly.publish_weeks(actor=SYSTEM, now=MONDAY)

    assert not WeeklyReport.objects.exists()
    told = [one for one in logs if one["event"] == "week_not_published"]
    assert told and told[0]["why"] == ["came is 2"]
