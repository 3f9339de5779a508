"""Which tests take long, as a run measured them: `make test-fast` leaves them out.

`tests/slow.txt` names them. It is written anew from what pytest printed in a whole run with nothing
else on the machine: `make test TESTS="--durations=0 --durations-min=0.02" > LOG; python -m tests.slow LOG`.
Nobody has to keep it by hand: a name that is no more does nothing, a new test is fast until the next
time.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

NAMES = Path(__file__).with_suffix(".txt")
# in seconds, for a case of a test on average: a quarter of all cases take nine tenths of the time
LEAST = 0.08
MEASURED = re.compile(r"([\d.]+)s call +(\S+?::[^\[\n]+)")


def is_slow(nodeid: str) -> bool:
    """Say whether a test is among those that took long."""
    return nodeid.partition("[")[0] in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(NAMES.read_text().split())


def slow_in(told: str, least: float = LEAST) -> list[str]:
    """Return the tests that took long by what pytest told of them."""
    found: dict[str, list[float]] = defaultdict(list)
    for seconds, name in MEASURED.findall(told):
        found[name.rstrip()].append(float(seconds))
    return sorted(name for name, each in found.items() if sum(each) / len(each) >= least)


if __name__ == "__main__":
    NAMES.write_text("\n".join(slow_in(Path(sys.argv[1]).read_text())) + "\n")
