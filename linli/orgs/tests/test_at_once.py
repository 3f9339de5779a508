"""Two people at the same moment: nobody who left comes back, nobody is appointed to what closes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from linli.kernel.testing import TOWN, make_actor
from linli.orgs import permits, services
from linli.orgs.errors import HoldingOver, OrganisationClosed
from linli.orgs.models import Handover, Post, PostHolding
from linli.orgs.rules.staff_rows import StaffRow
from linli.orgs.services.taking import Taker
from linli.orgs.testing import NOON, TODAY, make_holding, make_organisation, make_post
from linli.orgs.types import Appointment, EndReason
from linli.runtime.testing import Elsewhere

pytestmark = pytest.mark.django_db(transaction=True)

OFFICE = make_actor("office", permits.APPOINT, permits.EDIT, at=TOWN)
WHO = Appointment(holder_name="何伟明", since=date(2026, 1, 1), came_by="elected")


def make_sheet(holding: PostHolding) -> Handover:
    return Handover.objects.create(
        holding=holding, path=holding.path, reason="resigned", receiver_name="叶少芬",
        watcher_name="李某某", printed_at=NOON, printed_by="office",
    )  # fmt: skip


def test_a_correction_does_not_undo_the_hand_over_that_is_signed_meanwhile() -> None:
    holding = make_holding(account_id=9)
    sheet = make_sheet(holding)

    with transaction.atomic():
        services.sign_handover(sheet, signed_on=TODAY, actor=OFFICE, now=NOON)
        correction = Elsewhere(
            lambda: services.correct_holding(
                holding, replace(WHO, holder_name="何伟文"), edition=1, actor=OFFICE, now=NOON
            )
        )
        assert correction.is_waiting()

    with pytest.raises(HoldingOver):
        correction.result()
    holding.refresh_from_db()
    assert (holding.until, holding.end_reason, holding.holder_name) == (TODAY, "resigned", "何伟明")


def close_the_post(post: Post) -> None:
    services.close_post(post, on=TODAY, actor=OFFICE, now=NOON)


def close_the_body(post: Post) -> None:
    body = post.organisation
    services.close_organisation(body, on=TODAY, edition=body.edition, actor=OFFICE, now=NOON)


@pytest.mark.parametrize("close", [close_the_post, close_the_body])
def test_nobody_is_appointed_to_a_post_that_closes_meanwhile(close: Callable[[Post], None]) -> None:
    post = make_post()

    with transaction.atomic():
        close(post)
        coming = Elsewhere(lambda: services.appoint(post, WHO, actor=OFFICE, now=NOON))
        assert coming.is_waiting()

    with pytest.raises(OrganisationClosed):
        coming.result()
    assert not PostHolding.objects.exists()


def test_a_list_puts_nobody_into_a_body_that_closes_meanwhile() -> None:
    body = make_organisation(name="示范一村村民委员会")
    row = StaffRow(
        2, body.place.code, "示范一村村民委员会", "文员", "", "叶少芬", TODAY, None, "recruited",
        True, "", "", False, "",
    )  # fmt: skip

    def take() -> list[object]:
        with transaction.atomic():
            return list(Taker(TOWN, actor=OFFICE, now=NOON).take([row]))

    with transaction.atomic():
        services.close_organisation(body, on=TODAY, edition=1, actor=OFFICE, now=NOON)
        taking = Elsewhere(take)
        assert taking.is_waiting()

    assert [(fault.line, fault.field) for fault in taking.result()] == [(2, "organisation")]
    assert not Post.objects.exists()


def test_a_signature_and_an_end_without_sheet_do_not_wait_for_each_other() -> None:
    holding = make_holding()
    sheet = make_sheet(holding)

    with transaction.atomic():
        PostHolding.objects.select_for_update().get(pk=holding.pk)
        signing = Elsewhere(
            lambda: services.sign_handover(sheet, signed_on=TODAY, actor=OFFICE, now=NOON)
        )
        assert signing.is_waiting()
        services.end_at_once(holding, reason=EndReason.DIED, on=TODAY, actor=OFFICE, now=NOON)

    with pytest.raises(HoldingOver):
        signing.result()
    holding.refresh_from_db()
    assert holding.end_reason == EndReason.DIED.value
