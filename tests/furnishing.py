"""Things that many tests of a module look at, made once in a database of the module's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from linli.config.test_home import DATABASE, HOME
from tests import databases


def made_once(make: Callable[[], Any]) -> Any:
    """Return a fixture that gives what `make` gives; what a test does to it is undone.

    All tests of the module find these things, in whatever order they run: for modules of which each
    test is about them. Where some of the tests begin with nothing, give those a module of their own.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
        given: list[Any] = []
        with (
            django_db_blocker.unblock(),
            databases.furnished(HOME, DATABASE, lambda: given.append(make())),
        ):
            yield given[0]

    return made
