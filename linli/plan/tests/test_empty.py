"""Before a plan is imported, pages and API say so."""

from __future__ import annotations

from typing import Any

import pytest

from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of
from linli.plan.tests.test_pages import PUBLIC, address


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "args"), PUBLIC)
def test_pages_of_an_empty_installation_help_instead_of_breaking(
    name: str, args: list[Any]
) -> None:
    status = client_of(NOBODY).get(address(name, *args)).status_code
    assert status == (200 if name == "documents" else 404)


@pytest.mark.django_db
def test_without_a_plan_the_api_says_not_found() -> None:
    assert client_of(NOBODY).get("/api/v1/plan/tasks/").status_code == 404
