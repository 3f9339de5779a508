"""Money in whole fen: reading, writing, sharing out, and capitals for bills and receipts.

Basis: 支付结算办法, annex (1997), for 大写金额 and capital dates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_YI, _WAN = 10**8, 10**4
LARGEST = 10**18 - 1
_AMOUNT = re.compile(
    r"(?P<sign>-?)[¥$]?(?P<minus>-?)"
    r"(?P<yuan>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<rest>\d+))?(?P<unit>万元|万|元|圆)?"
)


class NotMoney(ValueError):
    """A text that is not an amount of money; `code` says what is wrong with it."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in integer fen. It is never a float and never rounded unnoticed."""

    fen: int

    def __post_init__(self) -> None:
        if type(self.fen) is not int or abs(self.fen) > LARGEST:
            raise ValueError(f"not an amount in fen: {self.fen!r}")

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __mul__(self, times: int) -> Money:
        return Money(self.fen * times)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __abs__(self) -> Money:
        return Money(abs(self.fen))

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return f"{'-' if self.fen < 0 else ''}¥{abs(self).grouped}"

    @property
    def grouped(self) -> str:
        """Return 1,234.56, as in tables and on paper."""
        yuan, rest = divmod(abs(self.fen), 100)
        return f"{'-' if self.fen < 0 else ''}{yuan:,}.{rest:02d}"

    @property
    def plain(self) -> str:
        """Return 1234.56, as in files for other systems."""
        return self.grouped.replace(",", "")

    @property
    def in_wan(self) -> str:
        """Return the amount in 万元 with two decimals, half up, as in reports."""
        wan = (abs(self.fen) + 5000) // 10_000
        return f"{'-' if self.fen < 0 and wan else ''}{wan // 100:,}.{wan % 100:02d}"

    @property
    def capitals(self) -> str:
        """Return 人民币壹仟肆佰零玖元伍角整."""
        return f"人民币{'负' if self.fen < 0 else ''}{_capital_amount(abs(self.fen))}"

    def times(self, num: int, den: int) -> Money:
        """Return num/den of the amount, rounded to the fen, halves away from zero."""
        if den <= 0:
            raise ValueError("the denominator is positive")
        product = self.fen * num
        size = (2 * abs(product) + den) // (2 * den)
        return Money(size if product >= 0 else -size)

    def shared(self, weights: Sequence[int]) -> list[Money]:
        """Share out without losing a fen: rounded down, the rest to the largest remainders.

        Equal remainders are served in the order of the weights.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights are not negative and not all zero")
        exact = [divmod(abs(self.fen) * weight, total) for weight in weights]
        left = abs(self.fen) - sum(whole for whole, _rest in exact)
        served = sorted(range(len(weights)), key=lambda i: (-exact[i][1], i))[:left]
        sign = -1 if self.fen < 0 else 1
        return [Money(sign * (whole + (i in served))) for i, (whole, _rest) in enumerate(exact)]


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """Return the sum; nothing sums to zero."""
    return Money(sum(amount.fen for amount in amounts))


def parse(text: str) -> Money:
    """Read what people type: 1234.5, ¥1,234.50, １２３４元, 1.2万. Raises NotMoney."""
    clean = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("−", "-")
    clean = clean.removeprefix("人民币").replace("RMB", "").replace("，", ",")
    if not clean:
        raise NotMoney("empty")
    found = _AMOUNT.fullmatch(clean)
    if found is None or (found["sign"] and found["minus"]):
        raise NotMoney("unclear")
    decimals = 6 if (found["unit"] or "").startswith("万") else 2
    rest = (found["rest"] or "").rstrip("0")
    if len(rest) > decimals:
        raise NotMoney("smaller_than_fen")
    fen = int(found["yuan"].replace(",", "") + rest.ljust(decimals, "0"))
    if fen > LARGEST:
        raise NotMoney("too_large")
    return Money(-fen if found["sign"] or found["minus"] else fen)


def capital_number(number: int) -> str:
    """Return a whole number in capitals: 20050 is 贰万零伍拾."""
    if number == 0:
        return DIGITS[0]
    for unit, name in ((_YI, "亿"), (_WAN, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            gap = DIGITS[0] if 0 < low < unit // 10 else ""
            return capital_number(high) + name + gap + (capital_number(low) if low else "")
    return _capital_group(number)


def _capital_group(number: int) -> str:
    """Spell 1 to 9999; several zeros inside are one 零, those at the end none."""
    text = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += DIGITS[digit] + _PLACES[place]
        elif text and not text.endswith(DIGITS[0]):
            text += DIGITS[0]
    return text.rstrip(DIGITS[0])


def _capital_amount(fen: int) -> str:
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    text = f"{capital_number(yuan)}元" if yuan or not fen else ""
    if not jiao and not rest:
        return text + "整"
    # a zero before the first decimal is spoken: 陆佰捌拾元零叁角, 玖元零贰分
    if yuan and (not jiao or yuan % 10 == 0):
        text += DIGITS[0]
    if jiao:
        text += f"{DIGITS[jiao]}角"
    return text + (f"{DIGITS[rest]}分" if rest else "整")


def capital_date(day: date) -> str:
    """Return a date in capitals for bills: 贰零贰陆年零贰月零壹拾日.

    Months 1, 2 and 10 and days 1 to 10, 20 and 30 take a leading 零, so that nothing fits before.
    """
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    month, number = capital_number(day.month), capital_number(day.day)
    if day.month in (1, 2, 10):
        month = DIGITS[0] + month
    if day.day <= 10 or day.day in (20, 30):
        number = DIGITS[0] + number
    return f"{year}年{month}月{number}日"
