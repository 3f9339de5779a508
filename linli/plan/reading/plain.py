"""A working copy of the text, of the same length, so that offsets stay valid."""

from __future__ import annotations

import re

from linli.kernel.wholes import whole_number

_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ALIKE = str.maketrans(
    "〔【［｛〕】］｝〖〗「」『』\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff–—―‐‑－～〜﹒︰∶％",
    "(((())))()“”“”       -------~.::%",
)
_TABLE = {**_FULL, **_ALIKE, ord("～"): ord("-"), ord("〜"): ord("-"), ord("["): ord("(")}
_TABLE |= {ord("]"): ord(")"), ord("{"): ord("("), ord("}"): ord(")"), ord("~"): ord("-")}

_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("〇零○Ｏ", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_YEAR = re.compile(r"[一二][〇零○九0][〇零○一二三四五六七八九\d]{2}(?=\s*年)")
# a number in figures, taken whole: thousands of digits are looked at once, not from each of them anew
FIGURE = r"(?<!\d)\d++(?:\.\d++)?"
HAN = r"\u4e00-\u9fff〇㐀-\u4dbf"


def plain(text: str) -> str:
    """Return the text with full-width and look-alike signs in one form, length unchanged."""
    copy = text.translate(_TABLE)
    return _YEAR.sub(lambda m: "".join(str(_DIGITS.get(c, c)) for c in m.group()), copy)


def number(word: str) -> int | None:
    """Return the value of 12, 十二, 二十 or 一百零五; None when it is no number."""
    word = word.strip()
    if word.isascii() and word.isdigit():
        return whole_number(word)
    total, current, seen = 0, 0, False
    for char in word:
        if char in _DIGITS:
            current = _DIGITS[char]
        elif char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        else:
            return None
        seen = True
    return total + current if seen else None
