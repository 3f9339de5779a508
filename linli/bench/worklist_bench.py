"""Bench `worklist`: lists of applications at window and department, the twelve of `caselist`, at 10,000 and 1,000,000."""

from __future__ import annotations

from collections.abc import Callable

from linli.bench.caselist_bench import measure_lists
from linli.bench.caselist_fill import APPLICATIONS
from linli.bench.measure import Result


def run(say: Callable[[str], None]) -> Result:
    """As `caselist`, with applications, which a permit of their own shows at a level of their own."""
    return measure_lists("worklist", APPLICATIONS, say)
