"""The generated documents are fresh, and links in documents lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.make_docs import DOCS, ROOT, documents

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def test_the_documents_read_off_the_code_are_fresh() -> None:
    """`make docs` mends it."""
    stale = [
        str(path.relative_to(ROOT))
        for path, text in documents().items()
        if not path.exists() or path.read_text() != text
    ]
    assert stale == []


@pytest.mark.parametrize(
    "page", sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")]), ids=lambda p: p.name
)
def test_every_link_of_a_document_leads_somewhere(page: Path) -> None:
    broken = [
        target for target in LINK.findall(page.read_text()) if not (page.parent / target).exists()
    ]
    assert broken == []
