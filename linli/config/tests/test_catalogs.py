"""Every word is the same in one catalogue as in many, and in the right number."""

from __future__ import annotations

import gettext
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from linli.config.catalogs import in_one_catalog, merge

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_as_django_finds_it(language: str) -> None:
    apart, merged = (trans_real.DjangoTranslation(language)._catalog for _ in range(2))
    merge(merged)

    keys = list(apart.keys())
    assert set(merged.keys()) == set(keys)
    assert [merged.get(key) for key in keys] == [apart.get(key) for key in keys]
    plurals = {key[0] for key in keys if isinstance(key, tuple)}
    for number in (0, 1, 2, 100):
        told = [[one.plural(key, number) for key in plurals] for one in (merged, apart)]
        assert told[0] == told[1]


def test_the_words_of_our_apps_stand_in_one_catalogue() -> None:
    # a test before this one may have let Django read them anew, which no process that serves does
    in_one_catalog.cache_clear()
    in_one_catalog("zh-hans")

    assert len(trans_real.translation("zh-hans")._catalog._catalogs) <= 2
    with translation.override("zh-hans"):
        assert translation.gettext("Seal") == "印章"


def catalog_of(*parts: tuple[dict[Any, str], str]) -> Any:
    plurals = [gettext.c2py(form) for _words, form in parts]  # type: ignore[attr-defined]
    return SimpleNamespace(_catalogs=[dict(words) for words, _form in parts], _plurals=plurals)


def test_what_stood_first_goes_before_and_other_plural_forms_stay_apart() -> None:
    found = catalog_of(
        ({"a": "1"}, "0"), ({"a": "2", "b": "2"}, "0"), ({"b": "3", "c": "3"}, "n != 1"),
        ({"c": "4", "d": "4"}, "0"),
    )  # fmt: skip
    merge(found)

    assert found._catalogs == [{"a": "1", "b": "2"}, {"b": "3", "c": "3"}, {"c": "4", "d": "4"}]
    assert [plural(2) for plural in found._plurals] == [0, 1, 0]
