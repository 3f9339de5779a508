"""What windows and applications answer in reports: what was accepted, and not what came to nothing before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from linli.cases.models import Case
from linli.cases.testing import NOON, VILLAGE
from linli.cases.types.moves import At
from linli.kernel import scope
from linli.kernel.testing import make_actor
from linli.offerings import permits
from linli.offerings.queries.reporting_sources import SOURCES
from linli.offerings.queries.reporting_values import COUNTING
from linli.offerings.services.checking import accept_application, tick_papers
from linli.offerings.testing import make_application

CLERK = make_actor("clerk", permits.RECEIVE, permits.SEE, at=VILLAGE)
KEY = "offerings.applications"


@pytest.mark.django_db
def test_what_was_accepted_is_counted_once_in_its_year_and_what_was_not_is_left_out() -> None:
    cases = [make_application().held.id for _ in range(4)]
    Case.objects.filter(pk=cases[0]).update(state="not_accepted")
    Case.objects.filter(pk=cases[1]).update(state="withdrawn")
    for case_id in cases[2:]:
        tick_papers(case_id, ["id-card", "lease"], actor=CLERK, now=NOON)
        accept_application(At(case_id), actor=CLERK, now=NOON)
    # withdrawn later: it was accepted nonetheless
    Case.objects.filter(pk=cases[3]).update(state="withdrawn")

    with scope.acting(COUNTING):
        this = SOURCES[0].measure([KEY], VILLAGE, localdate(NOON))
        later = SOURCES[0].measure([KEY], VILLAGE, localdate(NOON + timedelta(days=200)))

    assert (this, later) == ({KEY: {VILLAGE: 2}}, {KEY: {}})
