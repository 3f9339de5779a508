"""Handing out files."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.files import services
from linli.files.models import StoredFile
from linli.files.testing import BytesUpload, make_file, own_home, pdf, photo
from linli.files.types import ATTACHMENT, Owner
from linli.kernel import registries
from linli.kernel.permits import NOBODY, PUBLIC, VAULT, Actor
from linli.kernel.registries import FILE_VISIBILITY, FileVisibility
from linli.kernel.testing import VILLAGE, client_of, make_actor

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CLERK = make_actor("clerk", account_id=1)
OTHER = make_actor("other", account_id=2)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, monkeypatch) -> Iterator[Path]:
    monkeypatch.setitem(
        FILE_VISIBILITY._items,
        "test.thing",
        FileVisibility("test.thing", lambda actor, thing: actor.account_id == thing),
    )
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def take(content: bytes, name: str) -> StoredFile:
    return services.take_in(
        BytesUpload(content, name),
        policy=ATTACHMENT,
        owner=Owner("test.thing", 1),
        place=VILLAGE,
        actor=CLERK,
        now=NOON,
    )


def get(file: StoredFile, actor: Actor = CLERK, side: str = "", **headers: str) -> Any:
    address = f"/zh-hans/files/{file.code}/" + (f"{side}/" if side else "")
    return client_of(actor).get(address, headers=headers)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.django_db
def test_a_photo_is_shown_in_a_sandbox() -> None:
    file = take(photo(800, 600), "照片.jpg")

    response = get(file, side="480")

    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, max-age=300"
    assert body(response).startswith(b"\xff\xd8\xff")


@pytest.mark.django_db
def test_a_paper_is_saved_and_never_shown() -> None:
    response = get(take(pdf(), "合同.pdf"))

    assert response["Content-Disposition"] == (
        "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf"
    )
    assert body(response) == pdf()


@pytest.mark.django_db
def test_whoever_may_not_see_the_thing_finds_no_file() -> None:
    file = take(pdf(), "a.pdf")

    for actor in (OTHER, NOBODY):
        assert get(file, actor).status_code == 404
    assert client_of(CLERK).get("/zh-hans/files/NOSUCHCODE/").status_code == 404


@pytest.mark.django_db
def test_files_of_things_that_nobody_answers_for_are_hidden() -> None:
    file = make_file(now=NOON, owner=Owner("test.unknown", 1))
    assert get(file).status_code == 404


@pytest.mark.django_db
def test_what_the_browser_has_is_not_sent_again() -> None:
    file = make_file(now=NOON, level=PUBLIC)
    first = get(file)

    again = get(file, **{"If-None-Match": first["ETag"]})

    assert (first["Cache-Control"], again.status_code) == ("public, max-age=3600", 304)


@pytest.mark.django_db
def test_a_copy_that_does_not_exist_is_not_found() -> None:
    assert get(take(pdf(), "a.pdf"), side="480").status_code == 404


@pytest.mark.django_db
def test_reading_an_encrypted_file_leaves_a_trace_and_is_kept_by_nobody() -> None:
    entries = apps.get_model("trail", "Entry").objects.filter(outcome="read")
    file = make_file(now=NOON, level=VAULT)
    before = entries.count()

    response = get(file)

    assert response["Cache-Control"] == "private, no-store"
    assert body(response) == b"a,b\n1,2\n"
    assert entries.count() == before + 1


def draft(actor: Actor, *contents: tuple[str, bytes], key: str = "k1") -> Any:
    files = [SimpleUploadedFile(name, content) for name, content in contents]
    return client_of(actor).post("/zh-hans/files/drafts/add", {"key": key, "files": files})


@pytest.mark.django_db
def test_drafts_are_taken_one_by_one_and_bad_ones_named() -> None:
    response = draft(CLERK, ("a.jpg", photo()), ("b.jpg", b"<html>"))

    kept = StoredFile.objects.get()
    assert response.status_code == 200
    assert (kept.owner_kind, kept.owner_id, kept.level) == ("files.draft", 1, 4)
    assert kept.retention_until is not None
    assert kept.code in response.content.decode()
    assert "b.jpg" in response.content.decode()


@pytest.mark.django_db
def test_drafts_need_an_account_and_do_not_come_in_hundreds() -> None:
    assert draft(NOBODY, ("a.jpg", photo())).status_code == 403
    assert draft(CLERK, *[(f"{n}.jpg", photo()) for n in range(10)], key="k2").status_code == 422
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_only_bad_drafts_answer_with_the_reason() -> None:
    assert draft(CLERK, ("b.jpg", b"<html>")).status_code == 422
    assert registries.FILE_VISIBILITY.get("files.draft") is None
