"""What a call after a bad rating cannot put right becomes a task with its term; each leads to the other (10.3)."""

from __future__ import annotations

import pytest

from linli.cases.models import Case
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import NOBODY, VAULT
from linli.kernel.testing import client_of, make_actor
from linli.offerings import permits
from linli.offerings.queries.rating_reviews import rating_of_case
from linli.offerings.services.rating_cases import make_case
from linli.offerings.tests.test_centres import make_office
from linli.offerings.tests.test_rating_reviews import CALLER, STRANGER
from linli.offerings.tests.visit_samples import LATER, rated, served
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
READER = make_actor("reader", permits.CALL_BACK, ceiling=VAULT)


def test_a_bad_rating_becomes_one_task_of_the_office_and_the_two_name_each_other() -> None:
    make_office()
    bad = rated(served(), 1)
    for text in (" ", "x" * 501):
        with pytest.raises(Invalid):
            make_case(bad, text, actor=CALLER, now=LATER)
    for actor in (STRANGER, NOBODY):
        with pytest.raises(NotFound):
            make_case(bad, "叫号屏看不清", actor=actor, now=LATER)
    assert not Case.objects.exists()

    bad = make_case(bad, "叫号屏看不清", actor=CALLER, now=LATER)

    case = Case.objects.get()
    assert (case.kind, case.path, case.pk) == ("directive", bad.path, bad.case_id)
    assert rating_of_case(READER, case.pk) == bad and rating_of_case(STRANGER, case.pk) is None
    assert Entry.objects.filter(verb="offerings.rating_made_case", path=bad.path).exists()
    page = client_of(CALLER).get(f"/en/windows/ratings/{bad.pk}/").content.decode()
    assert case.number in page and "Make it a case" not in page
    with pytest.raises(WrongState):
        make_case(bad, "再来一次", actor=CALLER, now=LATER)
    assert Case.objects.count() == 1
