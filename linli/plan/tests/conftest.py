"""Tests that only need the plan find it imported once for all of their module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from linli.config.test_home import DATABASE, HOME
from linli.people.queries.scopes import held


@pytest.fixture(scope="module")
def plan_there(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The packaged plan is in the database before the first test begins."""
    from linli.plan.testing import make_plan
    from tests import databases

    held.forget()
    with django_db_blocker.unblock(), databases.furnished(HOME, DATABASE, make_plan):
        yield
