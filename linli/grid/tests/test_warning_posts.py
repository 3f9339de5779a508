"""An office may post a warning as a notice: all faces show it, and lifting it takes it down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from linli.files.testing import own_home
from linli.grid import permits
from linli.grid.errors import AlreadyPosted, Over
from linli.grid.models import WeatherWarning
from linli.grid.services import warnings
from linli.grid.services.warning_posts import post_warning
from linli.grid.testing import NOON
from linli.grid.types.warnings import WarningFacts
from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notices.errors import CorrectionThere
from linli.notices.models import Posting
from linli.notices.permits import PUBLISH, WRITE
from linli.notices.services import begin_correction
from linli.places.testing import make_village
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
HERE = "/zh-hans/places/441900005001/notices/"
LEAD = make_actor("lead", permits.SEE, permits.DECLARE)
OFFICE = make_actor("office", permits.SEE, permits.DECLARE, WRITE, PUBLISH)
YELLOW = WarningFacts(
    "typhoon", "yellow", "市气象台", "今晚到明早有大风大雨。", ("关好门窗", "不要到河边去"), "0769-55500123"
)  # fmt: skip


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def passed_on() -> WeatherWarning:
    return warnings.pass_on(make_village(), YELLOW, actor=LEAD, now=NOON)


def posted(days: int = 3) -> WeatherWarning:
    return post_warning(passed_on(), days=days, actor=OFFICE, now=NOON)


def test_a_posted_warning_is_a_notice_of_the_place_for_its_days() -> None:
    one = posted(days=3)

    posting = Posting.objects.get()
    assert one.posting_id == posting.pk and posting.current is not None
    assert (posting.state, posting.category, posting.place) == ("published", "safety", one.path)
    assert posting.first_day == date(2026, 8, 10) and posting.days == 3
    assert posting.current.title.startswith("【台风黄色预警信号】")
    assert "2. 不要到河边去" in posting.current.body and "0769-55500123" in posting.current.contact


def test_every_face_shows_it_and_once_lifted_none_does() -> None:
    one = passed_on()
    one = post_warning(one, days=3, actor=OFFICE, now=timezone.now())
    posting = Posting.objects.get()
    faces = [HERE, f"{HERE}touch/", f"{HERE}screen/", "/feeds/notices/441900005001.atom"]
    page = f"/zh-hans/notices/{posting.code}/"

    def shown() -> list[bool]:
        client = Client(headers={"Accept-Language": "zh-hans"})
        return ["台风黄色预警信号" in client.get(face).content.decode() for face in faces]

    assert shown() == [True] * 4
    warnings.lift_warning(one, actor=LEAD, now=timezone.now())

    assert not any(shown()[1:3])
    posting.refresh_from_db()
    assert (posting.state, posting.withdrawn_reason) == ("withdrawn", "预警已经解除。")
    assert "预警已经解除" in Client().get(page).content.decode()


def test_it_is_printed_as_every_notice_is() -> None:
    posted()
    posting = Posting.objects.get()

    paper = client_of(OFFICE).post(
        f"/zh-hans/notices/{posting.code}/print", {"size": "a4", "key": str(uuid4())}
    )

    assert paper.status_code == 303


def test_a_correction_is_in_the_notice_too_and_the_old_words_stay_readable() -> None:
    one = posted()

    warnings.correct_warning(one, replace(YELLOW, coming="今晚有大风。"), actor=LEAD, now=NOON)

    posting = Posting.objects.get()
    assert posting.current is not None and posting.versions.count() == 2
    assert "今晚有大风。" in posting.current.body and posting.current.reason
    assert "今晚到明早" in posting.versions.get(number=1).body


def test_a_notice_that_somebody_corrects_just_now_is_not_overwritten() -> None:
    one = posted()
    begin_correction(Posting.objects.get(), actor=OFFICE, now=NOON)

    with pytest.raises(CorrectionThere):
        warnings.correct_warning(one, replace(YELLOW, coming="今晚有大风。"), actor=LEAD, now=NOON)

    assert Posting.objects.get().versions.count() == 2


def test_the_next_signal_takes_the_notice_of_the_one_before_down() -> None:
    posted()

    warnings.pass_on(make_village(), replace(YELLOW, level="orange"), actor=LEAD, now=NOON)

    posting = Posting.objects.get()
    assert (posting.state, posting.withdrawn_reason) == ("withdrawn", "信号已变更。")


def test_only_who_warns_and_publishes_posts_once_and_only_what_holds() -> None:
    one = passed_on()
    writer = make_actor("writer", permits.SEE, WRITE, PUBLISH)

    for actor in (LEAD, writer):
        with pytest.raises(NotAllowed):
            post_warning(one, days=3, actor=actor, now=NOON)
    with pytest.raises(Stale):
        post_warning(one, days=3, edition=9, actor=OFFICE, now=NOON)
    with pytest.raises(Invalid):
        post_warning(one, days=0, actor=OFFICE, now=NOON)
    assert not Posting.objects.exists() and WeatherWarning.objects.get().posting_id is None
    post_warning(one, days=3, actor=OFFICE, now=NOON)
    with pytest.raises(AlreadyPosted):
        post_warning(one, days=3, actor=OFFICE, now=NOON)
    lifted = warnings.lift_warning(one, actor=LEAD, now=NOON + timedelta(hours=1))
    with pytest.raises(Over):
        post_warning(lifted, days=3, actor=OFFICE, now=NOON)
    assert Posting.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_post_it_at_once_and_one_notice_is_there() -> None:
    one = passed_on()

    found = at_once(*[lambda: post_warning(one, days=3, actor=OFFICE, now=NOON)] * 2)

    assert sorted(found) == ["", "already_posted"]
    assert Posting.objects.count() == 1


def test_the_page_offers_it_to_whoever_may_and_the_api_posts_it_too() -> None:
    one = passed_on()
    page = f"/zh-hans/grid/warnings/{one.pk}/"
    office, lead = client_of(OFFICE), client_of(LEAD)

    assert f"{page}post/" in office.get(page).content.decode()
    assert f"{page}post/" not in lead.get(page).content.decode()
    assert lead.get(f"{page}post/").status_code == 403
    wrong = office.post(f"{page}post/", {"days": "40", "key": str(uuid4())})
    right = office.post(f"{page}post/", {"days": "2", "edition": "1", "key": str(uuid4())})
    assert (wrong.status_code, right.status_code) == (422, 303)
    posting = Posting.objects.get()
    assert posting.number in office.get(page).content.decode()
    again = post_json(office, f"/api/v1/grid/warnings/{one.pk}/post", {"days": 2})
    told = office.get("/api/v1/grid/warnings/?place=441900005001").json()["items"]
    assert again.status_code == 409 and [row["notice"] for row in told] == [posting.code]
