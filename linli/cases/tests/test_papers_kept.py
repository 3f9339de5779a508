"""AP-07: papers about a case are kept from whom it is about, whatever she reads in the register."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linli.cases.testing import NOON, make_case
from linli.cases.types.filing import OF_CASE
from linli.documents import permits, queries
from linli.documents.models import Document, SealUse
from linli.documents.queries import Filter
from linli.documents.testing import make_document
from linli.files.models import StoredFile
from linli.files.queries import may_see
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH
from linli.kernel.testing import make_actor

pytestmark = pytest.mark.django_db
READS = (permits.READ, permits.APPROVE_SEAL, permits.KEEP_SEAL)
ACCUSED, OTHER, MORE = 77, 31, 78


def chair(*posts: int) -> Actor:
    made = make_actor("chair", *READS, account_id=5, ceiling=5)
    return replace(made, posts=frozenset(posts))


@pytest.fixture
def paper(home: object) -> Document:
    """A paper about a case that names two posts, with its entry in the seal book."""
    case = make_case(about_post_id=ACCUSED, about_more=(MORE,))
    made = make_document(now=NOON)
    Document.objects.filter(pk=made.pk).update(about_kind=OF_CASE, about_id=case.held.id)
    return Document.objects.get(pk=made.pk)


def doors(actor: Actor, paper: Document) -> list[bool]:
    """Say of each way to a paper whether it is open."""
    seals = SealUse.objects.filter(document=paper)
    file = StoredFile.objects.get(pk=paper.file_id)
    papers = SEARCH.get("documents.papers")
    assert papers is not None
    return [
        paper in queries.list_documents(actor, Filter()).items,
        paper in queries.papers_about(actor, OF_CASE, paper.about_id or 0),
        paper in queries.visible_documents(actor),
        queries.may_see(actor, paper),
        may_see(actor, file),
        bool(papers.find(actor, paper.number, 9)),
        seals[0] in queries.list_seal_uses(actor, Filter()).items,
        seals[0] in queries.seal_uses_to_decide(actor, 9),
    ]


@pytest.mark.parametrize("post", [ACCUSED, MORE])
def test_whom_a_case_is_about_finds_no_paper_of_it_by_any_door(paper: Document, post: int) -> None:
    assert doors(chair(OTHER), paper) == [True] * 8
    assert doors(chair(post, OTHER), paper) == [False] * 8

    with pytest.raises(NotFound):
        queries.get_document(chair(post), paper.code)
    with pytest.raises(NotFound):
        queries.get_seal_use(chair(post), SealUse.objects.get().pk)


def test_a_paper_about_nothing_stays_in_the_register_of_the_accused(paper: Document) -> None:
    plain = make_document(now=NOON)

    assert list(queries.list_documents(chair(ACCUSED), Filter()).items) == [plain]
