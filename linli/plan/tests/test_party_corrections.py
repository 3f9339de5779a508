"""Corrections of Party targets tell no value to those who may not see it (tasks 1 to 3)."""

from __future__ import annotations

import pytest

from linli.kernel.permits import NOBODY, PROTECTED
from linli.kernel.testing import client_of
from linli.plan import imports, services
from linli.plan.models import Correction, PlanDocument, Target
from linli.plan.testing import NOON, SYSTEM, make_plan

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


@pytest.mark.parametrize(
    "address", ["", "targets/", "targets/?format=csv", "targets/{}/", "tasks/{}/"]
)
def test_no_page_and_no_file_tells_a_party_target_as_it_stands_corrected(address: str) -> None:
    document = make_plan()
    secret = Target.objects.filter(document=document, level__gte=PROTECTED, task__isnull=False)[0]
    public = Target.objects.filter(document=document, level__lt=PROTECTED, task__isnull=False)[0]
    Target.objects.filter(pk=secret.pk).update(value=7654321)
    Target.objects.filter(pk=public.pk).update(value=1234567)
    client, told = client_of(NOBODY), ""

    for one in (secret, public):
        assert one.task is not None
        where = address.format(one.task.number if "tasks" in address else one.code)
        got = client.get(f"/en/plan/documents/{document.code}/{where}")
        assert got.status_code == 200
        told += got.content.decode()

    assert "7654321" not in told and "1234567" in told


def test_a_correction_that_does_not_fit_the_next_version_is_named_without_its_value() -> None:
    document = make_plan()
    held = Target.objects.filter(document=document, level__gte=PROTECTED, origin="read")
    secret = held.exclude(text="")[0]
    correct(document, secret, "7654321")
    text = document.text.replace(secret.text, "")

    new = services.import_plan(text.encode(), imports.DONGGUAN, actor=SYSTEM, now=NOON)

    left = [one["raw"] for one in new.unread if one["code"] == "correction_left"]
    assert f"{secret.code} value" in left
    page = client_of(NOBODY).get(f"/en/plan/documents/{new.code}/reading/")
    told = page.content.decode() + str(new.unread)
    assert "7654321" not in told
    assert "city lead" not in told
