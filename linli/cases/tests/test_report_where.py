"""The page that asks where something is: what the address named and there is not, it says."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.cases.tests.report_form import FORM

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("query", "is_told"), [("place=441900999999", True), ("spot=NONE", True), ("", False), ("village=x", False)])  # fmt: skip
def test_a_place_that_there_is_not_is_told_before_it_is_asked(query: str, is_told: bool) -> None:
    page = Client().get(f"{FORM}?{query}")

    assert page.status_code == 200
    assert ("链接中的地点在本系统中没有找到" in page.content.decode()) is is_told
