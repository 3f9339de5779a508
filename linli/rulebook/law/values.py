"""Values of the law between their written form and their type, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.kernel.numbers import Op, Share
from linli.rulebook.types import AnyOf, Choice, Range, RuleValue, Words


class NotAValue(ValueError):
    """A written value that has none of the known forms."""


def parse_value(raw: Any) -> RuleValue:
    """Read a number, yes or no, list, `{op, num, den, base}`, `{min, max}` or `{any: […]}`."""
    match raw:
        case None | bool() | int():
            return raw
        case list():
            return _choice(raw)
        case {"min": int(low), "max": int(high), **rest} if not rest and low <= high:
            return Range(low, high)
        case {"any": [_, *_] as options, **rest} if not rest:
            return AnyOf(tuple(_share(option) for option in options))
        case {"op": _}:
            return _share(raw)
    raise NotAValue(f"not a value of the rulebook: {raw!r}")


def raw_value(value: RuleValue) -> Any:
    """Return the written form, as the API and frozen decisions hold it."""
    match value:
        case Share():
            return value.as_dict()
        case Range():
            return {"min": value.min, "max": value.max}
        case AnyOf():
            return {"any": [option.as_dict() for option in value.options]}
        case tuple():
            return list(value)
    return value


def form_of(value: RuleValue) -> str:
    """Return the form of a value, so that a local value has the same one."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes_no"
    return "number" if isinstance(value, int) else type(value).__name__.lower()


def _share(raw: Any) -> Share:
    match raw:
        case {"op": str(op), "num": int(num), "den": int(den), "base": str(base), **rest} if (
            not rest and op in list(Op) and base and num >= 0 and den > 0
        ):
            return Share(Op(op), num, den, base)
    raise NotAValue(f"not a share: {raw!r}")


def _choice(raw: list[Any]) -> Choice:
    if all(isinstance(item, str) for item in raw):
        return tuple(str(item) for item in raw)
    if all(isinstance(item, int) and not isinstance(item, bool) for item in raw):
        return tuple(int(item) for item in raw)
    raise NotAValue(f"a list holds words only, or numbers only: {raw!r}")


class Glossary:
    """Names of units, bases, codes, levels and apps in both languages."""

    def __init__(self, raw: Mapping[str, Mapping[str, list[str]]]) -> None:
        self._names = {
            section: {key: (zh, en) for key, (zh, en) in names.items()}
            for section, names in raw.items()
        }

    def knows(self, section: str, key: str) -> bool:
        """Say whether a code has names."""
        return key in self._names[section]

    def name(self, section: str, key: str) -> Words:
        """Return the names of a code."""
        return self._names[section][key]

    def keys(self, section: str) -> list[str]:
        """Return all codes of a section."""
        return list(self._names[section])

    def words(self, value: RuleValue, unit: str) -> Words:
        """Return a value in words: 登记参加选举的选民的过半数, more than half of registered voters."""
        if value is None:
            return ("法律未规定", "none in law")
        if isinstance(value, bool):
            return ("是", "yes") if value else ("否", "no")
        unit_zh, unit_en = self.name("units", unit)
        if isinstance(value, int):
            return (f"{value:,}{unit_zh}", f"{value:,} {unit_en}")
        if isinstance(value, Range):
            return (
                f"{value.min:,}—{value.max:,}{unit_zh}",
                f"{value.min:,}–{value.max:,} {unit_en}",
            )
        if isinstance(value, Share):
            return self._share(value)
        if isinstance(value, AnyOf):
            parts = [self._share(option) for option in value.options]
            return ("；或者".join(zh for zh, _en in parts), "; or ".join(en for _zh, en in parts))
        return self._list(value, unit)

    def _share(self, share: Share) -> Words:
        base_zh, base_en = self.name("bases", share.base)
        zh, en = share.words("zh-hans"), share.words("en")
        if share.den == 1:
            return (f"{base_zh}{zh}", f"{en} {base_en}")
        if share.num == share.den and share.op is Op.GE:
            return (f"全部{base_zh}", f"all {base_en}")
        return (f"{base_zh}的{zh}", f"{en} of {base_en}")

    def _list(self, value: Choice, unit: str) -> Words:
        if not value:
            return ("无", "none")
        if unit != "choice":
            unit_zh, unit_en = self.name("units", unit)
            joined = [f"{item:,}" for item in value]
            return ("、".join(joined) + unit_zh, f"{', '.join(joined)} {unit_en}")
        names = [self.name("codes", str(item)) for item in value]
        return ("、".join(zh for zh, _en in names), ", ".join(en for _zh, en in names))
