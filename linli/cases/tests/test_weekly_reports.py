"""The weekly report of a village: only what everybody may count, without small cells, kept as it was."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click import UsageError
from click.testing import CliRunner
from django.db import DatabaseError, transaction
from structlog.testing import capture_logs

from linli.cases.models import Case, CaseEvent, Category, Rating, WeeklyReport
from linli.cases.rules.recounting import differing
from linli.cases.rules.recounting_week import recount_week
from linli.cases.services import verifying, weekly
from linli.cases.services.perform import perform
from linli.cases.services.week_corrections import correct_weeks
from linli.cases.testing import NOON, REPORTER, clerk_of, make_case, move
from linli.cases.types.moves import Wish
from linli.cases.types.recounts import Recount
from linli.cli.rates import of_week, verify
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
    finished(9, category_id=lamps.pk)
    finished(3)
    finished(2, "refuse")

    said = published().content

    assert said["came"]["total"] == 14
    assert [(row["code"], row["count"]) for row in said["came"]["rows"]] == [
        ("t-lamps", 9),
        ("", 5),
    ]
    assert said["came"]["rest"] == 0
    assert said["outcomes"] == {"total": 14, "rows": [], "rest": 14, "of": 7}
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


def rated() -> None:
    for case in Case.objects.all():
        rating = {"grade": 5, "counts": True, "nonce": b"", "way": "own"}
        Rating.objects.create(case=case, cycle=1, given_at=NOON + timedelta(hours=30), **rating)


def test_everybody_counts_a_published_week_again_and_finds_the_hash_that_is_printed_on_it() -> None:
    finished(11)
    finished(3, "refuse")
    rated()
    report = published()

    found = recount_week(file_of())

    assert found.problems == []
    # 14 that came, 14 that ended, 10 lines of each share
    assert found.cases == 48
    assert found.digest == bytes(report.digest).hex()
    page = client_of(NOBODY).get(f"/en/places/{CODE}/weeks/{WEEK}/").content.decode()
    assert found.digest in page
    assert "format=events" in page
    assert list(verifying.in_no_chain(found, actor=SYSTEM)) == []
    forged = Recount(tokens=["0" * 64], week=found.week)
    assert len(list(verifying.in_no_chain(forged, actor=SYSTEM))) == 1


def test_the_command_counts_a_week_again_packed_or_not_and_writes_no_other_days(
    tmp_path: Path,
) -> None:
    finished(14)
    report = published()
    packed = tmp_path / "week.jsonl.gz"
    packed.write_bytes(bytes(report.events or b""))

    well = CliRunner().invoke(verify, ["rates", str(packed), "--json"])

    digest = bytes(report.digest).hex()
    told = {"ok": True, "cases": 38, "published": 1, "problems": [], "weeks": [digest]}
    assert json.loads(well.output) == told
    monday = datetime(2026, 8, 10)
    week = of_week(CODE, monday, monday + timedelta(days=6)).splitlines(True)
    assert recount_week(week).digest == digest
    for code, first, days in (
        (CODE, monday, 5),
        (CODE, monday + timedelta(days=1), 6),
        (CODE[:9], monday, 6),
    ):
        with pytest.raises(UsageError):
            of_week(code, first, first + timedelta(days=days))


def test_the_file_of_a_small_week_has_no_line_of_what_its_page_hides() -> None:
    finished(3)
    finished(1, "refuse")
    published()

    rows = [json.loads(line) for line in file_of()]

    assert [set(row) & {"came", "outcomes", "in_time", "rated", "week"} for row in rows] == [
        set(), {"week"},
    ]  # fmt: skip
    assert recount_week(file_of()).problems == []


def test_a_public_file_names_no_case_no_day_and_no_small_cell_and_ties_no_two_columns() -> None:
    lamps = Category.objects.create(code="t-lamps", title="路灯测试", title_en="Lamps tested")
    finished(9, category_id=lamps.pk)
    finished(3)
    finished(2, "refuse")
    published()

    rows = [json.loads(line) for line in file_of()]
    lines, text = rows[1:-1], "".join(file_of())

    assert {tuple(row) for row in lines} == {("came", "event"), ("outcomes", "event"), ("in_time",)}
    assert Counter(row["came"] for row in lines if "came" in row) == {"t-lamps": 9, "": 5}
    assert Counter(row["outcomes"] for row in lines if "outcomes" in row) == {"*": 14}
    tokens = [row["event"] for row in lines if "event" in row]
    assert len(tokens) == len(set(tokens)) == 28
    hashes = [made.hex() for made in map(bytes, CaseEvent.objects.values_list("hash", flat=True))]
    numbers = Case.objects.values_list("number", flat=True)
    assert not any(one in text for one in (*hashes, *numbers, "2026-08-11", "refused"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"count":9', '"count":10'),
        ('{"came":"t-lamps",', '{"came":"",'),
        ('"in_time":95', '"in_time":50'),
        ('"in_time":"yes"', '"in_time":""'),
        ('"rest":0', '"rest":1'),
        ('"least":5', '"least":20'),
        ('"place":"441900005001"', '"place":"441900005002"'),
    ],
)
def test_a_week_that_lies_is_found_out(old: str, new: str) -> None:
    lamps = Category.objects.create(code="t-lamps", title="路灯测试", title_en="Lamps tested")
    finished(9, category_id=lamps.pk)
    finished(6)
    published()
    lines = file_of()
    assert any(old in line for line in lines)

    assert recount_week(line.replace(old, new) for line in lines).problems != []


@pytest.mark.parametrize("lines", [[], ["x"], ["{}"], ['{"format":"linli-rates-1"}']])
def test_a_file_that_is_no_week_is_told(lines: list[str]) -> None:
    assert recount_week(lines).problems != []


def test_what_is_counted_in_two_weeks_is_found_out_and_neighbouring_weeks_share_no_line() -> None:
    finished(6)
    case_ids = [make_case().held.id for _ in range(6)]
    published()
    for case_id in case_ids:
        move(case_id, "accept", CLERK, now=MONDAY + timedelta(days=1))
        move(case_id, "finish", CLERK, now=MONDAY + timedelta(days=1), **DONE)
    weekly.publish_weeks(actor=SYSTEM, now=MONDAY + timedelta(days=8))

    first, second = recount_week(file_of()), recount_week(file_of(WEEK + timedelta(days=7)))
    twice = Recount(tokens=first.tokens[:1], week=second.week)

    assert (len(first.tokens), len(second.tokens)) == (18, 6)
    assert list(differing([first, second, first])) == []
    assert len(list(differing([first, twice]))) == 1


def test_a_week_is_corrected_when_what_it_counts_is_public_no_longer() -> None:
    finished(7)
    case_id = make_case().held.id
    before = published()
    assert correct_weeks(actor=SYSTEM, now=MONDAY) == 0
    later = MONDAY + timedelta(days=1)
    with transaction.atomic():
        perform(Wish(case_id, "withdraw"), actor=NOBODY, now=later, hand=REPORTER)

    again = [correct_weeks(actor=SYSTEM, now=later) for _run in range(2)]

    client = client_of(NOBODY)
    shown = client.get(f"/api/v1/places/{CODE}/weeks/").json()["items"]
    assert again == [1, 0]
    assert [(one["edition"], one["content"]["came"]["total"]) for one in shown] == [(2, 7)]
    found = recount_week(file_of())
    assert (found.problems, len(found.tokens)) == ([], 14)
    assert found.digest != bytes(before.digest).hex()
    assert "Corrected on" in client.get(f"/en/places/{CODE}/weeks/{WEEK}/").content.decode()
    feed = client.get(f"/feeds/places/{CODE}/weeks.atom")
    assert len(ElementTree.fromstring(feed.content).findall("{*}entry")) == 1


def test_the_file_of_a_week_that_named_cases_is_given_to_nobody_and_made_anew() -> None:
    finished(6)
    old = {
        "format": "linli-week-1", "least": 5, "events": "0", "in_time": None, "rated": None,
        "came": {"total": 6, "rows": [], "rest": 6}, "outcomes": {"total": 6, "rows": [], "rest": 6},
    }  # fmt: skip
    WeeklyReport.objects.create(
        place_id=1, code=CODE, week=WEEK, content=old, digest=b"x", made_at=MONDAY,
        events=gzip.compress(b"RP-1"),
    )  # fmt: skip
    address = f"/en/places/{CODE}/weeks/{WEEK}/"
    client = client_of(NOBODY)
    assert client.get(address + "?format=events").status_code == 404
    assert "format=events" not in client.get(address).content.decode()

    assert correct_weeks(actor=SYSTEM, now=MONDAY) == 1

    assert recount_week(file_of()).problems == []


def test_a_week_that_does_not_come_to_the_same_is_not_published_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_case()
    monkeypatch.setattr(weekly, "recount_week", lambda lines: Recount(problems=["came is 2"]))

    with capture_logs() as logs:
        weekly.publish_weeks(actor=SYSTEM, now=MONDAY)

    assert not WeeklyReport.objects.exists()
    told = [one for one in logs if one["event"] == "week_not_published"]
    assert told and told[0]["why"] == ["came is 2"]
