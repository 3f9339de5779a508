"""An address is kept for its language, its page and its things, and mixed up with no other."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from linli.kernel.addresses import address_of


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", ["441900", "441900990", "441900990201"])
def test_it_is_what_django_says_in_each_language(language: str, code: str) -> None:
    for _again in range(2):
        with translation.override(language):
            assert address_of("portal:place", code) == reverse("portal:place", args=[code])
            assert address_of("portal:place", code).startswith(f"/{language}/")


def test_a_page_that_is_not_there_is_refused_each_time() -> None:
    for _again in range(2):
        with pytest.raises(NoReverseMatch):
            address_of("portal:no_such_page")
