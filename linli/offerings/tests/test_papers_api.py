"""Materials by phone over the API: photos and PDF, as on the page; a report takes photos alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.files.models import StoredFile
from linli.files.testing import own_home, pdf, photo
from linli.offerings.tests.visit_samples import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def sent(query: str, *files: tuple[str, bytes]) -> Any:
    given = {"photos": [SimpleUploadedFile(name, body) for name, body in files]}
    answer = Client().post(f"/api/v1/reports/photos{query}", given, headers={"Idempotency-Key": "a"})  # fmt: skip
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


@pytest.mark.parametrize(("query", "kept"), [("?papers=1", 2), ("", 1), ("?papers=0", 1)])
def test_a_pdf_is_a_material_and_no_photo_of_a_report(query: str, kept: int) -> None:
    told = sent(query, ("a.jpg", photo()), ("b.pdf", pdf()), ("c.pdf", b"no pdf"), ("d.jpg", b""))

    assert (len(told["kept"]), len(told["refused"])) == (kept, 4 - kept)
    assert StoredFile.objects.count() == kept
