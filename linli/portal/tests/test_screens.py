"""The wall's screen of a village: what is posted, who does what, where to read on."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from linli.cases.models import Case, PublicWords
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of
from linli.orgs.models import OrganisationVersion
from linli.orgs.testing import make_organisation, place_at

pytestmark = pytest.mark.django_db


def shown(language: str = "zh-hans") -> str:
    village = place_at()
    body = make_organisation("villagers_committee", at=village, name="某村村民委员会")
    OrganisationVersion.objects.filter(organisation=body).update(
        phone="0769-5550 0123", hours="周一至周五 08:30–12:00"
    )
    return client_of(NOBODY).get(f"/{language}/places/{village.code}/screen/").content.decode()


def test_a_name_stands_before_its_value() -> None:
    foot = shown().split("<footer", 1)[1]
    boxes = re.findall(r"<span>([^<]*)</span><b>([^<]*)</b>", foot)

    assert ("某村村民委员会", "0769-5550 0123") in boxes
    assert ("时间", "周一至周五 08:30–12:00") in boxes


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "目前没有公告"), ("en", "Nothing is posted")]
)
def test_an_empty_wall_says_so_and_leads_to_the_phone(language: str, words: str) -> None:
    page = shown(language)

    assert words in page
    assert "ll-screen-qr" in page


def touched(path: str = "", language: str = "zh-hans", **data: str) -> tuple[str, int]:
    village = place_at()
    to = f"/{language}/places/{village.code}/touch/{path}"
    client = client_of(NOBODY)
    answer = client.post(to, {"key": str(uuid4()), **data}) if data else client.get(to)
    return answer.content.decode(), answer.status_code


def test_the_touch_screen_leads_to_comments_and_the_wall_shows_their_code() -> None:
    page, _status = touched()

    assert "/touch/feedback/?from=%2Fzh-hans%2Fplaces" in page
    assert shown().count('class="ll-screen-qr"') == 2


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "没找到要办的事"), ("en", "I did not find what I came for")]
)
def test_somebody_without_a_keyboard_touches_a_sentence_and_gets_a_number(
    language: str, words: str
) -> None:
    form, _status = touched("feedback/?from=/x/", language)
    page, status = touched("feedback/", language, word="missing", page="/x/")

    given = Case.objects.get()
    said = PublicWords.objects.get().said
    assert words in form
    assert "ll-touch-qr" in form
    assert status == 200
    assert (said, given.path.startswith("441900/")) == ({"text": words, "page": "/x/"}, True)
    assert given.number in page and 'class="ll-touch-qr"' in page


def test_a_sentence_that_is_not_among_those_shown_is_no_comment() -> None:
    _page, status = touched("feedback/", word="<script>")

    assert status == 422
    assert not Case.objects.exists()
