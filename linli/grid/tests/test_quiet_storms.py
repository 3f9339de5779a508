"""三防: a storm that nobody ends is asked about and ends by itself, so that its people are forgotten (PIPL art. 19)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from linli.access.testing import make_account, make_holding, make_post, make_right
from linli.grid import permits, tasks
from linli.grid.errors import Over
from linli.grid.models import Storm, StormHome
from linli.grid.queries.quiet_storms import days_left, quiet_days
from linli.grid.services import homes, quiet_storms, storms
from linli.grid.testing import NOON, TODAY
from linli.grid.tests.storm_samples import OFFICE, helper, home, storm
from linli.kernel.each import Broke
from linli.kernel.errors import NotAllowed
from linli.kernel.testing import CITY, TOWN, VILLAGE, client_of, make_actor, post_json
from linli.notify.models import Message
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
SYSTEM = tasks.STORMS


def after(days: int) -> datetime:
    return NOON + timedelta(days=days)


def looked(days: int) -> tuple[int, int]:
    return quiet_storms.look_after_storms(actor=SYSTEM, now=after(days))


def declarer(path: str = VILLAGE, *, is_held: bool = True) -> int:
    post = make_post("chair", path=path)
    if is_held:
        make_holding(post, make_account())
    make_right(permit=permits.DECLARE.name, path=path, post_id=post.pk)
    return int(post.pk)


def test_the_office_is_asked_once_in_a_while_and_nobody_is_named() -> None:
    at, (_worker, helps), post = storm(), helper(), declarer()
    home(at, helps)

    assert [looked(days) for days in (13, 14, 15, 27, 28)] == [
        (0, 0), (1, 0), (0, 0), (0, 0), (1, 0),
    ]  # fmt: skip

    asked = Message.objects.exclude(template="grid.homes_to_move")
    assert list(asked.values_list("post_id", "template")) == [(post, "grid.storm_quiet")] * 2
    told = str(list(Message.objects.values_list("subject", "body")))
    assert "Number 12" in told and "Chen" not in told


def test_where_nobody_holds_the_post_that_declares_the_place_above_is_asked() -> None:
    storm()
    declarer(is_held=False)
    town = declarer(TOWN)
    declarer(CITY)

    looked(14)

    assert list(Message.objects.values_list("post_id", flat=True)) == [town]


def test_nobody_ends_it_so_it_ends_by_itself_and_its_people_go_30_days_later() -> None:
    at, (_worker, helps) = storm(), helper()
    home(at, helps)
    assert looked(56) == (1, 0)
    assert looked(59)[1] == 0

    assert looked(60) == (0, 1)
    assert looked(61) == (0, 0)

    at.refresh_from_db()
    assert at.ended_on == TODAY + timedelta(days=60)
    assert homes.let_go(after(90), 100, actor=SYSTEM) == 0
    assert homes.let_go(after(91), 100, actor=SYSTEM) == 1
    assert not StormHome.objects.exists()


def test_whatever_is_entered_says_that_it_goes_on() -> None:
    at, (worker, helps) = storm(), helper()
    one = home(at, helps)

    homes.mark_home(one, "move", actor=worker, now=after(50))
    assert looked(63) == (0, 0)
    numbers = {"houses": 2, "roads": 1, "rescuers": 20, "boats": 0}
    storms.type_sheet(at, make_village(), numbers, actor=OFFICE, now=after(100))
    assert looked(113) == (0, 0)
    quiet_storms.keep_storm(at, actor=OFFICE, now=after(150))

    assert looked(206) == (1, 0)
    assert looked(209)[1] == 0
    assert looked(210)[1] == 1


def test_only_who_declares_says_so_and_not_of_what_is_over() -> None:
    at = storm()
    stranger = make_actor("s", permits.SEE, permits.STORM)
    with pytest.raises(NotAllowed), transaction.atomic():
        quiet_storms.keep_storm(at, actor=stranger, now=after(20))
    assert Storm.objects.get().touched_on is None
    storms.end_storm(at, actor=OFFICE, now=after(20))

    with pytest.raises(Over), transaction.atomic():
        quiet_storms.keep_storm(at, actor=OFFICE, now=after(21))

    assert Storm.objects.get().touched_on is None


def test_the_page_asks_and_page_and_api_keep_it() -> None:
    at, code = storm(), make_village().code
    Storm.objects.update(began_on=TODAY - timedelta(days=300))
    office = client_of(OFFICE)
    where = f"/en/grid/{code}/storms/{at.pk}/"

    asked = office.get(where).content.decode()
    kept = office.post(f"{where}keep", {"key": str(uuid4())})
    after_it = office.get(where).content.decode()
    Storm.objects.update(touched_on=None)
    told = post_json(office, f"/api/v1/grid/storms/{at.pk}/keep", {})

    assert "The storm goes on" in asked and "Nothing was entered for" in asked
    assert (kept.status_code, told.status_code) == (303, 200)
    assert "Nothing was entered for" not in after_it
    at.refresh_from_db()
    assert at.touched_on is not None and quiet_days(at, at.touched_on) == 0


def test_what_was_quiet_for_long_before_anybody_was_asked_is_asked_about_first() -> None:
    at, _post = storm(), declarer()

    assert [looked(days) for days in (300, 301, 302)] == [(1, 0), (0, 0), (0, 0)]
    at.refresh_from_db()
    assert days_left(at, TODAY + timedelta(days=302)) == 1 and Message.objects.count() == 1
    quiet_storms.keep_storm(at, actor=OFFICE, now=after(302))
    assert [looked(days)[1] for days in (361, 362, 363, 364)] == [0, 0, 0, 1]


def test_one_storm_that_breaks_holds_no_other_up(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, at = storm(), storm("Number 13")
    ask = quiet_storms._ask

    def breaks(one: Storm, *given: Any) -> None:
        if one.pk == broken.pk:
            raise ValueError("broken")
        ask(one, *given)

    monkeypatch.setattr(quiet_storms, "_ask", breaks)

    with pytest.raises(Broke):
        looked(14)

    broken.refresh_from_db(), at.refresh_from_db()
    assert broken.asked_on is None and at.asked_on is not None
