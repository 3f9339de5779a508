"""Corrections of Party targets tell no value to those who may not see it (tasks 1 to 3)."""

from __future__ import annotations

import pytest

from linli.kernel.permits import NOBODY, PROTECTED
from linli.kernel.testing import client_of
from linli.plan.models import Correction, PlanDocument, Target
from linli.plan.testing import NOON, make_plan

pytestmark = [pytest.mark.usefixtures("plan_there"), pytest.mark.django_db]


def correct(document: PlanDocument, target: Target, value: str) -> None:
    Correction.objects.create(
        document=document,
        kind="target",
        item_id=target.pk,
        label=target.code,
        field="value",
        value=value,
        why="as printed",
        made_by="city lead",
        made_at=NOON,
    )


@pytest.mark.parametrize("address", ["reading/", "targets/{}/"])
def test_no_page_tells_what_was_corrected_in_a_party_target(address: str) -> None:
    document = make_plan()
    secret = Target.objects.filter(document=document, level__gte=PROTECTED)[0]
    public = Target.objects.filter(document=document, level__lt=PROTECTED)[0]
    correct(document, secret, "7654321")
    correct(document, public, "1234567")
    client = client_of(NOBODY)

    pages = [
        client.get(f"/en/plan/documents/{document.code}/{address.format(one.code)}")
        for one in (secret, public)
    ]

    assert {page.status_code for page in pages} == {200}
    text = "".join(page.content.decode() for page in pages)
    assert "1234567" in text
    assert "7654321" not in text
