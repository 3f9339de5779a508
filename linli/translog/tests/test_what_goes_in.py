"""What goes into the public log for good: no names, and nobody takes out by hand what opens an entry (docs/adr/0023)."""

from __future__ import annotations

import re

from linli.kernel.permits import PERMITS
from tests.trees import PACKAGE

ENTERS = re.compile(r"translog\.append(_many)?\(|from linli\.translog\.services\.appending import")
# each decided how its content is let go; whoever comes next to them decides it, too
KNOWN = {
    "notices/services/recounting.py",
    "documents/services/papers.py",
    "translog/services/__init__.py",
    "translog/services/heads.py",
}


def test_what_enters_the_log_is_known_and_names_nobody() -> None:
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts and ENTERS.search(path.read_text())
    }

    assert found == KNOWN


def test_no_permit_lets_anybody_destroy_what_opens_an_entry() -> None:
    assert [name for name in PERMITS if str(name).startswith("translog.")] == []
