"""The board says which kinds its numbers count."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from linli.cases import permits
from linli.cases.queries.board import kinds_counted
from linli.cases.testing import VILLAGE, make_case
from linli.kernel.testing import client_of, make_actor

pytestmark = pytest.mark.django_db
CHIEF = make_actor(
    "chief", permits.SEE, permits.HANDLE, permits.DISPATCH, permits.SUPERVISE, at=VILLAGE
)


def test_the_board_says_which_kinds_it_counts_and_which_its_reader_does_not_see() -> None:
    make_case()

    with override("en"):
        counted, others = kinds_counted(CHIEF, VILLAGE)
    pages = [
        client_of(CHIEF).get(f"/en/desk/board/cases/{form}").content.decode()
        for form in ("", "?format=print")
    ]

    assert counted and others and not set(counted) & set(others)
    told, left_out = ", ".join(counted), ", ".join(others)
    for page in pages:
        assert f"Counted: {told}." in page and f"does not see them: {left_out}." in page
    assert kinds_counted(CHIEF, "441900006001/")[0] == []
