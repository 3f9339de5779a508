"""Lists of people on their pages and on the command line: what is shown, refused and taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.cli import people as cli
from linli.kernel.testing import client_of
from linli.people import kinds
from linli.people.models import ImportRun, Person
from linli.people.services import importing, running
from linli.people.testing import NOON, VILLAGE, make_number, make_villages
from linli.people.tests.samples import CLERK, post
from linli.trail.models import Entry


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


@pytest.fixture
def clerk() -> Client:
    return client_of(CLERK)


def hand_in(clerk: Client, rows: str, code: str = "utf-8") -> ImportRun:
    """Hand in a list for the village on the page."""
    file = SimpleUploadedFile("list.csv", rows.encode(code), content_type="text/csv")
    answer = post(clerk, reverse("people:import_new"), place=VILLAGE, source="厂", file=file)
    run = ImportRun.objects.get()
    assert answer["Location"] == reverse("people:import_run", args=[run.pk])
    return run


def test_refused_rows_are_covered_on_the_page_and_whoever_takes_them_along_is_on_record(
    clerk: Client,
) -> None:
    run = hand_in(
        clerk, "姓名,身份证号码,电话,备注\n=坏行,441900199001011234,13812345678,13900001111\n"
    )
    columns = {"name": 0, "document_number": 1, "phone": 2}
    run = importing.map_columns(run, columns, {"place": VILLAGE}, actor=CLERK, now=NOON)
    run = running.check_run(run, actor=CLERK, now=NOON)

    page = clerk.get(reverse("people:import_run", args=[run.pk])).content.decode()
    assert run.counts["refused"] == 1 and "4419*************4" in page and "138****5678" in page
    for whole in ("441900199001011234", "13812345678", "13900001111"):
        assert whole not in page
    reads = Entry.objects.filter(verb="read", details__fields=["cells"])
    assert not reads.exists()

    file = clerk.get(reverse("people:import_refused", args=[run.pk])).content.decode("utf-8-sig")
    assert "'=坏行,441900199001011234,13812345678" in file
    assert reads.count() == 1


def test_a_list_is_handed_in_checked_and_taken(clerk: Client) -> None:
    rows = f"姓名,身份证号码,电话\n李丽,{make_number()},13812345678\n坏行,1,\n"

    run = hand_in(clerk, rows, "gb18030")
    shown = clerk.get(reverse("people:import_run", args=[run.pk])).content.decode()
    assert "身份证号码" in shown
    mapped = post(
        clerk, reverse("people:import_map", args=[run.pk]), column0="name", column1="document_number",
        column2="phone", all_place=VILLAGE,
    )  # fmt: skip
    assert mapped.status_code == 303
    run = running.check_run(ImportRun.objects.get(), actor=CLERK, now=NOON)
    assert (run.counts["new"], run.counts["refused"]) == (1, 1)
    page = clerk.get(reverse("people:import_run", args=[run.pk])).content.decode()
    assert "坏行" in page
    refused = clerk.get(reverse("people:import_refused", args=[run.pk])).content.decode("utf-8-sig")
    assert refused.splitlines()[1].startswith("坏行,1,")
    assert post(clerk, reverse("people:import_take", args=[run.pk])).status_code == 303
    run = running.take_run(ImportRun.objects.get(), actor=CLERK, now=NOON)
    assert Person.objects.get().name == "李丽"
    assert clerk.get(reverse("people:import_run", args=[run.pk])).status_code == 200
    assert kinds.IMPORT.key == "people.import"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("list.xlsx", b"PK\x03\x04x"),
        ("list.csv", b""),
    ],
)
def test_a_file_that_is_no_list_is_told_beside_its_field(
    clerk: Client, name: str, content: bytes
) -> None:
    answer = post(
        clerk, reverse("people:import_new"), place=VILLAGE, source="x",
        file=SimpleUploadedFile(name, content),
    )  # fmt: skip

    assert answer.status_code == 422
    assert 'id="id_file-err"' in answer.content.decode()
    assert ImportRun.objects.count() == 0


def test_a_list_without_a_good_row_is_not_offered_for_taking(clerk: Client) -> None:
    run = hand_in(clerk, "姓名,身份证号码\n坏行,1\n")
    post(
        clerk, reverse("people:import_map", args=[run.pk]), column0="name", column1="document_number",
        all_place=VILLAGE,
    )  # fmt: skip
    run = running.check_run(ImportRun.objects.get(), actor=CLERK, now=NOON)

    page = clerk.get(reverse("people:import_run", args=[run.pk])).content.decode()

    assert run.counts["refused"] == run.counts["rows"] == 1
    assert reverse("people:import_take", args=[run.pk]) not in page


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_on_the_command_line_leaves_no_list_behind(tmp_path: Path) -> None:
    make_villages()
    file = tmp_path / "people.csv"
    file.write_text(f"姓名,身份证号码\n李丽,{make_number()}\n坏行,1\n")

    result = CliRunner().invoke(
        cli.import_.commands["people"],
        [str(file), "--place", VILLAGE, "--column", "name=姓名", "--column", "document_number=身份证号码",
         "--dry-run", "--json"],
        catch_exceptions=False,
    )  # fmt: skip

    found = json.loads(result.stdout)
    assert (found["rows"], found["new"], found["rejected"]) == (2, 1, 1)
    assert not ImportRun.objects.exists()
    assert not Person.objects.exists()


def test_of_a_list_that_was_put_away_nothing_is_said_to_be_entered(clerk: Client) -> None:
    run = hand_in(clerk, f"姓名,身份证号码\n李丽,{make_number()}\n坏行,1\n")
    columns = {"name": 0, "document_number": 1}
    run = importing.map_columns(run, columns, {"place": VILLAGE}, actor=CLERK, now=NOON)
    run = running.check_run(run, actor=CLERK, now=NOON)

    importing.drop_run(run, actor=CLERK, now=NOON)

    page = clerk.get(f"/en/people/imports/{run.pk}/").content.decode()
    assert "would be new" in page
    assert "Newly entered" not in page
