"""What a schema refuses is told in both languages, never in its library's English."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import pytest
from django.utils import translation
from pydantic import BaseModel, Field, ValidationError, field_validator

from linli.kernel.given import OTHER, words_of


class Call(BaseModel):
    model_config = {"extra": "forbid"}

    text: Annotated[str, Field(min_length=2, max_length=3)] = "ab"
    limit: Annotated[int, Field(ge=1, le=9)] = 1
    kind: Literal["all", "late"] = "all"
    on: date | None = None
    at: datetime | None = None
    yes: bool = True
    codes: Annotated[list[str], Field(max_length=1)] = []
    own: int = 0

    @field_validator("own")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("told by the check itself")
        return value


def told(language: str, **given: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        Call(**given)
    (fault,) = refused.value.errors()
    with translation.override(language):
        return words_of(fault)


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ({"text": 1}, "这里要填文字。", "Give a text here."),
        ({"text": "a"}, "至少 2 个字。", "Give at least 2 characters."),
        ({"text": "abcd"}, "最多 3 个字。", "Give at most 3 characters."),
        ({"limit": "x"}, "这里要填整数。", "Give a whole number here."),
        ({"limit": 0}, "请填不小于 1 的数。", "Give a number of at least 1."),
        ({"limit": 10}, "请填不大于 9 的数。", "Give a number of at most 9."),
        ({"kind": "x"}, "请从中选一个：all, late。", "Give one of these: all, late."),
        ({"on": "2026-02-30"}, "请给出真实存在的日期，例如 2026-11-24。", "Give a day that exists"),
        ({"at": "x"}, "请给出真实存在的时间", "Give a moment that exists"),
        ({"yes": "perhaps"}, "这里要填 true 或 false。", "Give true or false here."),
        ({"codes": "x"}, "这里要给出列表。", "Give a list here."),
        ({"codes": ["a", "b"]}, "最多 1 项。", "Give at most 1 entries."),
        ({"else": 1}, "这里没有叫这个名字的项目。", "Nothing of this name is taken here."),
        ({"own": 1}, "told by the check itself", "told by the check itself"),
    ],
)
def test_a_refused_value_is_told_in_the_readers_language(given: Any, zh: str, en: str) -> None:
    assert told("zh-hans", **given).startswith(zh)
    assert told("en", **given).startswith(en)


def test_a_fault_that_nobody_foresaw_is_told_in_general() -> None:
    assert words_of({"type": "new_in_the_library", "msg": "English", "ctx": {}}) == str(OTHER)
    assert words_of({"type": "greater_than", "ctx": {"else": 1}}) == str(OTHER)
    assert words_of({"type": "missing", "loc": ("body", "x")}) != str(OTHER)
