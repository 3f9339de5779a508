"""Every word of orgs reads as something on a page."""

from __future__ import annotations

from enum import StrEnum

import pytest

from linli.orgs import states, types
from linli.orgs.types import TITLES, choices

WORDS = [
    kind for kind in vars(types).values() if isinstance(kind, type) and issubclass(kind, StrEnum)
]


@pytest.mark.parametrize("words", WORDS, ids=lambda kind: kind.__name__)
def test_every_word_has_a_title(words: type[StrEnum]) -> None:
    assert set(TITLES[words]) == {word.value for word in words}
    assert len(choices(words)) == len(words)


def test_the_words_of_two_lists_may_be_spelt_alike() -> None:
    assert types.title_of(types.Subject, "other") != types.title_of(types.EndReason, "other")
    assert states.HandoverState.SIGNED == "signed"
