"""What the list of the trail says of an act, of who did it, and of what is closed to its reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone
from django.utils.translation import override

from linli.kernel.permits import NOBODY
from linli.kernel.testing import CITY, VILLAGE, client_of
from linli.trail import services
from linli.trail.forms import TrailFilter
from linli.trail.queries import lists, sheets
from linli.trail.testing import CLERK, NOON, make_entry
from linli.trail.tests.test_views import DAYS, reader, seen

pytestmark = pytest.mark.django_db


def test_readings_above_the_readers_level_are_said_to_be_closed_and_to_whom_they_are_open() -> None:
    services.record_read(on=("k", 2), fields=["x"], actor=CLERK, now=timezone.now(), place=VILLAGE)
    word, entry = "Readings of sealed data are closed to you", '<td role="cell"'

    def asked(ceiling: int, query: str) -> str:
        return client_of(reader((CITY, ceiling))).get(f"/en/trail/?{query}").content.decode()

    for query in ("outcome=read", "verb=read"):
        low, high = asked(3, query), asked(5, query)
        assert (word in low, entry in low) == (True, False)
        assert (word in high, entry in high) == (False, True)


def test_a_step_of_a_case_is_told_and_asked_for_by_its_own_name() -> None:
    for move in ("accept", "refuse"):
        made = make_entry("cases.moved", move=move)
    actor = reader((CITY, 3))

    with override("en"):
        form = TrailFilter({"verb": "cases.moved/refuse"})
        wanted = form.shown(NOON.date())
        titles = [sheets.title_of(entry) for entry in lists.list_entries(actor, DAYS).items]
        offered = dict(form.fields["verb"].choices)  # type: ignore[attr-defined]

    assert titles[0].startswith("Refuse, with the rule") and titles[1].startswith("Accept the case")
    assert seen(actor, replace(DAYS, verb=wanted.verb, move=wanted.move)) == [made]
    assert offered["cases.moved/add_words"] == "Step of a case: The reporter added something"


def test_a_resident_is_the_reporter_whose_name_is_left_out_and_others_are_not_signed_in() -> None:
    make_entry("cases.moved", actor=NOBODY, move="agree")
    make_entry("a.done", actor=NOBODY)
    make_entry("cases.moved", move="accept")

    with override("en"):
        who = [sheets.who_of(e) for e in lists.list_entries(reader((CITY, 3)), DAYS).items]

    assert who == [
        "clerk", "Somebody not signed in", "The reporter or applicant, whose name is not kept here",
    ]  # fmt: skip
