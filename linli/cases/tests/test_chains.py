"""A is the same as B, and B turns out to be the same as C: whoever reported A follows C."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from linli.cases import tasks
from linli.cases.errors import NeverFollowed
from linli.cases.models import Case, CaseLink
from linli.cases.queries.following import followed
from linli.cases.queries.intake import is_reached
from linli.cases.queries.public import get_public
from linli.cases.services.linking import merge, unmerge
from linli.cases.testing import NOON, clerk_of, faults, make_case, make_report, move
from linli.cases.tests.rating_samples import petitioned
from linli.cases.types.filing import Contact
from linli.cases.types.moves import At
from linli.kernel.permits import system_actor
from linli.notify.models import Delivery

pytestmark = pytest.mark.django_db
CLERK, SYSTEM = clerk_of(), system_actor("test")


def join(one: int, into: int) -> None:
    with transaction.atomic():
        merge(At(one), Case.objects.get(pk=into).number, actor=SYSTEM, now=NOON)


def chain() -> tuple[int, int, int]:
    """Three reports, the first of somebody who wants to be told; each the same as the next."""
    contact = Contact(phone="+8613800001234")
    first = make_report(contact=contact, by_sms=True).case_id
    second, third = (make_report().case_id for _ in range(2))
    join(first, second)
    join(second, third)
    return first, second, third


def test_a_report_that_is_the_same_as_a_case_of_another_kind_is_followed_in_its_words() -> None:
    filed, other = make_report(), make_case(kind="property_complaint", actor=SYSTEM).held
    join(filed.case_id, other.id)

    page = Client().get(f"/en/follow/{filed.number}/?code={filed.code}")

    assert page.status_code == 200
    assert "The property company has your complaint." in page.content.decode()


def test_nobody_else_is_told_where_a_petition_stands() -> None:
    report, petition = make_report(), petitioned()

    with pytest.raises(NeverFollowed):
        join(report.case_id, petition.held.id)

    assert not Case.objects.filter(merged_into__isnull=False).exists()


def test_who_reported_the_first_reads_how_far_the_last_is_on_every_surface() -> None:
    first, second, third = chain()
    move(third, "accept", CLERK)
    number = Case.objects.get(pk=third).number

    it = followed(Case.objects.get(pk=first), NOON)
    shown = get_public(Case.objects.get(pk=first).number)

    assert it.into is not None and it.into.pk == third
    assert it.whole_state is not None and str(it.whole_state.public) == "有人正在办理。"
    assert (shown.same_as, str(shown.stage)) == (number, "open")
    assert followed(Case.objects.get(pk=second), NOON).into == it.into


def test_who_reported_the_first_is_told_of_the_last_until_the_two_are_taken_apart() -> None:
    first, second, third = chain()
    move(third, "accept", CLERK)
    assert is_reached(third) and is_reached(second)

    tasks.tell_reporter(third, "at_work", is_word=False)
    assert Delivery.objects.filter(template="cases.news").count() == 1
    with transaction.atomic():
        unmerge(At(second), reason="another lamp", actor=CLERK, now=NOON)

    assert not is_reached(third) and is_reached(second)
    assert followed(Case.objects.get(pk=first), NOON).into == Case.objects.get(pk=second)
    assert faults() == []


def test_a_case_in_the_chain_that_is_hidden_tells_nothing_and_the_last_is_shown() -> None:
    first, second, third = chain()

    Case.objects.filter(pk=second).update(level=5)
    assert get_public(Case.objects.get(pk=first).number).same_as
    Case.objects.filter(pk=third).update(level=5)
    assert get_public(Case.objects.get(pk=first).number).same_as == ""


def test_a_repeated_taking_apart_leaves_what_was_joined_since() -> None:
    first, second = make_report().case_id, make_report().case_id
    key = uuid4()
    join(first, second)
    for again in (True, False):
        with transaction.atomic():
            done = unmerge(At(first, key=key), reason="another lamp", actor=CLERK, now=NOON)
        if again:
            join(first, second)

    assert done.is_repeated and Case.objects.get(pk=first).merged_into_id == second
    assert CaseLink.objects.filter(kind="duplicate_of", ended_at=None).count() == 1
