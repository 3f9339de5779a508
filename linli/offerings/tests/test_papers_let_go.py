"""What was sent with an application goes with the name of whoever applied, three years after it was closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from linli.cases.models import Case, CaseFile
from linli.cases.services.photos import Step, hang_papers, keep_photos
from linli.cases.testing import NOON
from linli.files.models import StoredFile
from linli.files.testing import BytesUpload, own_home, photo
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import NOBODY
from linli.offerings.models import Application
from linli.offerings.queries.keeping import count_papers_over
from linli.offerings.retention import APPLICANTS
from linli.offerings.services.forgetting import let_papers_of_applicants_go
from linli.offerings.testing import make_application

pytestmark = pytest.mark.django_db
LATE = NOON + timedelta(days=3 * 365 + 1)


def with_paper(closed: bool = True) -> int:
    held = make_application(person_id=5, agent_mandate_id=6, sent_mark=b"mark").held
    (kept,), _refused = keep_photos([BytesUpload(photo(), "a.jpg")], actor=NOBODY, now=NOON)
    hang_papers([kept.code], Step(held.id, 1, held.path), actor=NOBODY, now=NOON)
    Case.objects.filter(pk=held.id).update(
        is_open=not closed, closed_at=NOON if closed else None, changed_at=NOON
    )
    return int(held.id)


def test_photos_of_papers_go_with_name_and_number(tmp_path: Any, settings: Any) -> None:
    with own_home(tmp_path, settings, NOON):
        over, running = with_paper(), with_paper(closed=False)
        before = {one.storage_name for one in StoredFile.objects.all()}
        early = LATE - timedelta(days=2)
        assert (APPLICANTS.going.step(early, 10), APPLICANTS.going.waiting(early)) == (0, 0)
        with pytest.raises(NotAllowed):
            let_papers_of_applicants_go(10, actor=NOBODY, now=LATE)
        assert {one.storage_name for one in StoredFile.objects.filter(state="kept")} == before
        assert count_papers_over(LATE) == 1

        while APPLICANTS.going.step(LATE, 10):
            pass

        paper = CaseFile.objects.select_related("file").get(case_id=over).file
        assert (paper.state, paper.name, paper.storage_name) == ("erased", "", "")
        assert CaseFile.objects.get(case_id=running).file.state == "kept"
        gone, stays = Application.objects.get(pk=over), Application.objects.get(pk=running)
        assert (gone.sealed, gone.person_id, gone.agent_mandate_id, gone.sent_mark) == (None,) * 4
        assert (
            (stays.person_id, stays.agent_mandate_id) == (5, 6) and stays.sealed and stays.sent_mark
        )
        assert APPLICANTS.going.waiting(LATE) == 0
