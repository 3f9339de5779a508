"""The generated documents are fresh, and links in documents lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.make_docs import DOCS, ROOT, documents

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
CODE, FILE = re.compile(r"`([^`\n]+)`"), re.compile(r"(?<![\w/<>*.])\w[\w/]*/\w+\.py\b")
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def test_the_documents_read_off_the_code_are_fresh() -> None:
    """`make docs` mends it."""
    stale = [
        str(path.relative_to(ROOT))
        for path, text in documents().items()
        if not path.exists() or path.read_text() != text
    ]
    assert stale == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_of_a_document_leads_somewhere(page: Path) -> None:
    broken = [
        target for target in LINK.findall(page.read_text()) if not (page.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_file_of_python_that_a_document_names_is_there(page: Path) -> None:
    """Named from the root, from the package, or from any app: `rules/queueing.py`."""
    named = [file for code in CODE.findall(page.read_text()) for file in FILE.findall(code)]
    tops = (ROOT, ROOT / "linli", *(one.parent for one in (ROOT / "linli").glob("*/apps.py")))

    assert [file for file in named if not any((top / file).exists() for top in tops)] == []
