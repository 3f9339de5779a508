"""Many small cases in one test: each is tried, and each that fails is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest


def each(cases: Iterable[Any], label: Callable[..., str]) -> Callable[..., Callable[[], None]]:
    """Let one test go through all cases; a case that is a tuple gives several arguments.

    For checks of a millisecond, where a test of its own for each would cost more than the check.
    """
    given = [case if isinstance(case, tuple) else (case,) for case in cases]

    def over_all(test: Callable[..., None]) -> Callable[[], None]:
        def whole() -> None:
            failed: list[BaseException] = []
            for case in given:
                try:
                    test(*case)
                except (Exception, pytest.fail.Exception) as error:
                    error.add_note(f"case: {label(*case)}")
                    failed.append(error)
            assert given
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(given)} cases fail", failed)

        whole.__name__, whole.__doc__ = test.__name__, test.__doc__
        whole.__module__, whole.__qualname__ = test.__module__, test.__qualname__
        return whole

    return over_all
