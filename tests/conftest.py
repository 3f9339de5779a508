"""The demo city, for tests across apps: a clone for each module, undone after each test."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from linli.config.test_home import DATABASE, HOME
from tests import databases, demo_city


@dataclass(frozen=True)
class City:
    """The demo city with one thing of each kind, and the people who ask."""

    samples: Any
    clerk_id: int
    resident: Any

    def where(self, address: Any) -> str:
        """Return where an address leads, with the things of this city."""
        return str(self.samples.fill(address))


@pytest.fixture(scope="module")
def inhabited(django_db_setup: None, django_db_blocker: Any) -> Iterator[City]:
    """The demo city in a database of its own."""
    from linli.kernel.permits import Actor
    from tests import samples
    from tests.city_life import PERSON, one, person_of

    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        demo_city.inhabited(HOME, DATABASE),
    ):
        patch.setattr("django.conf.settings.LINLI_DEMO", True)
        logging.disable(logging.CRITICAL)
        known = samples.from_city()
        clerk = one("access.account", username="ye.shaofen").pk
        home = one("access.account", kind="resident").pk
        yield City(known, clerk, Actor(home, person_of(PERSON), "resident"))
        logging.disable(logging.NOTSET)


@pytest.fixture
def city(inhabited: City, django_db_blocker: Any) -> Iterator[City]:
    """The demo city for one test: what the test does is undone."""
    from linli.ui import badges

    badges.look_again()
    with django_db_blocker.unblock(), databases.rolled_back():
        yield inhabited
