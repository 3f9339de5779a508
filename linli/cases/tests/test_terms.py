"""What a term stands on, and in what it is counted, said as it is."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from linli.cases import permits
from linli.cases.errors import LongerThanLaw
from linli.cases.models import CaseClock
from linli.cases.queries.kinds import newest_kind
from linli.cases.queries.story import story_of
from linli.cases.queries.terms import GIVEN, footing_of, term_words
from linli.cases.services import extending
from linli.cases.testing import NOON, clerk_of, make_case
from linli.cases.types.moves import At
from linli.kernel.testing import client_of, make_actor
from linli.rulebook import queries as rulebook
from linli.rulebook.types import Footing

pytestmark = pytest.mark.django_db
CLERK, CHIEF = clerk_of(), make_actor("chief", permits.SUPERVISE)


@pytest.mark.parametrize(
    ("key", "footing"),
    [
        ("petition.handle", Footing.LAW),
        ("hotline.ordinary", Footing.PRACTICE),
        ("report.accept", Footing.PRACTICE),
        ("hotline.pickup", Footing.UNREAD),
        ("notify.sms.month_cap", Footing.PRACTICE),
    ],
)
def test_what_a_value_stands_on_is_read_off_its_source(key: str, footing: Footing) -> None:
    assert rulebook.footing(key, localdate(NOON)) is footing


def test_a_term_of_practice_is_not_called_law() -> None:
    """6.2: five working days for an ordinary matter are what hotlines do; no law says so."""
    number = make_case().held.number

    sheet = client_of(CLERK).get(f"/zh-hans/desk/cases/{number}/").content.decode()
    printed = client_of(CLERK).get(f"/zh-hans/desk/cases/{number}/print/").content.decode()
    told = client_of(CLERK).get(f"/api/v1/cases/{number}/").json()

    for html in (sheet, printed):
        assert "按通行做法 5个工作日" in html and not re.search(r"法定 \d", html)
    assert {clock["footing"] for clock in told["clocks"]} == {"practice"}


@pytest.mark.parametrize(
    ("law", "legal", "words"),
    [
        ({"key": "petition.handle"}, 60, "法定 60天"),
        ({"key": "petition.handle"}, 90, "承诺 60天，法定 90天"),
        ({"key": "hotline.ordinary"}, 60, "按通行做法 60天，待确认"),
        ({"key": "hotline.ordinary"}, 90, "承诺 60天，通行做法为 90天，待确认"),
        ({"key": "hotline.pickup"}, 60, "依规定 60天，待确认"),
        ({"key": "hotline.pickup"}, 90, "承诺 60天，规定为 90天，待确认"),
        ({"key": "gone.key"}, 60, "依规定 60天，待确认"),
        ({"key": "petition.handle", "day": "2026-09-01"}, 60, "由交办方确定"),
        ({}, 60, "由交办方确定"),
    ],
)
def test_how_a_term_is_said(law: dict[str, str], legal: int, words: str) -> None:
    row = CaseClock(amount=60, legal_amount=legal, unit="days", law=law, started_at=NOON)

    with override("zh-hans"):
        assert words in term_words(row)


def test_a_day_that_was_given_is_no_rule() -> None:
    assert footing_of({"key": "report.take", "day": "2026-09-01"}, NOON) == GIVEN


def test_more_time_is_told_and_refused_in_the_unit_of_its_clock() -> None:
    case_id = make_case().held.id
    with override("zh-hans"):
        with pytest.raises(LongerThanLaw) as refused, transaction.atomic():
            extending.extend(At(case_id), "solve", 99, reason="x", actor=CHIEF, now=NOON)
        with transaction.atomic():
            extending.extend(At(case_id), "solve", 2, reason="x", actor=CHIEF, now=NOON)
        story = story_of(case_id, newest_kind("report"), ceiling=8)

        assert "10个工作日" in str(refused.value)
        assert "2个工作日" in story[0].details[0]
