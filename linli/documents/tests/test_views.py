"""Pages of papers, seals and the public check."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from linli.documents import services
from linli.documents.forms import DocumentFilter
from linli.documents.models import Document, SealUse
from linli.documents.testing import CHAIR, CLERK, KEEPER, make_document, make_seal_use
from linli.files.services import read_content
from linli.files.testing import own_home
from linli.kernel.permits import NOBODY, PERSONAL, Actor, system_actor
from linli.kernel.testing import client_of, make_actor
from linli.runtime.queries import get_job, visible_jobs
from linli.runtime.services import running

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
STRANGER = make_actor("stranger", account_id=77)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def post(actor: Actor, address: str, key: str = "k1", **form: Any) -> Any:
    return client_of(actor).post(f"/zh-hans{address}", {"key": key, **form})


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_can_be_read(language: str) -> None:
    document, use = make_document(now=NOON), make_seal_use(now=NOON)
    pages = {
        "documents/": CLERK,
        f"documents/{document.code}/": CLERK,
        "seal-uses/": KEEPER,
        "seal-uses/?state=open&q=环卫&since=11.1&until=2026-11-30&kind=contract": CHAIR,
        "seal-uses/apply/": CLERK,
        f"seal-uses/{use.pk}/": CHAIR,
        f"check/{document.code}/": NOBODY,
    }
    for page, actor in pages.items():
        assert client_of(actor).get(f"/{language}/{page}").status_code == 200, page


@pytest.mark.django_db
def test_the_register_shows_filters_in_the_address_and_only_rows_for_htmx() -> None:
    make_document(now=NOON)
    whole = client_of(CLERK).get("/zh-hans/documents/?q=gs-2026-0001").content.decode()
    none = client_of(CLERK).get("/zh-hans/documents/?q=nothing").content.decode()
    part = client_of(CLERK).get("/zh-hans/documents/", headers={"HX-Request": "true"})

    assert "GS-2026-0001" in whole
    assert 'value="gs-2026-0001"' in whole
    assert "GS-2026-0001" not in none
    assert b"<html" not in part.content


@pytest.mark.django_db
def test_whoever_has_no_right_finds_nothing() -> None:
    document, use = make_document(now=NOON), make_seal_use(now=NOON)
    for address in (
        "documents/",
        f"documents/{document.code}/",
        "seal-uses/",
        f"seal-uses/{use.pk}/",
    ):
        assert client_of(NOBODY).get(f"/en/{address}").status_code == 404, address
    assert client_of(STRANGER).get(f"/en/documents/{document.code}/").status_code == 404
    assert client_of(STRANGER).get("/en/seal-uses/apply/").status_code == 403


@pytest.mark.django_db
def test_the_code_on_the_paper_leads_to_the_check_in_the_readers_language() -> None:
    document = make_document(now=NOON)

    chinese = Client().get(f"/q/{document.code}", headers={"Accept-Language": "zh-CN"})
    english = Client().get(f"/q/{document.code.lower()}", headers={"Accept-Language": "en"})

    assert chinese["Location"] == f"/zh-hans/check/{document.code}/"
    assert english["Location"] == f"/en/check/{document.code}/"
    assert "Accept-Language" in english["Vary"]


@pytest.mark.django_db
def test_a_code_that_no_paper_bears_is_told_as_such_and_may_be_typed_again() -> None:
    led = Client().get("/q/NOSUCHCODE", headers={"Accept-Language": "en"})
    told = Client().get(led["Location"])
    typed = Client().get("/zh-hans/check/?code= nosuch code ")

    assert led["Location"] == "/en/check/NOSUCHCODE/" and told.status_code == 404
    assert "No paper with this code was issued here" in told.content.decode()
    assert typed["Location"] == "/zh-hans/check/NOSUCHCODE/"
    assert Client().get("/zh-hans/check/?code=%20").status_code == 200
    numbered = Client().get("/zh-hans/check/?code=gs-2026-0002")
    assert numbered.status_code == 200 and "GS-2026-0002 是文书编号" in numbered.content.decode()


@pytest.mark.django_db
def test_anybody_checks_a_paper_and_compares_the_file() -> None:
    document = make_document(now=NOON)
    assert document.file is not None
    pdf = read_content(document.file, actor=CLERK, now=NOON)
    address = f"/en/check/{document.code}/"

    same = Client().post(address, {"file": SimpleUploadedFile("a.pdf", pdf)}).content.decode()
    other = (
        Client().post(address, {"file": SimpleUploadedFile("a.pdf", pdf + b"\n")}).content.decode()
    )
    missing = Client().post(address, {})

    assert "exactly the one" in same
    assert "not the one that was issued" in other
    assert missing.status_code == 422


@pytest.mark.django_db
def test_the_check_tells_programs_the_same() -> None:
    document = make_document(now=NOON, title="何伟明证明", level=PERSONAL)
    answer = Client().get(f"/api/v1/documents/{document.code}/check/").json()

    assert (answer["number"], answer["is_valid"]) == ("GS-2026-0001", True)
    assert "何伟明" not in str(answer)
    assert Client().get("/api/v1/documents/NOSUCHCODE/check/").json()["code"] == "not_found"


@pytest.mark.django_db
def test_codes_cannot_be_tried_by_the_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    # one moment for all of them: on a slow machine the pace would let another one through
    monkeypatch.setattr(
        "linli.runtime.middleware.idempotency.timezone", SimpleNamespace(now=lambda: NOON)
    )
    answers = [Client().get("/en/check/NOSUCHCODE/").status_code for _ in range(121)]
    assert (answers[119], answers[120]) == (404, 429)


@pytest.mark.django_db
def test_the_pdf_is_for_those_who_see_the_paper() -> None:
    document = make_document(now=NOON)
    assert document.file is not None
    address = f"/en/files/{document.file.code}/"

    assert client_of(CLERK).get(address)["Content-Type"] == "application/pdf"
    assert client_of(NOBODY).get(address).status_code == 404


@pytest.mark.django_db
def test_reprint_and_withdraw_by_form() -> None:
    document = make_document(now=NOON)
    address = f"/documents/{document.code}"

    assert post(CLERK, f"{address}/reprint", copies="0", reason="x").status_code == 422
    assert post(CLERK, f"{address}/reprint", "k2", copies="2", reason="补张贴").status_code == 303
    assert post(CLERK, f"{address}/withdraw", "k3", reason="").status_code == 422
    assert post(CHAIR, f"{address}/withdraw", "k4", reason="x").status_code == 403
    assert post(CLERK, f"{address}/withdraw", "k5", reason="日期写错").status_code == 303
    assert post(CLERK, f"{address}/withdraw", "k6", reason="日期写错").status_code == 303

    document.refresh_from_db()
    assert (document.print_count, document.state) == (3, "withdrawn")


@pytest.mark.django_db
def test_a_seal_from_application_to_stamp_by_form() -> None:
    place = CLERK.grants[0].path
    form = {
        "place": place,
        "seal": "contract",
        "matter": "环卫合同",
        "copies": "2",
        "recipient": "",
    }
    assert post(CLERK, "/seal-uses/apply/", matter="").status_code == 422
    answer = post(CLERK, "/seal-uses/apply/", "k2", **form)
    use = SealUse.objects.get()
    assert answer["Location"] == f"/zh-hans/seal-uses/{use.pk}/"
    address = f"/seal-uses/{use.pk}"

    assert post(CHAIR, f"{address}/refuse", note="").status_code == 422
    assert post(CHAIR, f"{address}/approve", "k3", note="同意").status_code == 303
    today = timezone.localdate().isoformat()
    assert post(KEEPER, f"{address}/stamp", on="", copies="2").status_code == 422
    assert post(KEEPER, f"{address}/stamp", "k4", on=today, copies="3").status_code == 409
    assert post(KEEPER, f"{address}/stamp", "k5", on=today, copies="2").status_code == 303

    use.refresh_from_db()
    assert (use.state, use.stamped_copies) == ("stamped", 2)


@pytest.mark.django_db
def test_an_application_is_taken_back_by_form() -> None:
    use = make_seal_use(now=NOON)
    assert post(CLERK, f"/seal-uses/{use.pk}/cancel").status_code == 303
    use.refresh_from_db()
    assert use.state == "cancelled"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "actor", "kind"),
    [
        ("/documents/export", CLERK, "documents.export_register"),
        ("/seal-uses/export", KEEPER, "documents.export_seal_book"),
    ],
)
def test_lists_are_exported_by_a_job_into_a_file_for_its_starter(
    address, actor, kind, monkeypatch
) -> None:
    # nothing below access knows accounts
    monkeypatch.setattr("linli.kernel.registries.RIGHTS_NOW._function", None)
    make_document(now=NOON)
    answer = post(actor, address, state="", q="")
    job = visible_jobs(actor).get(kind=kind)
    assert answer["Location"] == f"/zh-hans/jobs/{job.code}/"

    running.run_job(job.pk, 1, clock=timezone.now)

    job = get_job(actor, job.code)
    assert (job.state, job.done) == ("done", 1)
    code = job.result["args"][0]
    mine = client_of(actor).get(f"/zh-hans/files/{code}/")
    assert mine["Content-Type"].endswith("spreadsheetml.sheet")
    assert b"".join(mine.streaming_content).startswith(b"PK")
    assert (
        client_of(replace(actor, account_id=99)).get(f"/zh-hans/files/{code}/").status_code == 404
    )


@pytest.mark.django_db
def test_the_seal_book_is_printed_from_its_page() -> None:
    make_seal_use(now=NOON)
    answer = post(KEEPER, "/seal-uses/print", place=KEEPER.grants[0].path)

    sheet = Document.objects.get(template="documents.seal_sheet")
    assert answer["Location"] == f"/zh-hans/documents/{sheet.code}/"


@pytest.mark.django_db
def test_a_form_sent_twice_withdraws_once_and_says_the_same() -> None:
    document = make_document(now=NOON)
    first = post(CLERK, f"/documents/{document.code}/withdraw", reason="x")
    again = post(CLERK, f"/documents/{document.code}/withdraw", reason="x")

    assert (first.status_code, again.status_code) == (303, 303)
    assert again["Idempotency-Replayed"] == "true"


@pytest.mark.django_db
def test_a_paper_leads_to_its_entry_in_the_public_log() -> None:
    document = make_document(now=NOON)
    job = system_actor("test")
    document = services.log_document(document.pk, actor=job, now=NOON)
    entry = f"/en/log/{document.log_index}/"

    pages = [
        client_of(NOBODY).get(f"/en/check/{document.code}/").content.decode(),
        client_of(CLERK).get(f"/en/documents/{document.code}/").content.decode(),
    ]

    assert all(f'href="{entry}"' in page for page in pages)


def test_no_two_kinds_of_paper_have_the_same_words() -> None:
    with override("zh-hans"):
        words = [str(title) for _key, title in DocumentFilter().fields["kind"].choices]

    assert len(words) == len(set(words))
    assert {"工作交接单", "工作交接单 (党组织职务)"} <= set(words)


@pytest.mark.django_db
def test_who_is_not_staff_reads_the_check_of_a_paper_and_not_its_register() -> None:
    document = make_document(now=NOON)
    issuer = replace(STRANGER, account_id=document.account_id)
    answer = client_of(issuer).get(f"/zh-hans/documents/{document.code}/")

    assert (answer.status_code, answer["Location"]) == (302, f"/zh-hans/check/{document.code}/")
    assert client_of(CLERK).get(f"/zh-hans/documents/{document.code}/").status_code == 200
