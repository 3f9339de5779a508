"""A rating that does not count yet is changed by whoever gave it, until the office took it up (10.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from linli.cases.types.rating import Reached
from linli.kernel.permits import VAULT
from linli.kernel.testing import client_of, make_actor, post_json
from linli.offerings import permits
from linli.offerings.clients.rating_contacts import number_in
from linli.offerings.errors import RatedBefore
from linli.offerings.models import VisitRating
from linli.offerings.services import visit_ratings as services
from linli.offerings.services.rating_cases import make_case
from linli.offerings.services.rating_reviews import ask_review
from linli.offerings.tests.test_centres import make_office
from linli.offerings.tests.visit_samples import CLERK, KEEPER, LATER, NOON, SYSTEM, rated, served
from linli.offerings.types.visit_ratings import TABLET_COOKIE
from linli.offerings.types.visits import LOOKS
from linli.runtime.testing import Elsewhere

pytestmark = pytest.mark.django_db
CALLER = make_actor("caller", permits.CALL_BACK, permits.REACH, ceiling=VAULT)
SOON, PHONE = NOON + timedelta(minutes=1), "+8613800001234"


def test_what_was_given_too_soon_is_changed_until_it_counts_and_then_counts() -> None:
    ticket = served()
    soon = rated(ticket, 5, now=SOON)
    assert not soon.counts and services.let_count(actor=SYSTEM, now=SOON) == 0

    rated(ticket, 2, now=NOON + timedelta(minutes=90))

    assert services.let_count(actor=SYSTEM, now=NOON + timedelta(hours=2)) == 1
    kept = VisitRating.objects.get()
    assert (kept.grade, kept.counts, kept.call_due_at is not None) == (2, True, True)
    with pytest.raises(RatedBefore):
        rated(ticket, 5)
    assert VisitRating.objects.get().grade == 2


def test_what_somebody_who_works_here_gave_never_counts_and_keeps_no_visitor_from_rating() -> None:
    ticket = served()
    services.rate_visit(ticket.code, 5, actor=CLERK, now=LATER)
    assert services.let_count(actor=SYSTEM, now=LATER + timedelta(days=1)) == 0

    hers = rated(ticket, 1)

    assert hers.counts and VisitRating.objects.get().grade == 1
    with pytest.raises(RatedBefore):
        services.rate_visit(ticket.code, 5, actor=CLERK, now=LATER)


def test_what_became_a_task_of_the_office_is_not_changed_to_a_good_one_any_more() -> None:
    make_office()
    ticket = served()
    bad = make_case(rated(ticket, 1, now=SOON), "叫号屏看不清", actor=CALLER, now=SOON)

    with pytest.raises(RatedBefore), transaction.atomic():
        rated(ticket, 5, now=SOON)

    kept = VisitRating.objects.get()
    assert (kept.grade, kept.case_id, kept.call_due_at) == (1, bad.case_id, bad.call_due_at)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["call", "review"])
def test_what_the_office_does_while_a_rating_is_changed_stands(step: str) -> None:
    ticket = served()
    bad = services.rate_visit(ticket.code, 1, phone=PHONE, actor=SYSTEM, now=SOON)

    with transaction.atomic():
        if step == "call":
            services.record_visit_call(bad, Reached.YES, "等太久", actor=CALLER, now=SOON)
        else:
            ask_review(bad, "不像真的", actor=CALLER, now=SOON)
        meanwhile = Elsewhere(lambda: rated(ticket, 5, now=SOON))
        assert meanwhile.is_waiting()
    with pytest.raises(RatedBefore):
        meanwhile.result()

    kept = VisitRating.objects.get()
    assert (kept.grade, kept.called_at or kept.review_asked_at) == (1, SOON)
    assert (kept.note, number_in(kept)) == (("等太久", "") if step == "call" else ("", PHONE))


def test_a_tablet_that_looks_all_day_keeps_nobody_behind_its_address_from_rating() -> None:
    ticket = served(timezone.now())
    made = post_json(client_of(KEEPER), f"/api/v1/windows/{ticket.window_id}/tablets").json()
    hall = Client()
    hall.cookies[made["cookie"]] = made["secret"]

    looks = {hall.get("/api/v1/rate/tablet/").status_code for _ in range(LOOKS.count + 1)}
    told = post_json(Client(), f"/api/v1/rate/visits/{ticket.code}", {"grade": 4})

    assert (TABLET_COOKIE, looks, told.status_code) == (made["cookie"], {200}, 201)
    assert VisitRating.objects.get().grade == 4
