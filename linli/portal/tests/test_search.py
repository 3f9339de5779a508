"""Search across everything one may see."""

import pytest
from django.test import Client

from linli.places.testing import seed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["石排", "Shipai", "441900104"])
def test_a_place_is_found_by_name_english_name_and_code(words: str) -> None:
    seed()

    html = Client().get("/zh-hans/search/", {"q": words}).content.decode()

    assert "/zh-hans/places/441900104/" in html


@pytest.mark.parametrize("words", ["", "   ", "没有这个地方", "<script>", "%", "'"])
def test_odd_words_find_nothing_and_break_nothing(words: str) -> None:
    answer = Client().get("/zh-hans/search/", {"q": words})

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()
