"""Issuing, printing again and withdrawing papers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import DatabaseError

from linli.documents import permits, queries, services
from linli.documents.clients import printing
from linli.documents.errors import AlreadyWithdrawn, SealPictureRefused, TemplateBroken
from linli.documents.models import Document, DocumentPrint, SealUse, ShortCode
from linli.documents.testing import CHAIR, CLERK, NOTICE, make_document
from linli.files.services import read_content
from linli.files.testing import own_home
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import NOBODY, PERSONAL, PUBLIC, system_actor
from linli.kernel.testing import OTHER_TOWN, TOWN, VILLAGE, make_actor

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TOWN_READER = make_actor("town", permits.READ, at=TOWN, account_id=8)
SYSTEM = system_actor("test")
STRANGER = make_actor("other", permits.READ, permits.ISSUE, at=OTHER_TOWN, account_id=9)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def rows_of(app: str, model: str) -> int:
    return apps.get_model(app, model).objects.count()


@pytest.mark.django_db
def test_a_paper_gets_number_code_file_and_an_entry_in_the_seal_book() -> None:
    document = make_document(now=NOON, copies=3)

    assert (document.number, document.state, document.print_count) == ("GS-2026-0001", "issued", 3)
    assert (document.town_code, document.village_code) == ("441900005", "441900005001")
    assert ShortCode.objects.get(pk=document.code).target_id == document.pk
    assert document.file is not None
    assert read_content(document.file, actor=CLERK, now=NOON).startswith(b"%PDF-")
    assert document.file.retention_until == date(2036, 11, 24)
    assert document.sha256 == document.file.sha256
    use = SealUse.objects.get(document=document)
    assert (use.number, use.state, use.copies, use.account_id) == (
        "YY-2026-0001",
        "requested",
        3,
        1,
    )
    assert [p.copies for p in DocumentPrint.objects.all()] == [3]


@pytest.mark.django_db
def test_official_numbers_are_one_series_for_each_mark() -> None:
    letter = {"text": ["请知悉。"]}
    numbers = [
        make_document(now=NOON, template="documents.letter", data=letter, mark=mark).number
        for mark in ("示范村发", "示范村发", "示范村函")
    ]
    assert numbers == ["示范村发〔2026〕1号", "示范村发〔2026〕2号", "示范村函〔2026〕1号"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"actor": CHAIR}, NotAllowed),
        ({"actor": STRANGER}, NotAllowed),
        ({"actor": NOBODY}, NotAllowed),
        ({"data": {**NOTICE, "contact": b"\x89PNG"}}, SealPictureRefused),
        ({"data": {**NOTICE, "objection": "data:image/png;base64,AAAA"}}, SealPictureRefused),
        ({"data": {**NOTICE, "extra": "x"}}, Invalid),
        ({"data": {"text": []}}, Invalid),
        ({"mark": "A"}, Invalid),
    ],
)
def test_a_refused_issue_leaves_no_number_and_no_file(change: dict, refusal: type) -> None:
    with pytest.raises(refusal):
        make_document(now=NOON, **change)

    assert Document.objects.count() == SealUse.objects.count() == 0
    assert rows_of("files", "StoredFile") == rows_of("runtime", "NumberSeries") == 0


@pytest.mark.django_db
def test_a_template_that_breaks_gives_the_number_back(monkeypatch) -> None:
    def broken(*args: object) -> None:
        raise TemplateBroken()

    with monkeypatch.context() as patch:
        patch.setattr(printing, "set_paper", broken)
        with pytest.raises(TemplateBroken), transaction.atomic():
            make_document(now=NOON)

    assert make_document(now=NOON).number == "GS-2026-0001"


@pytest.mark.django_db
def test_a_paper_in_english_speaks_english(monkeypatch) -> None:
    seen: list[dict[str, Any]] = []
    real = printing.set_paper
    monkeypatch.setattr(
        printing,
        "set_paper",
        lambda source, facts, data: seen.append(facts) or real(source, facts, data),
    )

    make_document(now=NOON, language="en")

    assert (seen[0]["lang"], seen[0]["title"]) == ("en", "Public notice")
    assert seen[0]["words"]["seal_here"] == "Seal here"
    assert seen[0]["issued_text"] == "24 November 2026"


@pytest.mark.django_db
def test_printing_again_is_entered_and_the_file_stays_the_same() -> None:
    document = make_document(now=NOON)

    again = services.reprint_document(document, copies=5, reason="贴公开栏", actor=CLERK, now=NOON)

    assert (again.print_count, again.sha256) == (6, document.sha256)
    assert [(p.copies, p.reason) for p in again.prints.order_by("id")] == [(1, ""), (5, "贴公开栏")]
    with pytest.raises(NotAllowed):
        services.reprint_document(document, copies=1, reason="", actor=CHAIR, now=NOON)
    with pytest.raises(Invalid):
        services.reprint_document(document, copies=0, reason="", actor=CLERK, now=NOON)
    assert DocumentPrint.objects.count() == 2


@pytest.mark.django_db
def test_the_list_of_printings_cannot_be_changed() -> None:
    document = make_document(now=NOON)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_documentprint SET copies = 1 WHERE document_id = %s", [document.pk]
        )


@pytest.mark.django_db
def test_a_withdrawn_paper_says_so_and_its_seal_is_not_needed_any_more() -> None:
    document = make_document(now=NOON)

    services.withdraw_document(document, reason="日期写错", actor=CLERK, now=NOON)

    check = queries.check_document(document.code)
    assert (check.is_valid, check.withdrawn_reason) == (False, "日期写错")
    assert SealUse.objects.get().state == "cancelled"
    for act in (
        lambda: services.withdraw_document(document, reason="x", actor=CLERK, now=NOON),
        lambda: services.reprint_document(document, copies=1, reason="", actor=CLERK, now=NOON),
    ):
        with pytest.raises(AlreadyWithdrawn):
            act()


@pytest.mark.django_db
def test_withdrawing_asks_for_a_permit_and_a_reason() -> None:
    document = make_document(now=NOON)
    with pytest.raises(NotAllowed):
        services.withdraw_document(document, reason="x", actor=CHAIR, now=NOON)
    with pytest.raises(Invalid):
        services.withdraw_document(document, reason="  ", actor=CLERK, now=NOON)
    document.refresh_from_db()
    assert document.state == "issued"


@pytest.mark.django_db
def test_the_check_page_knows_nothing_about_a_person() -> None:
    public = make_document(now=NOON, title="保洁安排公示", level=PUBLIC)
    personal = make_document(now=NOON, title="何伟明任职证明", level=PERSONAL)
    services.withdraw_document(personal, reason="何伟明已离任", actor=CLERK, now=NOON)

    assert str(queries.check_document(public.code).what) == "保洁安排公示"
    check = queries.check_document(personal.code)
    assert "何伟明" not in f"{check.what} {check.withdrawn_reason}"
    with pytest.raises(NotFound):
        queries.check_document("NOSUCHCODE")


@pytest.mark.django_db
def test_who_sees_which_paper() -> None:
    document = make_document(now=NOON)

    assert queries.get_document(TOWN_READER, document.code) == document
    assert queries.list_documents(TOWN_READER, queries.Filter()).items == [document]
    for actor in (STRANGER, NOBODY):
        with pytest.raises(NotFound):
            queries.get_document(actor, document.code)
        assert queries.list_documents(actor, queries.Filter()).items == []


@pytest.mark.django_db
def test_a_list_of_papers_is_three_statements(django_assert_num_queries) -> None:
    for _ in range(3):
        make_document(now=NOON)
    # which ended places are hers too, the page, and where it is long the count
    with django_assert_num_queries(2):
        assert len(queries.list_documents(TOWN_READER, queries.Filter()).items) == 3
    with django_assert_num_queries(3):
        assert len(queries.list_documents(TOWN_READER, queries.Filter(), limit=2).items) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shown", "count"),
    [
        (queries.Filter(state="issued"), 1),
        (queries.Filter(state="withdrawn"), 0),
        (queries.Filter(kind="documents.letter"), 0),
        (queries.Filter(words="gs-2026-0001"), 1),
        (queries.Filter(since=date(2026, 11, 25)), 0),
        (queries.Filter(since=date(2026, 11, 24), until=date(2026, 11, 24)), 1),
    ],
)
def test_filters_of_the_register(shown: queries.Filter, count: int) -> None:
    make_document(now=NOON)
    assert len(queries.list_documents(CLERK, shown).items) == count


@pytest.mark.django_db
def test_other_things_get_codes_in_the_same_space(monkeypatch) -> None:
    from linli.documents.types import CODE_KINDS, CodeKind

    monkeypatch.setitem(
        CODE_KINDS._items, "test.thing", CodeKind("test.thing", lambda i, c: f"/thing/{i}/")
    )
    code = services.make_code("test.thing", 5, actor=SYSTEM, now=NOON)

    assert services.make_code("test.thing", 5, actor=SYSTEM, now=NOON) == code
    assert queries.address_of_code(code) == "/thing/5/"
    assert VILLAGE


@pytest.mark.django_db
def test_a_paper_is_entered_into_the_public_log_once_and_a_personal_one_as_a_hash() -> None:
    entries = apps.get_model("translog", "Leaf").objects
    public = make_document(now=NOON, level=PUBLIC)
    personal = make_document(now=NOON, level=PERSONAL)
    before = entries.count()

    for document in (public, public, personal):
        services.log_document(document.pk, actor=SYSTEM, now=NOON)

    public.refresh_from_db()
    personal.refresh_from_db()
    assert entries.count() == before + 2
    assert public.log_index is not None
    assert personal.log_index == public.log_index + 1
    assert queries.check_document(public.code).log_index == public.log_index


@pytest.mark.django_db
def test_a_paper_is_found_by_its_number_and_by_nobody_else(django_assert_num_queries) -> None:
    from linli.documents.search import find_papers, find_seal_uses

    make_document(now=NOON)

    assert [hit.text for hit in find_papers(CLERK, "gs-2026-0001", 10)] == ["GS-2026-0001"]
    assert [hit.text for hit in find_seal_uses(CLERK, "yy-2026-0001", 10)] == ["YY-2026-0001"]
    assert list(find_papers(STRANGER, "GS-2026-0001", 10)) == []
    assert list(find_seal_uses(STRANGER, "yy-2026-0001", 10)) == []
    with django_assert_num_queries(0):
        assert list(find_papers(CLERK, "保洁", 10)) == []
