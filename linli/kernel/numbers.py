"""Shares and thresholds of the law, compared as integers and never as fractions.

Basis: NUM-01 to NUM-05. 以上, 不少于 include the number; 超过, 过半数, 不满 exclude it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import gcd


class Op(StrEnum):
    """How a number of the law is compared."""

    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"

    @property
    def sign(self) -> str:
        """Return ≥, >, ≤ or <."""
        return _SIGNS[self]

    def holds(self, left: int, right: int) -> bool:
        """Compare two integers."""
        match self:
            case Op.GE:
                return left >= right
            case Op.GT:
                return left > right
            case Op.LE:
                return left <= right
            case Op.LT:
                return left < right


_SIGNS = {Op.GE: "≥", Op.GT: ">", Op.LE: "≤", Op.LT: "<"}
_WORDS_ZH = {
    Op.GE: "%s以上（含本数）",
    Op.GT: "超过%s",
    Op.LE: "%s以下（含本数）",
    Op.LT: "不足%s",
}
_WORDS_EN = {Op.GE: "at least", Op.GT: "more than", Op.LE: "at most", Op.LT: "less than"}
_DIGITS_ZH = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One inequality with both sides as integers, so that anyone can check it."""

    left: int
    op: Op
    right: int
    part: int
    whole: int
    share: Share

    @property
    def holds(self) -> bool:
        """Say whether the inequality is true."""
        return self.op.holds(self.left, self.right)

    @property
    def inequality(self) -> str:
        """Return the bare inequality, such as `311 × 2 > 620 × 1`."""
        share = self.share
        return f"{self.part} × {share.den} {self.op.sign} {self.whole} × {share.num}"

    def text(self, language: str = "zh-hans") -> str:
        """Return one sentence for the minutes, in Chinese or English."""
        sides = f"{self.inequality} ({self.left} {self.op.sign} {self.right})"
        needed = self.share.words(language)
        if language.startswith("zh"):
            verdict = "符合" if self.holds else "不符合"
            counted = f"{self.part}" if self.share.den == 1 else f"{self.whole} 中的 {self.part}"
            return f"{counted}：要求{needed}；{sides}，{verdict}。"
        verdict = "met" if self.holds else "not met"
        counted = f"{self.part}" if self.share.den == 1 else f"{self.part} of {self.whole}"
        return f"{counted}; required: {needed}; {sides}: {verdict}."


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a base as the law gives it: `num/den` of `base`, with its comparison.

    With `den` 1 and a base counted as one, the same form holds an absolute number: "more than 50".
    """

    op: Op
    num: int
    den: int
    base: str

    def __post_init__(self) -> None:
        if self.den <= 0 or self.num < 0:
            raise ValueError(f"not a share: {self.num}/{self.den}")

    def compare(self, part: int, whole: int = 1) -> Comparison:
        """Compare `part` with this share of `whole`, by cross-multiplication. Basis: NUM-03."""
        if part < 0 or whole < 0:
            raise ValueError("counts are not negative")
        return Comparison(part * self.den, self.op, self.num * whole, part, whole, self)

    def met_by(self, part: int, whole: int = 1) -> bool:
        """Say whether `part` of `whole` meets this share."""
        return self.compare(part, whole).holds

    def least(self, whole: int = 1) -> int:
        """Return the smallest count that meets a lower bound: 620 voters, over one half: 311."""
        if self.op not in (Op.GE, Op.GT):
            raise ValueError("an upper bound has no least count")
        product = self.num * whole
        return product // self.den + 1 if self.op is Op.GT else -(-product // self.den)

    def most(self, whole: int = 1) -> int:
        """Return the largest count that meets an upper bound; -1 if none does."""
        if self.op not in (Op.LE, Op.LT):
            raise ValueError("a lower bound has no largest count")
        product = self.num * whole
        return product // self.den if self.op is Op.LE else -(-product // self.den) - 1

    def size_compared(self, other: Share) -> int:
        """Return -1, 0 or 1: which share is the larger; at equal ones ">" is more than "≥"."""
        mine, theirs = self.num * other.den, other.num * self.den
        if mine != theirs:
            return 1 if mine > theirs else -1
        return (_EDGE[self.op] > _EDGE[other.op]) - (_EDGE[self.op] < _EDGE[other.op])

    def words(self, language: str = "zh-hans") -> str:
        """Return the share in words: 三分之二以上（含本数）, at least 2/3."""
        chinese = language.startswith("zh")
        if (self.op, self.num, self.den) == (Op.GT, 1, 2):
            return "过半数" if chinese else "more than half"
        amount = _amount(self.num, self.den, chinese=chinese)
        return _WORDS_ZH[self.op] % amount if chinese else f"{_WORDS_EN[self.op]} {amount}"

    def as_dict(self) -> dict[str, str | int]:
        """Return `{op, num, den, base}`, the form of the API and of a frozen decision."""
        return {"op": self.op.value, "num": self.num, "den": self.den, "base": self.base}


# At equal fractions ">" asks one more than "≥", and "<" allows one less than "≤".
_EDGE = {Op.GE: 0, Op.GT: 1, Op.LE: 0, Op.LT: -1}


def _amount(num: int, den: int, *, chinese: bool) -> str:
    if den == 1:
        return str(num)
    if den >= 20 and 1000 % den == 0:
        tenths = num * 1000 // den
        percent = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
        return f"{percent}%"
    if not chinese:
        return f"{num}/{den}"
    if num <= 10 and den <= 10 and gcd(num, den) == 1:
        return f"{_DIGITS_ZH[den]}分之{_DIGITS_ZH[num]}"
    return f"{den}分之{num}"


class Standing(StrEnum):
    """Where a count stands against a threshold that knows "near"."""

    MET = "met"
    NEAR = "near"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A lower bound that also knows "near": the plan's 超过或接近 50 人. Basis: NUM-05."""

    bound: Share
    near_tolerance: int = 0

    def __post_init__(self) -> None:
        if self.near_tolerance < 0:
            raise ValueError("a tolerance is not negative")

    def standing(self, count: int) -> Standing:
        """Say whether a count is over the bound, near it by the tolerance, or below."""
        if self.bound.met_by(count):
            return Standing.MET
        if self.near_tolerance and count >= self.bound.num - self.near_tolerance:
            return Standing.NEAR
        return Standing.BELOW


def percent_text(part: int, whole: int) -> str:
    """Return a percentage with one decimal, for display only; a dash for an empty whole.

    It is cut, not rounded, so that 1929 of 2000 never looks like the 96.5 % that it misses.
    """
    if whole <= 0:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"
