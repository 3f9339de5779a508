"""Which tests one worker runs together, and which of them begin first.

Tests of one file share what it makes once: a started service, the demo city, a furnished database.
So a file goes to one worker whole, but for a few that are long and are parted by the names of their
tests. What takes longest begins first, so that the workers end at the same time. (The marks of
xdist's own groups do not reach its controller since pytest 9.2.)
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

from xdist.scheduler import LoadScopeScheduling

# the longest first, each above ten seconds: what is left for the end is short, and no worker waits
# for the other; into how many parts a file may be parted
LONG = {
    "tests/running/test_up.py": 1,
    "tests/test_urls.py": 2,
    # parted by who walks, see below
    "tests/browser/test_pages.py": 1,
    "tests/running/test_external.py": 1,
    "tests/test_postgresql_15.py": 1,
    "tests/running/test_apart.py": 1,
    "linli/cases/tests/test_who_sees.py": 1,
    "tests/browser/test_report_story.py": 1,
    "tests/test_extremes.py": 1,
    "tests/browser/test_stories.py": 1,
    "tests/browser/test_outdoors_photos.py": 1,
    "tests/running/test_embedded.py": 1,
    "tests/browser/test_story_of_an_application.py": 1,
    "tests/browser/test_frame.py": 1,
    "tests/browser/test_forms.py": 1,
    "tests/browser/test_screens.py": 1,
    "tests/browser/test_outdoors.py": 1,
    "linli/cases/tests/test_who_decides.py": 1,
    "linli/access/tests/test_pages.py": 1,
    "tests/test_any_body.py": 1,
    "tests/browser/test_report_queue.py": 1,
    "tests/test_kept_words.py": 1,
    "linli/runtime/tests/test_stalled_jobs.py": 1,
    "tests/test_words.py": 1,
    "tests/running/test_no_city.py": 1,
}
RANKS = {file: rank for rank, file in enumerate(LONG)}
WALKS = "tests/browser/test_pages.py"
# who walks through half of all pages
WALKER = "ye.shaofen"


def share_of(nodeid: str) -> str:
    """Return the share that a test belongs to."""
    file = nodeid.partition("::")[0]
    mark = crc32(nodeid.encode())
    if file == WALKS:
        return f"{file} {_walk_of(nodeid, mark)}"
    return f"{file} {mark % LONG.get(file, 1)}"


def _walk_of(nodeid: str, mark: int) -> str:
    """Return whose walk a page belongs to: each of them needs a tab of their own, which begins slowly."""
    who = nodeid.partition("[")[2].partition("-")[0]
    if who == WALKER:
        return f"{who} {mark % 2}"
    return "nobody" if not who or "/" in who else "others"


def rank(nodeid: str) -> int:
    """Return the rank of a test: those of long files first, all others as they were shuffled."""
    return RANKS.get(nodeid.partition("::")[0], len(LONG))


class Shares(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out the shares in the order in which they were collected."""

    def __init__(self, config: Any, log: Any) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)
