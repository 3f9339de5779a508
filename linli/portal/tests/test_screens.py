"""The wall's screen of a village: what is posted, who does what, where to read on."""

from __future__ import annotations

import re

import pytest

from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of
from linli.orgs.models import OrganisationVersion
from linli.orgs.testing import make_organisation, place_at

pytestmark = pytest.mark.django_db


def shown(language: str = "zh-hans") -> str:
    village = place_at()
    body = make_organisation("villagers_committee", at=village, name="某村村民委员会")
    OrganisationVersion.objects.filter(organisation=body).update(
        phone="0769-5550 0123", hours="周一至周五 08:30–12:00"
    )
    return client_of(NOBODY).get(f"/{language}/places/{village.code}/screen/").content.decode()


def test_a_name_stands_before_its_value() -> None:
    foot = shown().split("<footer", 1)[1]
    boxes = re.findall(r"<span>([^<]*)</span><b>([^<]*)</b>", foot)

    assert ("某村村民委员会", "0769-5550 0123") in boxes
    assert ("时间", "周一至周五 08:30–12:00") in boxes


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "目前没有公告"), ("en", "Nothing is posted")]
)
def test_an_empty_wall_says_so_and_leads_to_the_phone(language: str, words: str) -> None:
    page = shown(language)

    assert words in page
    assert "ll-screen-qr" in page
