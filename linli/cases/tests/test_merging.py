"""What is the same as another: into what it may go, what its reporter reads, what waits for it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction

from linli.cases.errors import ChildrenOpen, Missing, TargetOver
from linli.cases.models import Assignment, Case, CaseEvent, CaseLink
from linli.cases.queries.following import followed
from linli.cases.services import following, linking
from linli.cases.testing import NOON, clerk_of, faults, make_case, make_report, move, read_words
from linli.cases.tests.offices import VILLAGE, post_at
from linli.cases.tests.test_accusing import ACCUSES, head
from linli.cases.tests.test_words_and_links import SAME, parts
from linli.cases.types.filing import Filed
from linli.cases.types.moves import At
from linli.cases.views.stories import story_of
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, post_json

pytestmark = pytest.mark.django_db
CLERK, SYSTEM = clerk_of(), system_actor("test")
EVIDENCE = {"public": {"text": "Mended."}, "facts": {"files": ["f"]}}


def merge(case_id: int, number: str, text: str = SAME) -> None:
    with transaction.atomic():
        linking.merge(At(case_id), number, text=text, actor=CLERK, now=NOON)


def end(filed: Filed, how: str) -> None:
    """Bring a report to an end, in one way or another."""
    if how == "withdrawn":
        following.withdraw_report(At(filed.case_id), actor=NOBODY, now=NOON)
        return
    if how == "refused":
        given = {"public": {"text": "We may not."}, "facts": {"basis": "b"}}
        move(filed.case_id, "refuse", CLERK, **given)
        return
    move(filed.case_id, "accept", CLERK)
    move(filed.case_id, "finish", CLERK, **EVIDENCE)


@pytest.mark.parametrize("how", ["withdrawn", "refused", "done"])
def test_a_report_is_not_merged_into_what_nobody_works_on_any_more(how: str) -> None:
    over, mine = make_report(), make_report()
    end(over, how)
    steps = CaseEvent.objects.count()

    with pytest.raises(TargetOver):
        merge(mine.case_id, over.number)

    assert Case.objects.get(pk=mine.case_id).state == "filed"
    assert CaseEvent.objects.count() == steps and not CaseLink.objects.exists()


def test_whoever_merges_says_why_and_the_reporter_reads_it() -> None:
    other, mine = make_report(), make_report()
    with pytest.raises(Missing):
        merge(mine.case_id, other.number, " ")
    assert Case.objects.get(pk=mine.case_id).state == "filed"

    merge(mine.case_id, other.number)

    it = followed(Case.objects.get(pk=mine.case_id), NOON)
    assert SAME in [line.text for line in story_of(it)]
    assert faults() == []


def test_the_sheet_and_the_api_ask_why() -> None:
    other, mine = make_report(), make_report()
    at, client = f"/en/desk/cases/{mine.number}/merge", client_of(CLERK)
    sent = {"number": other.number, "expected_seq": "1", "key": str(uuid4())}

    page = client.post(at, {**sent, "text": ""})
    called = post_json(client, f"/api/v1/cases/{mine.number}/merge", {"number": other.number})

    assert (page.status_code, called.status_code) == (422, 422)
    assert Case.objects.get(pk=mine.case_id).state == "filed"
    told = {"number": other.number, "text": SAME}
    assert post_json(client, f"/api/v1/cases/{mine.number}/merge", told).status_code == 200
    assert Case.objects.get(pk=mine.case_id).merged_into_id == other.case_id


def test_a_whole_waits_for_the_case_that_its_part_turned_out_to_be() -> None:
    """A required part is not done by being merged away: the parent waits for required ones."""
    whole, elsewhere = make_case().held.id, make_case().held
    move(whole, "accept", CLERK)
    with transaction.atomic():
        opened = linking.split(At(whole), parts(), actor=CLERK, now=NOON)
    merge(opened[0].held.id, elsewhere.number)
    move(opened[1].held.id, "accept", CLERK)
    move(opened[1].held.id, "finish", CLERK, **EVIDENCE)

    with pytest.raises(ChildrenOpen) as refused:
        move(whole, "finish", CLERK, **EVIDENCE)

    assert elsewhere.number in str(refused.value)
    assert Case.objects.get(pk=whole).state == "at_work"
    move(elsewhere.id, "accept", CLERK)
    move(elsewhere.id, "finish", CLERK, **EVIDENCE)
    move(whole, "finish", CLERK, **EVIDENCE)
    assert faults() == []


def test_a_whole_does_not_wait_for_itself() -> None:
    whole = make_case().held
    move(whole.id, "accept", CLERK)
    with transaction.atomic():
        opened = linking.split(At(whole.id), parts()[:1], actor=CLERK, now=NOON)
    merge(opened[0].held.id, whole.number)

    move(whole.id, "finish", CLERK, **EVIDENCE)

    assert Case.objects.get(pk=whole.id).state == "done"


@pytest.mark.parametrize(
    ("text", "matter"), [("街边小店卖假药", "tip"), (ACCUSES, "complaint")], ids=["tip", "accuses"]
)
def test_what_a_person_reads_first_joins_no_public_report(text: str, matter: str) -> None:
    """AP-07: others may have reported the same; nobody would read what ends with being merged."""
    head()
    post_at(VILLAGE)
    public = make_report("公交站的路灯不亮")
    read_words(public.case_id)

    mine = make_report(text, matter=matter, same_as=public.number)

    case = Case.objects.get(pk=mine.case_id)
    assert (case.state, case.is_open, case.merged_into_id) == ("filed", True, None)
    assert CaseLink.objects.get(case=case).kind == "related_to"
    assert Assignment.objects.filter(case=case).exists() is (matter == "tip")
    assert faults() == []
