"""What a call after a bad rating cannot put right becomes a task with its term; each leads to the other (10.3)."""

from __future__ import annotations

import pytest

from linli.cases.models import Case
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import NOBODY, VAULT
from linli.kernel.testing import client_of, make_actor, post_json
from linli.offerings import permits
from linli.offerings.queries.rating_reviews import rating_of_case
from linli.offerings.services.rating_cases import make_case
from linli.offerings.tests.test_centres import make_office
from linli.offerings.tests.test_rating_reviews import CALLER, REVIEWER, STRANGER
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


def test_programs_list_bad_ratings_note_a_call_and_make_one_a_case() -> None:
    make_office()
    bad, where = rated(served(), 1), "/api/v1/visit-ratings/"
    own = f"{where}{bad.pk}/"
    caller, stranger = client_of(CALLER), client_of(STRANGER)
    said = {"reached": "yes", "note": "叫号屏看不清"}
    for actor, status in ((stranger, 404), (client_of(NOBODY), 404)):
        assert actor.get(own).status_code == post_json(actor, f"{own}call", said).status_code
        assert actor.get(own).status_code == status
    for wrong in ({"reached": "maybe"}, {"reached": "yes", "note": " "}):
        assert post_json(caller, f"{own}call", wrong).status_code == 422
    assert post_json(caller, f"{own}case", {}).json()["fields"].keys() == {"text"}
    assert caller.get(where, {"view": "moon"}).status_code == 422

    waits = caller.get(where).json()["items"]
    called = post_json(caller, f"{own}call", said).json()
    case = post_json(caller, f"{own}case", {"text": "叫号屏看不清"}).json()["case"]

    assert [(one["id"], one["grade"]) for one in waits] == [(bad.pk, 1)]
    assert (called["waits"], called["note"], called["phone"]) == (False, "叫号屏看不清", "")
    assert Case.objects.get().number == case
    assert caller.get(where).json()["items"] == []
    (before,) = caller.get(where, {"view": "called"}).json()["items"]
    assert (before["case"], before["reached"]) == (case, "yes")
    assert post_json(caller, f"{own}call", said).status_code == 404


def test_programs_ask_for_a_review_that_the_place_above_decides() -> None:
    bad = rated(served(), 2)
    own = f"/api/v1/visit-ratings/{bad.pk}/"
    caller, reviewer = client_of(CALLER), client_of(REVIEWER)

    asked = post_json(caller, f"{own}ask-review", {"reason": "同一人连刷"}).json()

    assert (asked["review"]["asked"], asked["may_decide"]) == ("同一人连刷", False)
    assert post_json(caller, f"{own}exclude", {"reason": "x"}).status_code == 403
    assert reviewer.get(own).json()["may_decide"] is True
    assert post_json(reviewer, f"{own}number").status_code == 403
    decided = post_json(reviewer, f"{own}exclude", {"reason": "确属连刷"}).json()
    assert (decided["review"]["outcome"], decided["counts"]) == ("excluded", False)
    assert post_json(caller, f"{own}case", {"text": "x"}).status_code == 409
